/**
 * Two evaluated revisions → what the change between them comes to.
 *
 * In: the graphs of both sides, whose unchanged parts are the same objects, and the files that differ. Out: objects that
 * are added, changed and removed in each cluster, with the changed files behind them. Guaranteed: only what differs after
 * rendering is listed; what cannot be compared is named and nothing is guessed of it.
 */
import type { ChangedFile } from '../files/changed-files.ts';
import { byText } from '../files/files.ts';
import type { AppliedKustomization } from '../flux/evaluation.ts';
import { isFluxObject } from '../flux/kinds.ts';
import type { KustomizationView } from '../graph/clusters/views.ts';
import type { Graph } from '../graph/graph.ts';
import { type Causes, createCauses } from './causes.ts';
import type { TextOf } from './changed-fields.ts';
import { createChartChanges } from './charts.ts';
import { comparability } from './comparability.ts';
import { compareKustomization, type Draft } from './compare-kustomization.ts';
import { holdsBack } from './held.ts';
import {
  type ClusterImpact,
  type Impact,
  type Incomparable,
  type KustomizationImpact,
  type ObjectChange,
  objectChanges,
} from './impact.ts';
import { joinMoves } from './moves.ts';
import { inPromotionOrder } from './promotion.ts';
import { createPruning } from './pruning.ts';

export interface CompareInput {
  readonly base: Graph;
  readonly head: Graph;
  readonly changes: readonly ChangedFile[];
  /** What the spans of files start with that only the base has so. */
  readonly basePrefix: string;
  readonly textOf: TextOf;
}

export const compare = (input: CompareInput): Impact => {
  const { base, head, changes } = input;
  const causes = createCauses(input);
  const pruning = createPruning({ base, head }, (cluster) => head.clusters.get(cluster) !== undefined);
  const isHeld = holdsBack(head);
  const charts = createChartChanges(input);
  const unknown: Incomparable[] = [];
  const drafts: Draft[] = [];
  for (const pair of pairKustomizations(base, head)) {
    const verdict = comparability(pair, { base, head, causes });
    // A release may be upgraded though nothing that is applied differs.
    if (verdict.type === 'same' && !(pair.head && charts.reach(pair.head))) continue;
    if (verdict.type === 'unknown') {
      const cluster = targetOf(pair);
      const { isProtected } = environmentOf(cluster, input);
      unknown.push({ cluster, isProtected, kustomization: pair.id, reason: verdict.why, causedBy: causes.ofContent(pair) });
      continue;
    }
    const fetched = fetchedOtherwise(pair);
    if (fetched !== undefined) {
      const cluster = targetOf(pair);
      const { isProtected } = environmentOf(cluster, input);
      unknown.push({ cluster, isProtected, kustomization: pair.id, reason: fetched, causedBy: causes.ofContent(pair) });
    }
    const draft = compareKustomization(pair, { causes, pruning, textOf: input.textOf, isHeld: isHeld(pair), charts });
    rememberFluxObjects(draft, causes);
    drafts.push(draft);
  }
  const clusters = clustersOf(joinMoves(drafts, input.textOf), input);
  const changed = clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(objectChanges));
  const reaching = new Set([...changed, ...unknown].flatMap(({ causedBy }) => causedBy));
  const formerNames = new Map(changes.map(({ path, from }) => [path, from ?? path] as const));
  return {
    base,
    head,
    changedFiles: changes.map(({ isLink: _, ...file }) => ({ ...file, reaches: reaching.has(file.path) })),
    clusters,
    unknown,
    idleCharts: charts.idle,
    readersOf: (file) => [...readersIn(head, file), ...readersIn(base, `${input.basePrefix}${formerNames.get(file) ?? file}`)],
  };
};

/** Those whose builds read a file, and those that apply the releases of its chart. */
const readersIn = ({ reach, releases, clusters }: Graph, file: string): readonly AppliedKustomization[] => [
  ...reach.readers(file),
  ...releases.installing(file).flatMap(({ owner }) => {
    const own = clusters.get(owner.cluster)?.cluster.kustomizations ?? [];
    return own.filter((kustomization) => clusters.viewOf(kustomization) === owner);
  }),
];

