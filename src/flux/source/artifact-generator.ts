/**
 * ExternalArtifacts as source-watcher 2.2.3 makes them of other sources (internal/builder, pathPattern): files copied to
 * other paths. The files stay the ones of the repository, so spans point at real lines; only what the Merge strategy
 * makes of two files is a text of its own, named after both.
 */
import { directoriesIn } from '../../files/composed.ts';
import { type Files, isWithin, type LeftOut } from '../../files/files.ts';
import { attempt, optional } from '../../kube/view.ts';
import { child, type MapNode, stringAt } from '../../yaml/node.ts';
import type { Artifact } from '../evaluation.ts';
import { type ArtifactGeneratorSpec, specs } from '../specs.ts';
import { type CopyOperation, copyAll } from './copy-operation.ts';
import { expandPathPattern, nameTemplateMatches } from './path-pattern.ts';
import { generatedArtifact } from './source-ignore.ts';

interface GeneratorInput {
  /** The ArtifactGenerator. */
  readonly generator: MapNode;
  /** The ExternalArtifact that is wanted. */
  readonly name: string;
  /** By alias; undefined where the cluster has no such source. */
  readonly sources: ReadonlyMap<string, Artifact | undefined>;
}

/** One artifact of a generator: its tree, or why it cannot be known or is never made. */
export const generateArtifact = ({ generator, name, sources }: GeneratorInput): Artifact => {
  const id = `ArtifactGenerator ${stringAt(generator, 'metadata', 'namespace') ?? ''}/${stringAt(generator, 'metadata', 'name') ?? ''}`;
  const read = attempt(() => wantedCopies({ spec: specs.artifactGenerator(child(generator, 'spec') ?? generator), name, sources }));
  if ('unreadable' in read) return unmapped(read.unreadable.why);
  const copies = read.value;
  if (copies.type === 'unmapped') return copies;
  if (copies.type === 'failed') return unmapped(`${id} fails: ${copies.why}`);

  const used = new Map<string, Files>();
  for (const alias of new Set(copies.operations.map(({ from }) => aliasOf(from)))) {
    const source = sources.get(alias);
    if (source?.type === 'unmapped') return source;
    if (source === undefined && sources.has(alias)) return unmapped(`${id} fails: its source ${alias} is not in the cluster`);
    if (source) used.set(alias, source.files);
  }
  const copied = copyAll(copies.operations, used);
  switch (copied.type) {
    case 'copied':
      return {
        type: 'mapped',
        files: generatedArtifact({ ...copied.files, leftOut: notCopied(copied.files, { id, name, sources: used }) }),
        repository: undefined,
        revision: undefined,
        assumed: undefined,
      };
    case 'unknown':
      return unmapped(copied.why);
    case 'failed':
      return unmapped(`${id} fails: ${copied.why}`);
    default:
      return copied satisfies never;
  }
};

interface Copying {
  readonly id: string;
  readonly name: string;
  readonly sources: ReadonlyMap<string, Files>;
}

/** Of a path that one of the sources has: that it is copied to another place, or not at all. */
const notCopied =
  (artifact: Files, { id, name, sources }: Copying) =>
  (path: string): LeftOut | undefined => {
    for (const files of sources.values()) {
      if (files.entry(path) === undefined) continue;
      const inside = files.paths.find((each) => isWithin(each, path));
      const file = inside === undefined ? undefined : files.file(inside);
      const place = file && artifact.paths.find((each) => artifact.file(each) === file);
      const by = `the layout of artifact ${name} of ${id}`;
      if (inside === undefined || place === undefined) return { by, remedy: 'Add a copy of it to the artifact.' };
      const end = inside.slice(path.length);
      const there = `/${place}`.endsWith(end) ? `/${place}`.slice(1, -end.length || undefined) : place;
      return { by, remedy: `It is copied to ${there === '' ? 'the root' : there} of the artifact: write that, or copy it to ${path}.` };
    }
    return undefined;
  };

/** Whether a generator may make an artifact of this name: by its own name, or by a template of a `pathPattern`. */
export const mayGenerate = (generator: MapNode, name: string): boolean => {
  const read = attempt(() => {
    const spec = optional(child(generator, 'spec'), specs.artifactGenerator);
    const hasPattern = spec?.pathPattern !== undefined;
    return spec?.artifacts?.some((artifact) => artifact.name === name || (hasPattern && nameTemplateMatches(artifact.name ?? '', name)));
  });
  return 'value' in read && read.value === true;
};

const unmapped = (why: string): Artifact => ({ type: 'unmapped', why, howTo: undefined });

const aliasOf = (path: string): string => /^@([^/]*)/.exec(path)?.[1] ?? '';

type Wanted =
  | { readonly type: 'copies'; readonly operations: readonly CopyOperation[] }
  | (Artifact & { readonly type: 'unmapped' })
  | { readonly type: 'failed'; readonly why: string };

interface WantedInput extends Pick<GeneratorInput, 'name' | 'sources'> {
  readonly spec: ArtifactGeneratorSpec;
}

/** What is copied into the wanted artifact, its `{captures}` filled in. */
const wantedCopies = ({ spec, name, sources }: WantedInput): Wanted => {
  const artifacts = (spec.artifacts ?? []).map((artifact) => ({ name: artifact.name ?? '', copy: (artifact.copy ?? []).map(operationOf) }));
  if (spec.pathPattern === undefined) {
    const found = artifacts.find((artifact) => artifact.name === name);
    return found ? { type: 'copies', operations: found.copy } : { type: 'failed', why: `it makes no artifact ${name}` };
  }
  const source = sources.get(aliasOf(spec.pathPattern));
  if (source === undefined) return { type: 'failed', why: `pathPattern "${spec.pathPattern}": its source is not there` };
  if (source.type === 'unmapped') return source;
  const expanded = expandPathPattern({ pathPattern: spec.pathPattern, directories: directoriesIn(source.files), artifacts });
  if ('failed' in expanded) return { type: 'failed', why: expanded.failed };
  const found = expanded.artifacts.find((artifact) => artifact.name === name);
  if (found === undefined) return { type: 'failed', why: `no directory of pathPattern "${spec.pathPattern}" gives an artifact ${name}` };
  return { type: 'copies', operations: found.copy };
};

type CopySpec = NonNullable<NonNullable<ArtifactGeneratorSpec['artifacts']>[number]['copy']>[number];

/** As it is read where fields are absent. */
export const operationOf = ({ from, to, exclude, strategy }: CopySpec): CopyOperation => ({
  from: from ?? '',
  to: to ?? '',
  exclude: exclude ?? [],
  strategy: strategy === 'Merge' || strategy === 'Extract' ? strategy : 'Overwrite',
});
