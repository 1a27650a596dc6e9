import type { Files } from '../../files/files.ts';
import { attempt, readable } from '../../kube/view.ts';
import { child, type MapNode, stringAt } from '../../yaml/node.ts';
import type { Artifact } from '../evaluation.ts';
import { type SourceSpec, specs } from '../specs.ts';
import type { World } from '../world.ts';
import { generateArtifact } from './artifact-generator.ts';
import { includeSources } from './include.ts';
import { bucketArtifact, gitArtifact, ociArtifact } from './source-ignore.ts';
import { isSameRepository } from './source-url.ts';

/** How a cluster finds the objects that sources refer to. */
export interface SourceLookup {
  readonly find: (kind: string, namespace: string, name: string) => MapNode | undefined;
  /** The ArtifactGenerator that makes an ExternalArtifact. */
  readonly generatorOf: (namespace: string, name: string) => MapNode | undefined;
  /** The source that syncs the cluster's own root, written down or not. */
  readonly rootSource: { readonly namespace: string; readonly name: string };
}

export interface SourceReference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

interface FetchInput {
  readonly source: MapNode;
  readonly reference: SourceReference;
  readonly isRoot: boolean;
  readonly rootSource: MapNode | undefined;
}

const unmapped = (why: string, howTo?: string, url?: string): Artifact => ({ type: 'unmapped', why, howTo, url });

const mapped = (files: Files, repository?: string, revision?: string): Artifact & { type: 'mapped' } => ({
  type: 'mapped',
  files,
  repository,
  revision,
});

const maxSourceDepth = 10;

/**
 * A source → the tree its consumers see, or why that is not at hand. Trees are the same objects for the same source,
 * so builds on them are shared.
 *
 * @returns undefined where the cluster has no such source
 */
