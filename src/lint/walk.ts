/** Calls every hook of every rule: the one place that walks. */
import type { ClusterView } from '../graph/cluster-view.ts';
import type { Graph } from '../graph/graph.ts';
import type { AppliedView, KustomizationView, ObjectView } from '../graph/views.ts';
import type { Impact } from '../impact/impact.ts';
import { attempt } from '../kube/view.ts';
import type { Problem } from '../model/problem.ts';
import { unwatched, type Watch } from '../model/watch.ts';
import type { DocumentView, Hook, OverlayView, Rule } from './define-rule.ts';
import { type Hit, hitObject } from './hit.ts';

export interface ActiveRule {
  readonly rule: Rule;
  readonly options: Readonly<Record<string, unknown>>;
  /** The files, as paths of findings, in which these options hold; absent: in all. */
  readonly isFor?: (path: string) => boolean;
}

export interface WalkInput {
  readonly rules: readonly ActiveRule[];
  readonly graph: Graph;
  readonly documents: readonly DocumentView[];
  readonly overlays: readonly OverlayView[];
  /** Where two revisions are compared. */
  readonly impact: Impact | undefined;
  /** Absent: nobody looks on. */
  readonly watch?: Watch | undefined;
}

/** A hook that ended at a value that is not known: why, and for what. */
export interface Ended {
  readonly ruleId: string;
  readonly why: string;
  readonly subject: string;
}

export interface Walked {
  readonly hits: readonly Hit[];
  readonly ended: readonly Ended[];
}

export const walk = (input: WalkInput): Walked => {
  const walked: Gathered = { hits: [], ended: [] };
  const { rules, watch = unwatched } = input;
  watch.expect('rule', rules.length);
  for (const active of rules) {
    try {
      watch.during({ rule: active.rule.id }, () => walkRule(active, input, walked));
      watch.count('rule', 1);
    } catch (error) {
      throw new Error(`rule ${active.rule.id}`, { cause: error });
    }
  }
  return walked;
};

/** What is being gathered. */
interface Gathered {
  readonly hits: Hit[];
  readonly ended: Ended[];
}

const walkRule = ({ rule, options, isFor }: ActiveRule, { graph, documents, overlays, impact }: WalkInput, { hits, ended }: Gathered) => {
  // The rule's own schema validated these options; only the rule knows their type.
  const context = { graph, options: options as never };

  /** Where the subject is found is asked only where something is wrong: most hooks of most rules have nothing to say. */
  const call = <S>(hook: Hook<S, never> | undefined, subject: S, placeOf: (subject: S) => Place) => {
    if (!hook) return;
    const found: Problem[] = [];
    const result = attempt(() => {
      for (const problem of hook(subject, context)) found.push(problem);
    });
    if (found.length > 0) for (const hit of hitsOf(found, placeOf(subject))) hits.push(hit);
    if ('unreadable' in result) ended.push({ ruleId: rule.id, why: result.unreadable.why, subject: placeOf(subject).label });
  };

  const hitsOf = (problems: readonly Problem[], { cluster, object, owner }: Place): readonly Hit[] => {
    const tenant = owner && graph.tenantOf(owner);
    const shared = {
      rule,
      cluster,
      object: object && hitObject(object),
      tenant: tenant?.evidence === 'upstream' ? undefined : tenant?.name,
      isFor,
    };
    return problems.map((problem) => ({ ...shared, problem }));
  };

  const kinds = rule.kinds && new Set(rule.kinds);
  for (const document of rule.document ? documents : []) call(rule.document, document, ofFile);
  for (const overlay of rule.overlay ? overlays : []) call(rule.overlay, overlay, ofFile);
  for (const cluster of graph.clusters) {
    const ofObject = (object: ObjectView, owner: KustomizationView): Place => ({
      cluster: cluster.name,
      object,
      owner,
      label: `${object.label} on ${cluster.name}`,
    });
    const ofKustomization = (view: KustomizationView) => ofObject(view, view);
    const ofApplied = (view: AppliedView) => ofObject(view, view.owner);
    call(rule.cluster, cluster, ofCluster);
    for (const view of rule.kustomization ? cluster.kustomizations : []) call(rule.kustomization, view, ofKustomization);
    for (const view of rule.source ? cluster.sources : []) call(rule.source, view, ofApplied);
    for (const view of rule.helmRelease ? cluster.releases : []) call(rule.helmRelease, view, ofApplied);
    for (const view of rule.object ? cluster.objects : []) if (!kinds || kinds.has(view.kind)) call(rule.object, view, ofApplied);
  }
  call(rule.graph, graph, () => ({ label: 'the graph' }));
  if (impact) call(rule.change, impact, () => ({ label: 'the change' }));
};

interface Place {
  readonly cluster?: string;
  readonly object?: ObjectView;
  /** The Kustomization that it is about, or that applies the object. */
  readonly owner?: KustomizationView;
  readonly label: string;
}

const ofFile = ({ path }: { readonly path: string }): Place => ({ label: path });

const ofCluster = ({ name }: ClusterView): Place => ({ cluster: name, label: name });
