import { type AppliedView, type DoubleOwners, defineRule, fieldName, type Problem, readable, textAt, toPointer } from '../../src/rule.ts';

export const duplicateOwner = defineRule({
  id: 'blast-radius/duplicate-owner',
  severity: 'error',
  summary: 'Two Kustomizations of a cluster apply the same object',
  why: `Flux has no error for it. Both apply the object with force, the last one writes its labels on it and owns it, and at the
    next interval the other one takes it back. When either stops rendering it, prune deletes what the other still wants.
    Changes flap, alerts are quiet, and the day one of the two is cleaned up, the workload is gone.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources',
  unless: `Not where one of them shares the object or leaves it alone: kustomize.toolkit.fluxcd.io/ssa: Merge, IfNotPresent or Ignore, or
    reconcile: disabled. Merge spares what other programs set, not what another Kustomization does (kustomize-controller applies all of
    them as one field manager), so it is no remedy here.`,
  hint: 'Leave it to one of them; one that only needs it to be there annotates it with kustomize.toolkit.fluxcd.io/ssa: IfNotPresent.',
  examples: {
    bad: {
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/billing.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: billing, namespace: flux-system }\nspec:\n  path: ./billing\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: shop, namespace: flux-system }\nspec:\n  path: ./shop\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'billing/prices.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: prices, namespace: shop }\n',
      'shop/prices.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: prices # expect: blast-radius/duplicate-owner\n  namespace: shop\n',
    },
    good: {
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: shop, namespace: flux-system }\nspec:\n  path: ./shop\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'shop/prices.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: prices, namespace: shop }\n',
    },
  },

  *cluster(cluster, { graph }) {
    // Nothing shows that what no root reaches is applied to one cluster.
    if (cluster.cluster.root.evidence === 'unreached') return;
    for (const pair of graph.clusters.doubleOwners(cluster)) yield problem(pair);
  },
});

const maxNamed = 5;

const problem = ({ first, second, objects }: DoubleOwners): Problem => {
  const [pair, ...others] = objects;
  const name = pair === undefined ? 'an object' : pair[1].label;
  // The same file twice, or many objects: it is the Kustomization that is one too many, not a line of the manifests.
  const isOneObject = others.length === 0 && pair !== undefined && pair[0].root.span.path !== pair[1].root.span.path;
  const at = isOneObject ? pair[1].origin('/metadata/name') : second.origin('/spec/path');
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return {
    at,
    message: `${second.id} applies ${name}${more}, and so does ${first.id}. ${fightOver(objects)}, and prune of the one deletes what the other wants.`,
    related: [
      {
        at: isOneObject ? pair[0].origin('/metadata/name') : first.origin('/spec/path'),
        message: `${first.id} applies ${isOneObject ? 'it' : 'them'}, too`,
      },
      ...objects.slice(0, isOneObject ? 0 : maxNamed).map(([, object]) => ({ at: object.origin('/metadata/name'), message: object.label })),
    ],
    atMost: atMostOf(objects, isSuspended(first) || isSuspended(second)),
  };
};

/** What happens at every interval: nothing, as long as both write the same. */
const fightOver = (objects: DoubleOwners['objects']): string => {
  for (const [one, other] of objects) {
    const field = contradiction(plain(one.root), plain(other.root));
    if (field !== undefined)
      return `They undo each other's changes, such as ${fieldName(field)}${objects.length === 1 ? '' : ` of ${other.label}`}`;
  }
  return 'What one of them changes the other undoes';
};

const atMostOf = (objects: DoubleOwners['objects'], isSuspended: boolean): Problem['atMost'] => {
  if (objects.every(isOfFlux)) return 'info';
  return isSuspended || objects.every((pair) => isSameNamespace(pair) && guardOf(pair[0]) === guardOf(pair[1])) ? 'warning' : undefined;
};

/** The namespace that bootstrap writes: nobody stops rendering it. */
const isOfFlux = ([one, other]: readonly [AppliedView, AppliedView]): boolean =>
  isSameNamespace([one, other]) && one.name === one.owner.namespace && one.owner.parent === undefined;

/**
 * Namespaces that do not contradict each other: they differ by labels at most, which either Kustomization takes off again, since
 * both apply as one field manager (kustomize-controller: internal/controller/kustomization_controller.go, ssa.Owner). It costs
 * nothing until one of them is pruned; or where it is the guard against that which is taken off.
 */
const isSameNamespace = ([one, other]: readonly [AppliedView, AppliedView]): boolean =>
  one.kind === 'Namespace' && one.apiVersion === 'v1' && contradiction(plain(one.root), plain(other.root)) === undefined;

const guardOf = ({ root }: AppliedView): string | undefined =>
  textAt(root, 'metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/prune') ??
  textAt(root, 'metadata', 'labels', 'kustomize.toolkit.fluxcd.io/prune');

/** The first field that both have with two values: `/spec/replicas`. */
const contradiction = (a: unknown, b: unknown, at = ''): string | undefined => {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b ? undefined : at;
  const others = new Map(Object.entries(b));
  for (const [key, value] of Object.entries(a)) {
    const found = others.has(key) ? contradiction(value, others.get(key), at + toPointer([key])) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
};

const isSuspended = (kustomization: AppliedView['owner']): boolean => readable(() => kustomization.spec.suspend) === true;

/** Values without their origins; keys in one order. */
const plain = (node: AppliedView['root'] | NonNullable<ReturnType<AppliedView['node']>>): unknown => {
  if (node.type === 'scalar') return node.text;
  if (node.type === 'list') return node.items.map(plain);
  if (node.type === 'unknown') return node.why;
  return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plain(value)] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
};
