import { defineCommand } from '../../command.ts';
import * as shared from '../../options.ts';
import { colourFor } from '../../terminal/colour.ts';
import { exitCodes } from '../../terminal/exit-code.ts';
import { lineWidth, writeReport } from '../../terminal/output.ts';
import { catalogueOptions, everyRule } from './every-rule.ts';

const formats = ['text', 'json', 'markdown'] as const;

export const rulesCommand = defineCommand({
  usage: 'rules',
  summary: 'List every rule, your own ones too',
  options: { ...catalogueOptions, ...shared.formatOption(formats, 'text'), ...shared.outputOption, ...shared.colourOption },
  examples: [['flux-lint rules --format json', 'for programs, with all that explain says']],
  run: async (given, _positionals, { io, parts, enter }) => {
    const format = shared.oneOf('--format', given.format ?? 'text', formats);
    const rules = await everyRule(given, { io, parts });
    enter('the catalogue');
    const text = async (): Promise<string> => {
      switch (format) {
        case 'json':
          return (await import('../../../report/rules/json.ts')).jsonCatalogue(rules);
        case 'markdown':
          return (await import('../../../report/rules/markdown.ts')).markdownCatalogue(rules);
        case 'text': {
          const colour = colourFor(io, given.color, given.output !== undefined);
          return (await import('../../../report/rules/text.ts')).textCatalogue(rules, { colour, width: lineWidth(io, given.output) });
        }
        default:
          return format satisfies never;
      }
    };
    writeReport(await text(), given.output, io);
    return exitCodes.done;
  },
});
