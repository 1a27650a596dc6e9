import {
  type AppliedView,
  type ClusterView,
  defineRule,
  directoryOf,
  type Graph,
  isSwitched,
  namespaceError,
  ofKind,
  type Problem,
  readable,
  yaml,
} from '../../src/rule.ts';

export const namespaceRenamed = defineRule({
  id: 'blast-radius/namespace-renamed',
  severity: 'error',
  summary: 'A Namespace is renamed by targetNamespace or namespace, and not the one that is meant',
  why: `kustomize's namespace transformer, which \`targetNamespace\` is too, gives objects of kind Namespace the name that it gives the others
    as their namespace. So the Namespace that is written never comes to be, and Flux applies, owns and one day prunes the other one: with
    \`targetNamespace: flux-system\` that is Flux itself. A name that stands for
    several Namespaces, or that an overlay replaces, is taken for a placeholder where nothing goes to it.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace',
  remedy: 'Put the Namespace in a Kustomization without targetNamespace, and say the namespace at the objects.',
  examples: {
    bad: {
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/production/shop.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: shop, namespace: flux-system }
        spec:
          path: ./shop
          prune: true
          targetNamespace: flux-system # expect: blast-radius/namespace-renamed
          sourceRef: { kind: GitRepository, name: flux-system }
      `,
      'shop/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n',
    },
    good: {
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/production/shop.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: shop, namespace: flux-system }
        spec:
          path: ./shop
          prune: true
          sourceRef: { kind: GitRepository, name: flux-system }
      `,
      'shop/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n',
    },
  },

  *cluster(cluster, { graph }) {
    for (const object of ofKind(cluster, 'Namespace')) {
      if (!isRenamed(object)) continue;
      const found = consequenceOf(object, { cluster, graph });
      if (found !== undefined) yield problem(object, found);
    }
  },
});

interface Surroundings {
  readonly cluster: ClusterView;
  readonly graph: Graph;
}

/**
 * Whether the transformer gave a Namespace its name (kustomize: `builtinpluginconsts/namespace.go`, `metadata/name` of
 * Namespaces; fluxcd/pkg: kustomize/kustomize_generator.go writes `targetNamespace` as `namespace` of a kustomization.yaml).
 */
const isRenamed = ({ apiVersion, name, original, origin, owner }: AppliedView): boolean =>
  // Where two become one the build fails, and says so.
  !(owner.content.type === 'built' && owner.content.failed) &&
  apiVersion === 'v1' &&
  original.name !== name &&
  !original.name.includes('$') &&
  !name.includes('$') &&
  origin('/metadata/name').via.some(({ type, field }) => type === 'transformer' && field === 'namespace');

interface Consequence {
  readonly says: string;
  readonly atMost?: 'warning';
}

const consequenceOf = (object: AppliedView, { cluster, graph }: Surroundings): Consequence | undefined => {
  const { name, original, owner } = object;
  const wanted = { group: '', kind: 'Namespace', namespace: undefined, name: original.name };
  const isThere = graph.existence.of(cluster.name, wanted).answer === 'exists';
  const user = isThere ? undefined : userOf(original.name, cluster);
  if (user === undefined && isTemplate(object, graph)) return undefined;
  const isPruned = !isSwitched(object.root, 'prune', 'disabled') && readable(() => owner.spec.prune) === true;
  if (name === cluster.cluster.root.sync.namespace && owner.parent !== undefined && isPruned) {
    return { says: `So Kustomization ${owner.id} owns ${name}, and when it renders it no more, prune deletes that with Flux itself` };
  }
  const other = isPruned ? ownerElsewhere(object, cluster) : undefined;
  if (other !== undefined) {
    return {
      says: `So Kustomization ${owner.id} owns ${name} beside ${other}, and when it renders it no more, prune deletes that with everything in it`,
    };
  }
  if (user !== undefined) return { says: `${user} goes to ${original.name}, which is never created` };
  // What is guarded, or could be no Namespace at all, is a placeholder that its author knows.
  return isThere || !isPruned || namespaceError(original.name) !== undefined
    ? undefined
    : { says: `Nothing creates ${original.name}`, atMost: 'warning' };
};

/** Who else applies the Namespace that this one becomes. */
const ownerElsewhere = ({ name, owner }: AppliedView, cluster: ClusterView): string | undefined =>
  ofKind(cluster, 'Namespace').find((other) => other.name === name && other.original.name === name && other.owner !== owner)?.owner.id;

/** One file for several Namespaces, or a base whose overlays name them: its own name is a placeholder. */
const isTemplate = (object: AppliedView, graph: Graph): boolean => {
  const { root, name, owner, origin } = object;
  const writer = origin('/metadata/name').span.path;
  const isOverlay = writer !== owner.root.span.path && directoryOf(writer) !== directoryOf(root.span.path);
  const isSame = (other: AppliedView) =>
    other.name !== name && other.root.span.path === root.span.path && other.root.span.start === root.span.start;
  return isOverlay || graph.clusters.all.some((cluster) => ofKind(cluster, 'Namespace').some(isSame));
};

/** What goes to a namespace, whoever makes that. */
const userOf = (namespace: string, cluster: ClusterView): string | undefined => {
  const user =
    cluster.objects.find((object) => object.namespace === namespace) ??
    cluster.releases.find(({ node }) => {
      const target = node('/spec/targetNamespace');
      return target?.type === 'scalar' && target.text === namespace;
    });
  return user && `${user.kind} ${user.name}`;
};

const problem = (object: AppliedView, { says, atMost }: Consequence): Problem => ({
  at: object.origin('/metadata/name'),
  message: `Namespace ${object.original.name} becomes Namespace ${object.name}: a namespace transformer renames it. ${says}.`,
  atMost,
  hint: 'Put the Namespace in a Kustomization without targetNamespace, or a folder without namespace, and say the namespace at the objects.',
  related: [{ at: object.origin('/kind'), message: `Namespace ${object.original.name} is written here` }],
});
