import { subtree } from '../../files/composed.ts';
import type { Files } from '../../files/files.ts';
import { attempt, readable } from '../../kube/view.ts';
import { isSlip } from '../../model/spelling.ts';
import { child, type MapNode, stringAt } from '../../yaml/node.ts';
import type { Artifact, SourceReference, WrittenObject } from '../evaluation.ts';
import { isSource, kustomizationSources } from '../kinds.ts';
import { type SourceSpec, specs } from '../specs.ts';
import type { World } from '../world.ts';
import { generateArtifact } from './artifact-generator.ts';
import { includeSources } from './include.ts';
import { createOwnContent } from './own-content.ts';
import { ownRevision } from './own-revision.ts';
import { bucketArtifact, gitArtifact, ociArtifact } from './source-ignore.ts';
import { isSameRepository } from './source-url.ts';

/** How a cluster finds the objects that sources refer to. */
export interface SourceLookup {
  readonly find: (kind: string, namespace: string, name: string) => MapNode | undefined;
  /** The ArtifactGenerator that makes an ExternalArtifact. */
  readonly generatorOf: (namespace: string, name: string) => MapNode | undefined;
  /** The source that syncs the cluster's own root, written down or not, and the folder that is its artifact's root. */
  readonly rootSource: { readonly namespace: string; readonly name: string; readonly folder: string };
}

interface FetchInput {
  readonly source: MapNode;
  readonly reference: SourceReference;
  readonly lookup: SourceLookup;
}

export interface ArtifactsInput {
  readonly world: World;
  readonly written: readonly WrittenObject[];
  /** URLs of the sources that sync the roots. */
  readonly rootUrls: () => readonly string[];
}

const unmapped = (why: string, howTo?: string, url?: string): Artifact => ({ type: 'unmapped', why, howTo, url });

type Mapped = Artifact & { readonly type: 'mapped' };

const mapped = (files: Files, more: Partial<Pick<Mapped, 'repository' | 'revision' | 'assumed'>> = {}): Mapped => ({
  type: 'mapped',
  files,
  repository: undefined,
  revision: undefined,
  assumed: undefined,
  ...more,
});

/** How what is fetched becomes the artifact. */
interface Prepared {
  readonly kind: string;
  readonly ignore: string | undefined;
  readonly include: NonNullable<SourceSpec['include']>;
  readonly sparseCheckout: readonly string[] | undefined;
}

/** A source of this repository: the folder that is its artifact's root, and why it is taken for that where nothing says so. */
interface Own {
  readonly folder: string;
  readonly assumed?: string;
}

const maxSourceDepth = 10;

const isRootSource = ({ namespace, name }: SourceReference, { rootSource }: SourceLookup): boolean =>
  namespace === rootSource.namespace && name === rootSource.name;

const rootSourceIn = ({ find, rootSource: { namespace, name } }: SourceLookup): MapNode | undefined =>
  kustomizationSources.map((kind) => find(kind, namespace, name)).find((source) => source !== undefined);

/** What a source follows; undefined where there is none, or it cannot be read. */
const readRef = (source: MapNode | undefined): Pick<SourceSpec, 'url' | 'ref'> | undefined =>
  source &&
  readable(() => {
    const { url, ref } = specs.source(child(source, 'spec') ?? source);
    return { url, ref };
  });

/** A source of that name is there in another namespace or of another kind, or one that differs by a slip. */
const mayBeMeant = (name: string, other: string): boolean => name === other || isSlip(name, other);

/**
 * A source → the tree its consumers see, or why that is not at hand. Trees are the same objects for the same source,
 * so builds on them are shared.
 *
 * @returns undefined where the cluster has no such source
 */