interface NamedPair {
  readonly id: string;
  readonly base: KustomizationView | undefined;
  readonly head: KustomizationView | undefined;
}

/** Parents before their children: in the order of discovery, the head's first. */
const pairKustomizations = (base: Graph, head: Graph): readonly NamedPair[] => {
  const pairs = new Map<string, NamedPair>();
  const keyOf = ({ cluster, id, target }: KustomizationView) => JSON.stringify([cluster, id, target]);
  for (const { appliers } of head.clusters.all) {
    for (const view of appliers) pairs.set(keyOf(view), { id: view.id, base: undefined, head: view });
  }
  for (const { appliers } of base.clusters.all) {
    for (const view of appliers) {
      const key = keyOf(view);
      pairs.set(key, { id: view.id, base: view, head: pairs.get(key)?.head });
    }
  }
  return [...pairs.values()];
};

/** What a build takes from elsewhere is not seen: where it takes something else than before, more may change than is listed. */
const fetchedOtherwise = ({ base, head }: NamedPair): string | undefined => {
  const [before, after] = [base, head].map((view) =>
    view?.content.type === 'built' ? view.content.build.leaves.map(({ what }) => what) : [],
  );
  const gone = before?.filter((what) => !after?.includes(what)) ?? [];
  const come = after?.filter((what) => !before?.includes(what)) ?? [];
  if (gone.length === 0 && come.length === 0) return undefined;
  const parts = [
    ...(come.length > 0 ? [`it builds from ${come.join(', ')}`] : []),
    ...(gone.length > 0 ? [`no longer from ${gone.join(', ')}`] : []),
  ];
  return `${parts.join(', ')}, and what that holds is not known here`;
};

const targetOf = ({ base, head }: NamedPair): string => (head ?? base)?.target ?? '';

/** Their changes are the causes of what happens in the Kustomizations behind them. */
const rememberFluxObjects = ({ changes }: Draft, causes: Causes): void => {
  for (const { head, base, causedBy } of changes) {
    const view = head ?? base;
    if (view && isFluxObject(view.root)) causes.remember(view, causedBy);
  }
};

/** Where a cluster belongs; where it went with the change, as it was before. */
const environmentOf = (
  cluster: string,
  { base, head }: Pick<CompareInput, 'base' | 'head'>,
): Pick<ClusterImpact, 'environment' | 'isProtected'> => {
  const environment = head.clusters.get(cluster)?.environment ?? base.clusters.get(cluster)?.environment;
  return { environment, isProtected: environment !== undefined && head.environments.isProtected(environment.environment) };
};

const clustersOf = (drafts: readonly Draft[], { base, head }: CompareInput): readonly ClusterImpact[] => {
  const byCluster = new Map<string, KustomizationImpact[]>();
  for (const draft of drafts) {
    if (draft.changes.length === 0) continue;
    const name = targetOf(draft.pair);
    const of = (type: Draft['changes'][number]['type']) => draft.changes.filter((change) => change.type === type).sort(byIdentity);
    const impact: KustomizationImpact = {
      ...draft.pair,
      tenant: (draft.pair.head && head.tenants.of(draft.pair.head)?.name) ?? (draft.pair.base && base.tenants.of(draft.pair.base)?.name),
      isHeld: draft.isHeld,
      added: of('added'),
      changed: of('changed'),
      removed: of('removed'),
    };
    byCluster.set(name, [...(byCluster.get(name) ?? []), impact]);
  }
  const clusters = [...byCluster].map(
    ([name, kustomizations]): ClusterImpact => ({
      name,
      ...environmentOf(name, { base, head }),
      base: base.clusters.get(name),
      head: head.clusters.get(name),
      kustomizations: kustomizations.sort((a, b) => byText(a.id, b.id)),
    }),
  );
  return inPromotionOrder(clusters, head.config.promotion);
};

const byIdentity = (a: ObjectChange, b: ObjectChange): number =>
  byText(a.kind, b.kind) || byText(a.namespace ?? '', b.namespace ?? '') || byText(a.name, b.name);
