import {
  baseName,
  defineRule,
  didYouMean,
  type Graph,
  matchesWholeGoPattern,
  type Node,
  nearest,
  type Problem,
  type SharedBuild,
  textAt,
} from '../../src/rule.ts';

const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  replicas: 1\n';

export const patchMatchesNothing = defineRule({
  id: 'build/patch-matches-nothing',
  severity: 'warning',
  summary: 'The target of a patch selects no object in any build',
  why: `A patch with a \`target\` is applied to whatever the target selects, and to nothing when it selects nothing: kustomize does
    not say a word. After an object is renamed or removed, the patch is still there to be read and reviewed, and what it was
    written for (a limit, a replica count, a security context) is no longer in the cluster.`,
  reference: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',
  remedy: 'Correct the target of the patch, or take the patch away.',
  unless: 'Not for patches in a Component that are meant for whoever has such objects.',
  examples: {
    bad: {
      'kustomization.yaml':
        'resources:\n  - deployment.yaml\npatches:\n  - path: replicas.yaml\n    target:\n      kind: Deployment # expect: build/patch-matches-nothing\n      name: shpo\n',
      'deployment.yaml': deployment,
      'replicas.yaml': '- op: replace\n  path: /spec/replicas\n  value: 3\n',
    },
    good: {
      'kustomization.yaml':
        'resources:\n  - deployment.yaml\npatches:\n  - path: replicas.yaml\n    target:\n      kind: Deployment\n      name: shop\n',
      'deployment.yaml': deployment,
      'replicas.yaml': '- op: replace\n  path: /spec/replicas\n  value: 3\n',
    },
  },

  *graph(graph) {
    yield* ofInstances(graph);
    for (const { target, builds } of lostTargets(graph)) {
      if (builds.some((build) => isOfFlux(target, build))) continue;
      const others = otherVersions(target, builds);
      if (!isSpecific(target) && others.length === 0) continue;
      const meant = nearestName(target, builds);
      yield {
        at: target,
        message: `This target selects no object: ${described(target)}. kustomize builds without the patch and does not say so.`,
        hint:
          others.length > 0
            ? `What there is of kind ${text(target, 'kind')} is ${others.join(', ')}: write that group and version, or leave them out.`
            : meant === text(target, 'name')
              ? sameNameHint(target, builds)
              : didYouMean(meant),
      };
    }
  },
});

/** Patches of a FluxInstance, for what the operator installs. */
const ofInstances = function* (graph: Graph): Generator<Problem> {
  for (const { objects, name } of graph.clusters.all) {
    for (const object of objects) {
      if (object.kind !== 'FluxInstance' && object.kind !== 'HelmRelease') continue;
      for (const { target, names } of graph.releases.instancePatches(object).lost) {
        yield {
          at: target,
          message: `This target selects nothing that ${object.label} installs: ${described(target)}. The operator passes over the patch and does not say so.`,
          hint:
            didYouMean(nearest(text(target, 'name'), names)) ??
            (names.length > 0 ? `There ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}.` : undefined),
          clusters: [name],
        };
      }
    }
  }
};

interface Lost {
  readonly target: Node;
  readonly builds: readonly SharedBuild[];
}

/** One patch is written once and may be carried by many builds: it is lost only if none of them has an object for it. */
const lostTargets = (graph: Graph): readonly Lost[] => {
  const written = new Map<string, { readonly target: Node; readonly builds: SharedBuild[]; isUsed: boolean }>();
  for (const shared of graph.reach.builds) {
    const isOpen = shared.build.failed || shared.build.leaves.length > 0;
    for (const { target, matches } of shared.build.patchTargets) {
      const key = `${target.span.path}:${target.span.start}`;
      const known = written.get(key) ?? { target, builds: [], isUsed: false };
      written.set(key, known);
      known.builds.push(shared);
      // What a build lacks may be just what the patch is for.
      if (matches > 0 || isOpen) known.isUsed = true;
    }
  }
  return [...written.values()].filter(({ isUsed }) => !isUsed);
};

/** A target of kinds alone holds defaults for whatever there may be. */
const isSpecific = (target: Node): boolean =>
  ['name', 'labelSelector', 'annotationSelector'].some((field) => !['', '.*', '.+'].includes(text(target, field)));