export const createArtifacts = (world: World) => {
  const trees = new Map<string, Map<Files, Files>>();
  const remember = (key: string, files: Files, make: () => Files): Files => {
    const made = trees.get(key) ?? new Map<Files, Files>();
    trees.set(key, made);
    const known = made.get(files);
    if (known) return known;
    const tree = make();
    made.set(files, tree);
    return tree;
  };
  const generated = new WeakMap<MapNode, Map<string, { readonly inputs: readonly (Files | undefined)[]; readonly artifact: Artifact }>>();

  const resolve = (reference: SourceReference, lookup: SourceLookup, depth = 0): Artifact | undefined => {
    if (depth > maxSourceDepth) return unmapped(`${reference.kind} ${reference.namespace}/${reference.name} is made from itself`);
    if (reference.kind === 'ExternalArtifact') return external(reference, lookup, depth);
    const isRoot = reference.namespace === lookup.rootSource.namespace && reference.name === lookup.rootSource.name;
    const source = lookup.find(reference.kind, reference.namespace, reference.name);
    if (!source) return isRoot ? mapped(remember('git', world.files, () => gitArtifact(world.files, undefined))) : undefined;
    const read = attempt(() =>
      fetched({ source, reference, isRoot, rootSource: lookup.find('GitRepository', lookup.rootSource.namespace, lookup.rootSource.name) }),
    );
    if ('unreadable' in read) return unmapped(read.unreadable.why);
    const { base, spec } = read.value;
    if (base.type === 'unmapped') return base;
    return withIncludes({ base, spec, reference, lookup, depth });
  };

  /** The content as it is fetched, before ignore rules. */
  const fetched = ({ source, reference, isRoot, rootSource }: FetchInput) => {
    const spec = specs.source(child(source, 'spec') ?? source);
    // Reading the fields here makes an unknown one end the attempt.
    const { url, ref, ignore } = spec;
    const plain = { ignore, include: spec.include ?? [], sparseCheckout: spec.sparseCheckout, kind: reference.kind };
    if (isRoot) return { base: mapped(world.files), spec: plain };
    if (url === undefined)
      return { base: unmapped(`${reference.kind} ${reference.namespace}/${reference.name} names no URL to map`), spec: plain };
    const checkout = world.checkout(url);
    if (checkout) return { base: mapped(checkout, url), spec: plain };
    const root = rootSource && readable(() => specs.source(child(rootSource, 'spec') ?? rootSource));
    const ownContent = reference.kind === 'GitRepository' ? ownRevision(url, ref, root) : undefined;
    return { base: ownContent ?? withoutCheckout(url), spec: plain };
  };

  const withoutCheckout = (url: string): Artifact => {
    const missing = world.missingCheckout(url);
    return missing === undefined
      ? unmapped(`no checkout stands for ${url}`, `Map it in .flux-lint.yaml: repositories: { "${url}": ../its-checkout }`, url)
      : unmapped(`no checkout stands for ${url}: ${missing}`, `Clone it there, or name another for this run: --repository ${url}=DIR`, url);
  };

  /** This very repository: the work tree where it is the root's ref, else another one from git. */
  const ownRevision = (url: string, ref: SourceSpec['ref'], root: SourceSpec | undefined): Artifact | undefined => {
    const own = root?.url === undefined ? world.repository.remotes : [...world.repository.remotes, root.url];
    if (!own.some((remote) => isSameRepository(remote, url))) return undefined;
    const wanted = ref?.commit ?? ref?.name ?? ref?.tag ?? (ref?.semver === undefined ? (ref?.branch ?? 'master') : undefined);
    if (wanted === undefined) return unmapped(`${url} is followed by the version range ${ref?.semver}`);
    if (wanted === (root?.ref?.branch ?? world.repository.branch)) return mapped(world.files);
    const files = world.repository.at(wanted);
    if (files) return mapped(files, undefined, wanted);
    const what = ref?.commit !== undefined ? 'commit' : ref?.tag !== undefined ? 'tag' : 'branch';
    return unmapped(`the ${what} ${wanted} of this repository is not here`, `git fetch origin ${wanted}`);
  };

  const withIncludes = (input: {
    readonly base: Artifact & { type: 'mapped' };
    readonly spec: {
      readonly kind: string;
      readonly ignore: string | undefined;
      readonly include: NonNullable<SourceSpec['include']>;
      readonly sparseCheckout: readonly string[] | undefined;
    };
    readonly reference: SourceReference;
    readonly lookup: SourceLookup;
    readonly depth: number;
  }): Artifact => {
    const { base, spec, reference, lookup, depth } = input;
    const includes: { readonly files: Files; readonly fromPath: string | undefined; readonly toPath: string }[] = [];
    for (const include of spec.include) {
      const name = include.repository?.name ?? '';
      const included = resolve({ kind: 'GitRepository', namespace: reference.namespace, name }, lookup, depth + 1);
      if (included?.type !== 'mapped') {
        const why = `it includes GitRepository ${reference.namespace}/${name}: ${included?.why ?? 'not in the cluster'}`;
        return unmapped(why, included?.howTo, included?.url);
      }
      includes.push({ files: included.files, fromPath: include.fromPath, toPath: include.toPath ?? name });
    }
    const key = JSON.stringify([spec, reference.kind]);
    const make = () => {
      const tree = includeSources({ files: base.files, includes, sparseCheckout: spec.sparseCheckout });
      const filter = spec.kind === 'Bucket' ? bucketArtifact : spec.kind === 'OCIRepository' ? ociArtifact : gitArtifact;
      return filter(tree, spec.ignore);
    };
    // Included trees are part of the result, so only a source without them may be shared by its text.
    const files = includes.length === 0 ? remember(key, base.files, make) : rememberWith(key, base.files, includes, make);
    return { ...base, files };
  };

  const composed: { key: string; parts: readonly Files[]; files: Files }[] = [];
  const rememberWith = (key: string, base: Files, includes: readonly { readonly files: Files }[], make: () => Files): Files => {
    const parts = [base, ...includes.map((include) => include.files)];
    const known = composed.find((entry) => entry.key === key && entry.parts.every((part, index) => part === parts[index]));
    if (known) return known.files;
    const files = make();
    composed.push({ key, parts, files });
    return files;
  };

  const external = (reference: SourceReference, lookup: SourceLookup, depth: number): Artifact | undefined => {
    const generator = lookup.generatorOf(reference.namespace, reference.name);
    if (!generator) {
      const exists = lookup.find(reference.kind, reference.namespace, reference.name) !== undefined;
      return exists ? unmapped(`no ArtifactGenerator here makes ExternalArtifact ${reference.namespace}/${reference.name}`) : undefined;
    }
    const read = attempt(() => {
      const spec = specs.artifactGenerator(child(generator, 'spec') ?? generator);
      const namespace = stringAt(generator, 'metadata', 'namespace') ?? '';
      return (spec.sources ?? []).map((source) => ({
        alias: source.alias ?? '',
        artifact: resolve(
          { kind: source.kind ?? '', namespace: source.namespace ?? namespace, name: source.name ?? '' },
          lookup,
          depth + 1,
        ),
      }));
    });
    if ('unreadable' in read) return unmapped(read.unreadable.why);
    const inputs = read.value.map(({ artifact }) => (artifact?.type === 'mapped' ? artifact.files : undefined));
    const memo = generated.get(generator) ?? new Map();
    generated.set(generator, memo);
    const known = memo.get(reference.name);
    if (known?.inputs.every((files: Files | undefined, index: number) => files === inputs[index])) return known.artifact;
    const artifact = generateArtifact({
      generator,
      name: reference.name,
      sources: new Map(read.value.map(({ alias, artifact }) => [alias, artifact])),
    });
    memo.set(reference.name, { inputs, artifact });
    return artifact;
  };

  return resolve;
};
