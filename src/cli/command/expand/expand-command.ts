import type { GeneratorKind } from '../../../generate/generated.ts';
import { defineCommand } from '../../command.ts';
import * as shared from '../../options.ts';
import { exitCodes } from '../../terminal/exit-code.ts';
import { writeReport } from '../../terminal/output.ts';
import { workspaceOptions, workspaceRequest } from '../../workspace.ts';

const formats = ['text', 'json', 'yaml'] as const;
const kinds = ['resource-set', 'crossplane', 'terraform'] as const satisfies readonly GeneratorKind[];

export const expandCommand = defineCommand({
  usage: 'expand [path]',
  summary:
    'Print what generators make: the objects of ResourceSets, Crossplane and Terraform, with the line and the input that made each field',
  positional: { name: 'path', summary: 'A file or a directory [default: the root]', completes: 'files' },
  options: {
    ...workspaceOptions,
    kind: { type: 'string', requiresArg: true, describe: `Only these generators: ${kinds.join(', ')}`, completes: kinds },
    ...shared.formatOption(formats, 'text'),
    ...shared.outputOption,
  },
  examples: [
    ['flux-lint expand', 'what every ResourceSet and every root module makes'],
    ['flux-lint expand clusters/production/tenants.yaml --format yaml', 'the objects of one file, for kubectl diff'],
  ],
  run: async (given, paths, context) => {
    const { io, enter } = context;
    const format = shared.oneOf('--format', given.format ?? 'text', formats);
    const kind = given.kind === undefined ? undefined : shared.oneOf('--kind', given.kind, kinds);
    enter('the generators');
    const { openGenerators } = await import('../../../expand.ts');
    const report = await openGenerators(workspaceRequest(given, paths, context), kind);
    enter('the report');
    const text = async (): Promise<string> => {
      switch (format) {
        case 'text':
          return (await import('../../../report/expand/text.ts')).expandText(report);
        case 'json':
          return (await import('../../../report/expand/json.ts')).expandJson(report);
        case 'yaml':
          return (await import('../../../report/expand/yaml.ts')).expandYaml(report);
        default:
          return format satisfies never;
      }
    };
    writeReport(await text(), given.output, io);
    return report.generators.some(({ errors }) => errors.length > 0) ? exitCodes.found : exitCodes.done;
  },
});
