import type { AppliedView } from '../graph/clusters/views.ts';
import { groupOf } from '../kube/object-view.ts';

/** An object on both sides, or on one. */
export interface Pair {
  readonly base: AppliedView | undefined;
  readonly head: AppliedView | undefined;
}

/** Group, kind, namespace and name: what makes it one object in a cluster, whatever the version. */
export const identityOf = ({ apiVersion, kind, namespace, name }: AppliedView): string =>
  `${groupOf(apiVersion)}/${kind}/${namespace ?? ''}/${name}`;

/** The objects of two sides by identity; a generated one by its name before the hash, where its content changed. */
export const pairObjects = (base: readonly AppliedView[], head: readonly AppliedView[]): readonly Pair[] => {
  const { pairs, bases, heads } = pairBy(identityOf, base, head);
  const generated = pairBy(identityBeforeHash, bases, heads);
  return [
    ...pairs,
    ...generated.pairs,
    ...generated.bases.map((view) => ({ base: view, head: undefined })),
    ...generated.heads.map((view) => ({ base: undefined, head: view })),
  ];
};

/** Pairs those whose keys are the same, in order; undefined pairs with nothing. */
export const pairBy = (
  keyOf: (view: AppliedView) => string | undefined,
  base: readonly AppliedView[],
  head: readonly AppliedView[],
): { readonly pairs: readonly Pair[]; readonly bases: readonly AppliedView[]; readonly heads: readonly AppliedView[] } => {
  const waiting = new Map<string, AppliedView[]>();
  for (const view of base) {
    const key = keyOf(view);
    if (key === undefined) continue;
    const views = waiting.get(key);
    if (views) views.push(view);
    else waiting.set(key, [view]);
  }
  const pairs: Pair[] = [];
  const heads: AppliedView[] = [];
  const paired = new Set<AppliedView>();
  for (const view of head) {
    const key = keyOf(view);
    const partner = key === undefined ? undefined : waiting.get(key)?.shift();
    if (partner) paired.add(partner);
    if (partner) pairs.push({ base: partner, head: view });
    else heads.push(view);
  }
  return { pairs, bases: base.filter((view) => !paired.has(view)), heads };
};

/** What kustomize puts behind the name of a generated object (`api/hasher`): ten of these characters. */
const hash = /-[2456789bcdfghkmt]{10}$/;

const identityBeforeHash = (view: AppliedView): string | undefined => {
  const { kind, namespace, name } = view;
  const isHashed = (kind === 'ConfigMap' || kind === 'Secret') && view.original.name !== name && hash.test(name);
  return isHashed ? `${kind}/${namespace ?? ''}/${name.replace(hash, '')}` : undefined;
};
