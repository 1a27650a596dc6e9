import type { KustomizationView } from '../graph/clusters/views.ts';
import type { Graph } from '../graph/graph.ts';
import { plain, readable } from '../kube/view.ts';
import type { Causes, KustomizationPair } from './causes.ts';
import { changedFields } from './changed-fields.ts';

export type Comparability =
  | { readonly type: 'same' }
  | { readonly type: 'comparable' }
  | { readonly type: 'unknown'; readonly why: string };

export interface Sides {
  readonly base: Graph;
  readonly head: Graph;
  readonly causes: Causes;
}

/** Whether the objects of a Kustomization on both sides can be held against each other. */
export const comparability = (pair: KustomizationPair, sides: Sides): Comparability => {
  const { base, head } = pair;
  if (base && head && base.content === head.content && makeTheSame(base, head)) return { type: 'same' };
  const before = base && obstacle(base);
  const after = head && obstacle(head);
  if (before === undefined && after === undefined) return partnerIsBroken(pair, sides);
  if (before !== undefined && before === after && !isTouched(pair, sides)) return { type: 'same' };
  if (!head) return { type: 'unknown', why: `it goes, and what it applied is not known: ${before}` };
  if (!base) return { type: 'unknown', why: `it is new, and what it applies is not known: ${after}` };
  if (after === undefined) return { type: 'unknown', why: `before the change ${before}` };
  if (before !== undefined) return { type: 'unknown', why: `before and after the change ${after}` };
  return { type: 'unknown', why: `after the change ${after}` };
};

/** What generators make of what they apply may come of others: providers, definitions, Compositions. */
const makeTheSame = (base: KustomizationView, head: KustomizationView): boolean =>
  base.generated.length === head.generated.length && base.generated.every(({ root }, index) => root === head.generated[index]?.root);

/** Why there is no complete set of objects, in words that continue "after the change". */
const obstacle = ({ content }: KustomizationView): string | undefined => {
  switch (content.type) {
    case 'built': {
      if (!content.failed) return undefined;
      const cause = content.problems.find(({ atMost }) => atMost === undefined) ?? content.problems[0];
      return `it does not build, and Flux applies and deletes nothing: ${cause?.message ?? 'kustomize rejects it'}`;
    }
    case 'missing-path':
      return `its path ${content.directory} is not in its source, and Flux applies and deletes nothing`;
    case 'missing-source':
      return 'its source is not in the cluster, and Flux applies and deletes nothing';
    case 'unknown':
      return content.why;
    default:
      return content satisfies never;
  }
};

/** A Kustomization on one side alone: it came or went, unless the other side could not show who would apply it. */
const partnerIsBroken = ({ base, head }: KustomizationPair, sides: Sides): Comparability => {
  if (base && head) return { type: 'comparable' };
  const other = base ? sides.head : sides.base;
  for (let parent = (base ?? head)?.parent; parent; parent = parent.parent) {
    const counterpart = other.clusters.kustomization(parent.cluster, parent.namespace, parent.name);
    if (counterpart && obstacle(counterpart) !== undefined) {
      return { type: 'unknown', why: `${parent.id} applies it, and cannot be had ${base ? 'after' : 'before'} the change` };
    }
  }
  return { type: 'comparable' };
};

/** Fields of a Kustomization that change nothing of what it renders. */
const operational =
  /^\/(metadata|spec\/(interval|retryInterval|timeout|wait|force|suspend|prune|deletionPolicy|healthChecks|dependsOn))(\/|$)/;

/** What cannot be had on either side may still have changed: the source it comes from, or what is done with it. */
const isTouched = (pair: KustomizationPair, { base, head, causes }: Sides): boolean => {
  if (!pair.base || !pair.head || causes.hasRead(pair)) return true;
  const fields = changedFields(pair.base.root, pair.head.root, () => undefined);
  if (fields.some(({ pointer }) => !operational.test(pointer))) return true;
  const was = sourceRoot(pair.base, base);
  const is = sourceRoot(pair.head, head);
  return was !== is && (!was || !is || changedFields(was, is, () => undefined).some(({ pointer }) => !operational.test(pointer)));
};

const sourceRoot = (kustomization: KustomizationView, graph: Graph) => {
  const reference = readable(() => kustomization.spec.sourceRef && plain(kustomization.spec.sourceRef));
  const namespace = reference?.namespace ?? kustomization.namespace;
  return graph.clusters
    .get(kustomization.cluster)
    ?.sources.find((source) => source.kind === reference?.kind && source.name === reference.name && source.namespace === namespace)?.root;
};