/**
 * The API versions of the objects that a target would select if it did not name another group or version: with these it can
 * never match them (kustomize: api/types/selector.go, `SelectorRegex.MatchGvk`). Empty where that is not what is wrong.
 */
const otherVersions = (target: Node, builds: readonly SharedBuild[]): readonly string[] => {
  const [kind, name, namespace] = [text(target, 'kind'), text(target, 'name'), text(target, 'namespace')];
  const isOther = (text(target, 'group') || text(target, 'version')) !== '' && /^\w+$/.test(kind);
  if (!isOther || text(target, 'labelSelector') !== '' || text(target, 'annotationSelector') !== '') return [];
  const isMeant = ({ original }: SharedBuild['build']['objects'][number]) =>
    original.kind === kind &&
    (name === '' || matches(name, original.name)) &&
    (namespace === '' || matches(namespace, original.namespace ?? ''));
  const versions = builds.flatMap(({ build }) => build.objects.filter(isMeant).map(({ root }) => textAt(root, 'apiVersion') ?? ''));
  return [...new Set(versions)].sort();
};

const controllers = ['source', 'kustomize', 'helm', 'notification', 'image-reflector', 'image-automation'].map(
  (name) => `${name}-controller`,
);

/** Patches for Flux itself, where what `flux bootstrap` installs is not committed or installed by someone else. */
const isOfFlux = (target: Node, { build }: SharedBuild): boolean => {
  const isController =
    controllers.some((name) => matches(text(target, 'name'), name)) || text(target, 'labelSelector').includes('part-of=flux');
  const isSync = matches(text(target, 'name'), 'flux-system');
  if (!isController && !isSync) return listsEmptyGotk(target, { reads: build.reads, build, seen: new Set() });
  return !build.objects.some(({ original }) => controllers.includes(original.name));
};

interface Searched {
  readonly reads: SharedBuild['build']['reads'];
  readonly build: SharedBuild['build'];
  /** Overlays may include the same one in many ways. */
  readonly seen: Set<SharedBuild['build']['reads']>;
}

/** The target's own kustomization file lists the files of bootstrap, and they are committed without their objects. */
const listsEmptyGotk = (target: Node, { reads, build, seen }: Searched): boolean => {
  if (reads.kustomization?.path === target.span.path) {
    const gotk = reads.files.filter(({ path }) => baseName(path).startsWith('gotk-'));
    return gotk.some(({ path }) => !build.objects.some(({ root }) => root.span.path === path));
  }
  if (seen.has(reads)) return false;
  seen.add(reads);
  return reads.children.some((part) => listsEmptyGotk(target, { reads: part.reads, build, seen }));
};

const matches = (expression: string, text: string): boolean => expression !== '' && matchesWholeGoPattern(text, expression);

const described = (target: Node): string =>
  ['group', 'version', 'kind', 'namespace', 'name', 'labelSelector', 'annotationSelector']
    .flatMap((field) => (text(target, field) === '' ? [] : [`${field} ${text(target, field)}`]))
    .join(', ');

/**
 * The name is right. kustomize applies the patches of a level before its namespace transformer (`kusttarget.go`,
 * `configureBuiltinTransformers`), and Flux writes its patches into the same kustomization.yaml.
 */
const sameNameHint = (target: Node, builds: readonly SharedBuild[]): string | undefined => {
  const namespace = text(target, 'namespace');
  const name = text(target, 'name');
  const isSetLater = builds.some(({ build }) =>
    build.objects.some(
      ({ original, root }) =>
        original.name === name && original.namespace !== namespace && textAt(root, 'metadata', 'namespace') === namespace,
    ),
  );
  if (namespace !== '' && isSetLater) {
    return `The object gets the namespace ${namespace} only after the patches of this level: leave namespace out of the target.`;
  }
  return 'An object has this name: kind, group, version, namespace and labels of the target must fit it, too.';
};

const nearestName = (target: Node, builds: readonly SharedBuild[]): string | undefined => {
  const [name, kind] = [text(target, 'name'), text(target, 'kind')];
  const originals = builds.flatMap(({ build }) => build.objects.map(({ original }) => original));
  return nearest(
    name,
    originals.filter((original) => kind === '' || original.kind === kind).map((original) => original.name),
  );
};

const text = (target: Node, field: string): string => textAt(target, field) ?? '';
