import { isAbsolute, relative, resolve, sep } from 'node:path';
import { diskFiles } from '../../files/disk.ts';
import type { Files } from '../../files/files.ts';
import { createHidden } from '../../graph/secrets/hidden.ts';
import { maskedObjects } from '../../graph/secrets/masked-objects.ts';
import { secretValues } from '../../kube/credential/secret-values.ts';
import { sensitiveTexts } from '../../kube/credential/sensitive-scalars.ts';
import type { BuildInput, BuildResult } from '../../kustomize/build.ts';
import { createBuild } from '../../kustomize/create-build.ts';
import { isRejection } from '../../kustomize/directory/directory.ts';
import { nodeOrigin } from '../../kustomize/resource/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import type { Span } from '../../model/span.ts';
import { UsageError } from '../../model/usage-error.ts';
import { unwatched, type Watch } from '../../model/watch.ts';
import { printObjects } from '../../report/build/yaml.ts';
import { createFileParser } from '../../yaml/file-parser.ts';
import { type LineTable, lineTable } from '../../yaml/lines.ts';
import { type Node, stringAt } from '../../yaml/node.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { wholeFile } from '../../yaml/place.ts';
import { printableLines } from '../terminal/say.ts';

export interface BuildDirectoryArgs {
  /** The kustomize directory; relative to `cwd`. */
  readonly directory: string;
  /** Nothing above it is read; relative to `cwd`. */
  readonly root: string;
  readonly cwd: string;
  readonly loadRestrictor: BuildInput['loadRestrictor'];
  readonly origins: boolean;
  /** Print the values of Secrets. */
  readonly showSecrets: boolean;
  /** Absent: nobody looks on. */
  readonly watch?: Watch;
}

export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: 0 | 2;
}

/**
 * `build --kustomize DIR`: what `kustomize build DIR` prints, in input order. A directory that kustomize rejects gives
 * code 2, the reasons on stderr and nothing on stdout; what no offline build can know is named on stderr.
 *
 * @throws UsageError when the directory is not in the root
 */
export const buildDirectory = ({
  directory,
  root,
  cwd,
  loadRestrictor,
  origins,
  showSecrets,
  watch = unwatched,
}: BuildDirectoryArgs): CommandOutput => {
  const top = resolve(cwd, root);
  const path = relative(top, resolve(cwd, directory));
  if (path.startsWith('..') || isAbsolute(path))
    throw new UsageError(`${directory} is not in ${root}`, 'Name a directory in the root, or another --root.');
  const files = watch.during('files', () => diskFiles(top, { include: 'all' }));
  const build = createBuild(createFileParser(watch));
  const input = { files, directory: path.split(sep).join('/'), loadRestrictor, withoutKustomization: 'fail' } as const;
  return outputOf(
    watch.during('evaluation', () => build(input)),
    files,
    { origins, showSecrets },
  );
};

const outputOf = (
  result: BuildResult,
  files: Files,
  { origins, showSecrets }: Pick<BuildDirectoryArgs, 'origins' | 'showSecrets'>,
): CommandOutput => {
  const place = placePrinter(files);
  const lines = result.problems.map(
    (problem) => `${place(problem.at.span)}: ${isRejection(problem) ? 'error' : 'warning'}: ${textOf(problem)}`,
  );
  const leaves = result.leaves.map(({ type, at, what }) => `${place(at.span)}: not built here (${type}): ${what}`);
  const stderr = printableLines([...lines, ...leaves].map(hiddenFrom(result, files)));
  if (result.failed) return { stdout: '', stderr, code: 2 };
  const roots = result.objects.map(({ root }) => root);
  const shown = showSecrets ? roots : maskedObjects(roots);
  const objects = result.objects.map((object, index) => ({
    root: shown[index] ?? object.root,
    origin: (node: Node) => nodeOrigin(object, node),
  }));
  return { stdout: printObjects(objects, origins ? { place: ({ span }) => place(span) } : {}), stderr, code: 0 };
};

/** Reasons may quote what they are about: that stays hidden as in any report. */
const hiddenFrom = ({ problems, objects }: BuildResult, files: Files): ((text: string) => string) => {
  const paths = new Set(problems.map(({ at }) => at.span.path));
  const written = [...paths].flatMap((path) => {
    const text = files.file(path)?.text ?? '';
    return parseYaml(text, wholeFile(path)).documents.flatMap(({ root }) => (root ? sensitiveTexts(root, text).texts : []));
  });
  const made = objects.flatMap(({ root }) => (stringAt(root, 'kind') === 'Secret' ? secretValues(root) : []));
  const hidden = createHidden(
    [...written, ...made].map(({ text }) => text),
    new Set(),
  );
  return (text) => hidden(text);
};

const textOf = ({ message, hint }: StepProblem): string => (hint === undefined ? message : `${message} ${hint}`);

const placePrinter = (files: Files): ((span: Span) => string) => {
  const tables = new Map<string, LineTable | undefined>();
  return ({ path, start }) => {
    if (!tables.has(path)) {
      const file = files.file(path);
      tables.set(path, file && lineTable(file.text));
    }
    const line = tables.get(path)?.position(start).line;
    return line === undefined ? path || '.' : `${path}:${line}`;
  };
};
