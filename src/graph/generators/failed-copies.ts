import { directoriesIn } from '../../files/composed.ts';
import type { Files } from '../../files/files.ts';
import { operationOf } from '../../flux/source/artifact-generator.ts';
import { type CopyOperation, copyAll } from '../../flux/source/copy-operation.ts';
import { expandPathPattern } from '../../flux/source/path-pattern.ts';
import { type ArtifactGeneratorSpec, specs } from '../../flux/specs.ts';
import { readable } from '../../kube/view.ts';
import { child } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { AppliedView } from '../clusters/views.ts';

export interface FailedCopy {
  /** RFC 6901, in the ArtifactGenerator. */
  readonly pointer: string;
  /** Undefined where it is none of a single one. */
  readonly artifact: string | undefined;
  /** In source-watcher's words. */
  readonly why: string;
}

interface Asked {
  readonly sources: readonly {
    readonly alias: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace: string | undefined;
  }[];
  readonly artifacts: readonly {
    readonly name: string;
    readonly revision: string | undefined;
    readonly copy: readonly CopyOperation[];
  }[];
  readonly pathPattern: string | undefined;
}

/**
 * Why a generator makes nothing new: what its validation refuses (source-watcher:
 * internal/controller/artifactgenerator_validation.go, `validateSpec`), a path pattern that cannot be expanded
 * (artifactgenerator_pathpattern.go), and of each artifact the first copy that fails (internal/builder/builder.go,
 * `applyCopyOperation`), where the content of its sources is at hand.
 */
export const failedCopies = (generator: AppliedView, cluster: ClusterView): readonly FailedCopy[] => {
  const asked = readable(() => askedOf(specs.artifactGenerator(child(generator.root, 'spec') ?? generator.root)));
  if (!asked) return [];
  const [refused, unknown] = [[...duplicates(asked), ...unknownRevisions(asked)], unknownAliases(asked)];
  if (refused.length > 0) return [...refused, ...unknown];
  const files = new Map<string, Files>();
  for (const { alias, kind, name, namespace = generator.namespace ?? '' } of asked.sources) {
    // The root's source that is not written is told by its name alone, whatever kind is asked for.
    const isKnown = kind === 'GitRepository' || cluster.sources.some((source) => source.kind === kind && source.name === name);
    const artifact = isKnown ? cluster.cluster.artifactOf({ kind, name, namespace }) : undefined;
    if (artifact?.type === 'mapped' && artifact.assumed === undefined) files.set(alias, artifact.files);
  }
  const { pathPattern } = asked;
  return [
    ...unknown,
    ...(pathPattern === undefined ? failedIn(asked.artifacts.entries(), files) : failedInPattern(asked, pathPattern, files)),
  ];
};

const askedOf = ({ sources = [], artifacts = [], pathPattern }: ArtifactGeneratorSpec): Asked => ({
  sources: sources.map(({ alias = '', kind = '', name = '', namespace }) => ({ alias, kind, name, namespace })),
  artifacts: artifacts.map(({ name = '', revision, copy = [] }) => ({ name, revision, copy: copy.map(operationOf) })),
  pathPattern,
});

const duplicates = ({ sources, artifacts }: Asked): readonly FailedCopy[] => [
  ...sources.flatMap(({ alias }, index) =>
    sources.findIndex((other) => other.alias === alias) === index
      ? []
      : [{ pointer: `/spec/sources/${index}/alias`, artifact: undefined, why: `duplicate source alias '${alias}' found` }],
  ),
  ...artifacts.flatMap(({ name }, index) =>
    artifacts.findIndex((other) => other.name === name) === index
      ? []
      : [{ pointer: `/spec/artifacts/${index}/name`, artifact: undefined, why: `duplicate artifact name '${name}' found` }],
  ),
];

/** The alias behind an @ that no source has; of what has no such form the schema speaks. */
const unknownAlias = (text: string | undefined, { sources }: Asked): string | undefined => {
  const [, alias] = /^@([a-z0-9_-]+)(?:\/|$)/.exec(text ?? '') ?? [];
  return alias === undefined || sources.some((source) => source.alias === alias) ? undefined : alias;
};

const unknownRevisions = (asked: Asked): readonly FailedCopy[] =>
  asked.artifacts.flatMap(({ name, revision }, index) => {
    const alias = unknownAlias(revision, asked);
    const why = `artifact ${name} revision source alias '${alias}' not found`;
    return alias === undefined ? [] : [{ pointer: `/spec/artifacts/${index}/revision`, artifact: undefined, why }];
  });

const unknownAliases = (asked: Asked): readonly FailedCopy[] => {
  const ofPattern = unknownAlias(asked.pathPattern, asked);
  if (ofPattern !== undefined) {
    return [{ pointer: '/spec/pathPattern', artifact: undefined, why: `source alias ${ofPattern} not found in local sources` }];
  }
  return asked.artifacts.flatMap(({ name, copy }, index) => {
    const at = copy.findIndex(({ from }) => unknownAlias(from, asked) !== undefined);
    const why = `source alias '${unknownAlias(copy[at]?.from, asked)}' not found`;
    return at === -1 ? [] : [{ pointer: `/spec/artifacts/${index}/copy/${at}/from`, artifact: name, why }];
  });
};

type Wanted = Pick<Asked['artifacts'][number], 'name' | 'copy'>;

const failedIn = (artifacts: Iterable<readonly [number, Wanted]>, files: ReadonlyMap<string, Files>): readonly FailedCopy[] =>
  [...artifacts].flatMap(([index, { name, copy }]) => {
    // What has no form the schema refuses; what is not at hand may be anything.
    const isJudged = copy.every(({ from, to }) => files.has(/^@([^/]*)\//.exec(from)?.[1] ?? '') && to.startsWith('@artifact/'));
    if (!isJudged) return [];
    for (const at of copy.keys()) {
      const copied = copyAll(copy.slice(0, at + 1), files);
      if (copied.type === 'unknown') return [];
      if (copied.type === 'failed') return [{ pointer: `/spec/artifacts/${index}/copy/${at}/from`, artifact: name, why: copied.why }];
    }
    return [];
  });

/** Each directory gives all artifacts, in their order; one finding for each of these is enough. */
const failedInPattern = ({ artifacts }: Asked, pathPattern: string, files: ReadonlyMap<string, Files>): readonly FailedCopy[] => {
  const source = files.get(/^@([^/]*)\//.exec(pathPattern)?.[1] ?? '');
  if (!source) return [];
  const expanded = expandPathPattern({ pathPattern, directories: directoriesIn(source), artifacts });
  if ('failed' in expanded) return [{ pointer: '/spec/pathPattern', artifact: undefined, why: expanded.failed }];
  const told = new Set<string>();
  return failedIn(
    expanded.artifacts.map((artifact, index) => [index % artifacts.length, artifact] as const),
    files,
  ).filter(({ pointer }) => !told.has(pointer) && told.add(pointer));
};
