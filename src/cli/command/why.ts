import { UsageError } from '../../model/usage-error.ts';
import { defineCommand } from '../command.ts';
import * as shared from '../options.ts';
import { colourFor } from '../terminal/colour.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import { writeReport } from '../terminal/output.ts';
import { workspaceOptions, workspaceRequest } from '../workspace.ts';

const formats = ['text', 'json'] as const;

export const whyCommand = defineCommand({
  usage: 'why <place>',
  summary: 'Tell every way a file, or what stands on a line of it, reaches a cluster',
  positional: { name: 'place', summary: 'PATH or PATH:LINE', completes: 'files' },
  options: { ...workspaceOptions, ...shared.formatOption(formats, 'text'), ...shared.outputOption, ...shared.colourOption },
  examples: [
    ['flux-lint why apps/base/values.yaml', 'which clusters build from this file, and how'],
    ['flux-lint why apps/base/values.yaml:12', 'where the value on line 12 arrives; an overlay may have replaced it'],
  ],
  run: async (given, [place = ''], context) => {
    const { io, enter } = context;
    const format = shared.oneOf('--format', given.format ?? 'text', formats);
    const { path, line } = parsePlace(place);
    enter('the evaluation');
    const { openGraph } = await import('../../analyze.ts');
    const { graph, sources, paths } = await openGraph(workspaceRequest(given, [path], context));
    const [file = ''] = paths;
    const text = sources.file(file)?.text;
    if (text === undefined) throw new UsageError(`${path} is no file of this repository`, 'Name a file, as PATH or PATH:LINE.');
    const range = line === undefined ? undefined : lineRange(text, line, place);
    const { why } = await import('../../graph/why.ts');
    const report = { ...why(graph, { path: file, line: range }), path: file, line, locate: sources.location };

    enter('the report');
    if (format === 'json') writeReport((await import('../../report/why/json.ts')).whyJson(report), given.output, io);
    else {
      const colour = colourFor(io, given.color, given.output !== undefined);
      writeReport((await import('../../report/why/text.ts')).whyText(report, { colour }), given.output, io);
    }
    return exitCodes.done;
  },
});

const parsePlace = (place: string): { readonly path: string; readonly line: number | undefined } => {
  const match = /^(.+?):(\d+)(?::\d+)?$/.exec(place);
  return match ? { path: match[1] ?? place, line: Number(match[2]) } : { path: place, line: undefined };
};

const lineRange = (text: string, line: number, place: string): { readonly start: number; readonly end: number } => {
  const lines = text.split('\n');
  if (line < 1 || line > lines.length) throw new UsageError(`${place}: the file has ${lines.length} lines`, 'Name a line of the file.');
  const start = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0);
  return { start, end: start + (lines[line - 1] ?? '').length };
};