export const createArtifacts = ({ world, written, rootUrls }: ArtifactsInput) => {
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
  const folderOf = (folder: string): Files =>
    folder === '' ? world.files : remember(folder, world.files, () => subtree(world.files, folder));
  const generated = new WeakMap<MapNode, Map<string, { readonly inputs: readonly (Files | undefined)[]; readonly artifact: Artifact }>>();
  const ownContent = createOwnContent({
    files: world.files,
    written,
    urls: () => (rootUrls().length > 0 ? rootUrls() : world.repository.remotes),
  });

  const resolve = (reference: SourceReference, lookup: SourceLookup, depth = 0): Artifact | undefined => {
    if (depth > maxSourceDepth) return unmapped(`${reference.kind} ${reference.namespace}/${reference.name} is made from itself`);
    if (reference.kind === 'ExternalArtifact') return external(reference, lookup, depth) ?? notHere(reference);
    const isRoot = isRootSource(reference, lookup);
    const source = lookup.find(reference.kind, reference.namespace, reference.name) ?? (isRoot ? undefined : writtenElsewhere(reference));
    if (!source) return isRoot ? mapped(own(lookup.rootSource.folder)) : notHere(reference);
    const read = attempt(() => fetched({ source, reference, lookup }));
    if ('unreadable' in read) return unmapped(read.unreadable.why);
    const { base, spec } = read.value;
    if (base.type === 'unmapped') return base;
    return withIncludes({ base, spec, reference, lookup, depth });
  };

  /** A source that no object here makes: this repository, where what is asked of it is here. */
  const notHere = ({ kind, namespace, name, path }: SourceReference): Artifact | undefined => {
    const isMisspelt = written.some(({ root }) => isSource(root) && mayBeMeant(name, stringAt(root, 'metadata', 'name') ?? ''));
    const content = path === undefined || isMisspelt ? undefined : ownContent({ kind, name, url: undefined, path });
    if (content === undefined) return undefined;
    return mapped(own(content.folder), {
      assumed: `${kind} ${namespace}/${name} is not in git, and taken for this repository: ${content.because}`,
    });
  };

  /** The one object of that identity that is written somewhere, though nothing applies it to this cluster. */
  const writtenElsewhere = ({ kind, namespace, name }: SourceReference): MapNode | undefined => {
    const found = written.filter(
      ({ root }) =>
        isSource(root) &&
        stringAt(root, 'kind') === kind &&
        stringAt(root, 'metadata', 'name') === name &&
        (stringAt(root, 'metadata', 'namespace') ?? namespace) === namespace,
    );
    return found.length === 1 ? found[0]?.root : undefined;
  };

  /** The content as it is fetched, before ignore rules. */
  const fetched = ({ source, reference, lookup }: FetchInput): { readonly base: Artifact; readonly spec: Prepared } => {
    const spec = specs.source(child(source, 'spec') ?? source);
    // Reading the fields here makes an unknown one end the attempt.
    const { url, ref, ignore } = spec;
    const plain = { ignore, include: spec.include ?? [], sparseCheckout: spec.sparseCheckout, kind: reference.kind };
    if (isRootSource(reference, lookup)) return { base: mapped(folderOf(lookup.rootSource.folder)), spec: plain };
    const checkout = url === undefined ? undefined : world.checkout(url);
    if (checkout) return { base: mapped(checkout, { repository: url }), spec: plain };
    const isOwn = ownSource(reference, url, lookup);
    if (isOwn) return { base: ownRevisionOf(isOwn, { reference, url: url ?? '', ref, lookup }), spec: plain };
    const unknown =
      url === undefined ? unmapped(`${reference.kind} ${reference.namespace}/${reference.name} names no URL to map`) : withoutCheckout(url);
    return { base: unknown, spec: plain };
  };

  const withoutCheckout = (url: string): Artifact => {
    const missing = world.missingCheckout(url);
    return missing === undefined
      ? unmapped(`no checkout stands for ${url}`, `Map it in .flux-lint.yaml: repositories: { "${url}": ../its-checkout }`, url)
      : unmapped(`no checkout stands for ${url}: ${missing}`, `Clone it there, or name another for this run: --repository ${url}=DIR`, url);
  };

  /** Whether a source with an object is this repository: as configured, as the root's, by what is asked of it, by a remote. */
  const ownSource = ({ kind, name, namespace, path }: SourceReference, url: string | undefined, lookup: SourceLookup): Own | undefined => {
    const configured = url === undefined ? undefined : world.ownFolder(url);
    if (configured !== undefined) return { folder: configured };
    // Configuration says that it is another repository, though its checkout is not there.
    if (url !== undefined && world.missingCheckout(url) !== undefined) return undefined;
    const { folder } = lookup.rootSource;
    if (
      url !== undefined &&
      [readRef(rootSourceIn(lookup))?.url, ...rootUrls()].some((known) => known !== undefined && isSameRepository(known, url))
    ) {
      return { folder };
    }
    const assumed = ownContent({ kind, name, url, path });
    if (assumed)
      return { folder: assumed.folder, assumed: `${kind} ${namespace}/${name} is taken for this repository: ${assumed.because}` };
    return url !== undefined && world.repository.remotes.some((remote) => isSameRepository(remote, url)) ? { folder } : undefined;
  };

  /** This very repository: the work tree where it is what the root follows, else another ref from git. */
  const ownRevisionOf = (
    { folder, assumed }: Own,
    asked: { reference: SourceReference; url: string; ref: SourceSpec['ref']; lookup: SourceLookup },
  ): Artifact => {
    const { reference, url, ref, lookup } = asked;
    const here = mapped(folderOf(folder), { assumed });
    if (reference.kind !== 'GitRepository') return here;
    const root = lookup.find('GitRepository', lookup.rootSource.namespace, lookup.rootSource.name);
    const revision = ownRevision(ref, readRef(root));
    if (revision.type === 'work tree') return here;
    if (revision.type === 'range') return unmapped(`${url} is followed by the version range ${revision.range}`);
    const files = world.repository.at(revision.reference);
    if (files) return mapped(subtree(files, folder), { revision: revision.reference });
    return unmapped(`the ${revision.what} ${revision.reference} of this repository is not here`, `git fetch origin ${revision.reference}`);
  };

  const withIncludes = (input: {
    readonly base: Mapped;
    readonly spec: Prepared;
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
    const isPlain = spec.kind !== 'Bucket' && !spec.ignore && spec.sparseCheckout === undefined && includes.length === 0;
    const key = isPlain ? 'git' : JSON.stringify([spec, reference.kind]);
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

  /** @param folder of this repository, as an artifact without rules of its own */
  const own = (folder: string): Files => remember('git', folderOf(folder), () => gitArtifact(folderOf(folder), undefined));

  return { resolve, own };
};
