import { knownRule } from '../../../lint/known-rule.ts';
import { defineCommand } from '../../command.ts';
import * as shared from '../../options.ts';
import { colourFor } from '../../terminal/colour.ts';
import { exitCodes } from '../../terminal/exit-code.ts';
import { lineWidth, writeReport } from '../../terminal/output.ts';
import { catalogueOptions, everyRule } from './every-rule.ts';

const formats = ['text', 'json', 'markdown'] as const;

export const explainCommand = defineCommand({
  usage: 'explain <rule>',
  summary: 'Say why a rule exists, with a bad and a good example',
  positional: { name: 'rule', summary: 'Its id; the part behind the slash does where no other rule has it', completes: 'rules' },
  options: { ...catalogueOptions, ...shared.formatOption(formats, 'text'), ...shared.outputOption, ...shared.colourOption },
  examples: [['flux-lint explain references/unknown-dependency', "one rule's page"]],
  run: async (given, [id = ''], { io, parts, enter }) => {
    const format = shared.oneOf('--format', given.format ?? 'text', formats);
    const rule = knownRule(id, await everyRule(given, { io, parts }));
    enter(`the page of ${rule.id}`);
    const text = async (): Promise<string> => {
      switch (format) {
        case 'json':
          return (await import('../../../report/rules/json.ts')).jsonPage(rule);
        case 'markdown':
          return (await import('../../../report/rules/markdown.ts')).markdownPage(rule);
        case 'text': {
          const colour = colourFor(io, given.color, given.output !== undefined);
          return (await import('../../../report/rules/text.ts')).textPage(rule, { colour, width: lineWidth(io, given.output) });
        }
        default:
          return format satisfies never;
      }
    };
    writeReport(await text(), given.output, io);
    return exitCodes.done;
  },
});
