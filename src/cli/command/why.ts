import { resolve } from 'node:path';
import type { Evaluated } from '../../analyze.ts';
import { nearestPath } from '../../config/find-root.ts';
import { diskEntry } from '../../files/disk.ts';
import type { Span } from '../../model/span.ts';
import { didYouMean } from '../../model/spelling.ts';
import { UsageError } from '../../model/usage-error.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import * as shared from '../options.ts';
import { colourFor } from '../terminal/colour.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import { writeReport } from '../terminal/output.ts';
import { workspaceOptions, workspaceRequest } from '../workspace.ts';

const formats = ['text', 'json'] as const;

export const whyCommand = defineCommand({
  usage: 'why <place..>',
  summary: 'Tell how a file, a line or an object gets to its clusters, and who decided a field',
  positional: {
    name: 'place',
    repeatable: true,
    summary: 'PATH, PATH:LINE, or [KIND/]NAMESPACE/NAME and, for one field, a pointer such as /spec/interval',
    completes: 'files',
  },
  options: { ...workspaceOptions, ...shared.formatOption(formats, 'text'), ...shared.outputOption, ...shared.colourOption },
  examples: [
    ['flux-lint why apps/base/values.yaml', 'which clusters build from this file, and how'],
    ['flux-lint why apps/base/values.yaml:12', 'where the value on line 12 arrives; an overlay may have replaced it'],
    ['flux-lint why apps/base', 'which clusters build from this directory'],
    ['flux-lint why HelmRelease/shop/shop', 'where the object is written, and what changed it on its way into each cluster'],
    ['flux-lint why flux-system/apps /spec/interval', 'the value in each cluster, and every layer that touched it'],
  ],
  run: async (given, [place = '', pointer, ...others], context) => {
    const { io } = context;
    const format = shared.oneOf('--format', given.format ?? 'text', formats);
    if (others[0] !== undefined) throw new UsageError(`"${others[0]}" is one argument too many`, 'See flux-lint why --help.');
    const colour = colourFor(io, given.color, given.output !== undefined);
    const run = { given, context, format, colour };
    const { path } = parsePlace(place);
    const isThere = diskEntry(resolve(io.cwd, path)) !== undefined;
    if (!isThere && (pointer !== undefined || mayBeObject(place))) writeReport(await objectReport(place, pointer, run), given.output, io);
    else if (pointer === undefined) writeReport(await fileReport(place, run), given.output, io);
    else throw new UsageError(`${place} is a file, which has no field ${pointer}`, 'Name an object, or a line as PATH:LINE.');
    return exitCodes.done;
  },
});

interface WhyRun {
  readonly given: Parameters<typeof workspaceRequest>[0];
  readonly context: Context;
  readonly format: (typeof formats)[number];
  readonly colour: ReturnType<typeof colourFor>;
}

/** A name of an object has no dot in its last part that could be a file's, and two or three parts. */
const mayBeObject = (place: string): boolean => /^[^/:]+(\/[^/:]+){1,2}$/.test(place) && !/\.(ya?ml|json|tf)$/.test(place);

const objectReport = async (
  name: string,
  given: string | undefined,
  { given: options, context, format, colour }: WhyRun,
): Promise<string> => {
  const pointer = given === undefined ? undefined : pointerOf(given);
  context.enter('the evaluation');
  const { openGraph } = await import('../../analyze.ts');
  const evaluated = await openGraph(workspaceRequest(options, [], context));
  const { whyObject, meantObject } = await import('../../graph/why-object.ts');
  const answers = whyObject(evaluated.graph, { name, pointer, documentAt: documentFinder(evaluated) });
  if (answers.length === 0) {
    const meant = meantObject(evaluated.graph, name) ?? nearestPath(name, context.io.cwd);
    throw new UsageError(
      `there is no file ${name}, and no cluster gets an object of that name`,
      didYouMean(meant) ?? 'Name a file, or an object as KIND/NAMESPACE/NAME.',
    );
  }
  context.enter('the report');
  const { objectJson, objectText } = await import('../../report/why/object.ts');
  const report = { name, pointer, answers, locate: evaluated.sources.location };
  return format === 'json' ? objectJson(report) : objectText(report, { colour });
};

/** `spec.interval` as people write it, too. */
const pointerOf = (given: string): string => (given.startsWith('/') ? given : `/${given.replace(/^\./, '').replaceAll('.', '/')}`);

const documentFinder =
  ({ sources, parse }: Evaluated) =>
  (span: Span) => {
    const file = sources.file(span.path);
    return file && parse(file).documents.find(({ root }) => root && root.span.start <= span.start && span.end <= root.span.end)?.root;
  };

const fileReport = async (place: string, { given, context, format, colour }: WhyRun): Promise<string> => {
  const { path, line } = parsePlace(place);
  context.enter('the evaluation');
  const { openGraph } = await import('../../analyze.ts');
  const { graph, sources, paths } = await openGraph(workspaceRequest(given, [path], context));
  const [file = ''] = paths;
  const { why, whyDirectory } = await import('../../graph/why.ts');
  const isDirectory = diskEntry(resolve(context.io.cwd, path)) === 'directory';
  const text = sources.file(file)?.text;
  if (!isDirectory && text === undefined)
    throw new UsageError(`${path} is no file of this repository`, 'Name a file, as PATH or PATH:LINE.');
  const range = line === undefined || text === undefined ? undefined : lineRange(text, line, place);
  const answer = isDirectory ? whyDirectory(graph, file) : why(graph, { path: file, line: range });
  const report = { ...answer, path: file, line, locate: sources.location };

  context.enter('the report');
  if (format === 'json') return (await import('../../report/why/json.ts')).whyJson(report);
  return (await import('../../report/why/text.ts')).whyText(report, { colour });
};

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
