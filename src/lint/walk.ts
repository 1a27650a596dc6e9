/** Calls every hook of every rule: the one place that walks. */
import { ofKind } from '../graph/clusters/by-kind.ts';
import type { ClusterView } from '../graph/clusters/cluster-view.ts';
import type { AppliedView, KustomizationView, ObjectView } from '../graph/clusters/views.ts';
import type { Graph } from '../graph/graph.ts';
import type { Impact } from '../impact/impact.ts';
import { attempt } from '../kube/view.ts';
import type { Problem } from '../model/problem.ts';
import { unwatched, type Watch } from '../model/watch.ts';
import type { DocumentView, Hook, OverlayView, Rule } from './define-rule.ts';
import { type Hit, hitObject } from './hit.ts';
import type { FailedRule } from './result.ts';
import { judgesAnyBuild, ofUnreached } from './unreached.ts';

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
  readonly failed: readonly FailedRule[];
}

export const walk = (input: WalkInput): Walked => {
  const hits: Hit[] = [];
  const ended: Ended[] = [];
  const failed = new Map<string, FailedRule>();
  const { rules, watch = unwatched } = input;
  watch.expect('rule', rules.length);
  for (const active of rules) {
    const { id } = active.rule;
    const own: Gathered = { hits: [], ended: [] };
    const error = watch.during({ rule: id }, () => thrownBy(() => walkRule(active, input, own)));
    if (error && !failed.has(id)) failed.set(id, { ruleId: id, error: error.thrown });
    for (const hit of own.hits) hits.push(hit);
    for (const end of own.ended) ended.push(end);
    watch.count('rule', 1);
  }
  // What such a rule found before it threw is half an answer.
  return { hits: hits.filter(({ rule }) => !failed.has(rule.id)), ended, failed: [...failed.values()] };
};

const thrownBy = (run: () => void): { readonly thrown: unknown } | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    return { thrown: error };
  }
};

/** What is being gathered. */
interface Gathered {
  readonly hits: Hit[];
  readonly ended: Ended[];
}

const walkRule = ({ rule, options, isFor }: ActiveRule, { graph, documents, overlays, impact }: WalkInput, { hits, ended }: Gathered) => {
  // The rule's own schema validated these options; only the rule knows their type.
  const context = { graph, options: options as never };

  const hitOf = (problem: Problem, { cluster, object, owner, isUnreached }: Place): Hit => {
    const tenant = owner && graph.tenants.of(owner);
    return {
      rule,
      problem: isUnreached ? ofUnreached(problem, graph) : problem,
      isUnreached,
      cluster,
      object: object && hitObject(object),
      tenant: tenant?.name,
      isFor,
    };
  };

  /**
   * Judges one subject after the other. What is not known ends the judging of one, and the next are judged all the same.
   * Most hooks have nothing to say of most subjects: little may be made for each.
   */
  const judge = <S>(hook: Hook<S, never> | undefined, subjects: readonly S[], placeOf: (subject: S) => Place) => {
    if (!hook) return;
    // An exception does not close the iterator of an array: it goes on with the next subject.
    const left = subjects.values();
    let current: S | undefined;
    const judgeRest = () => {
      for (const subject of left) {
        current = subject;
        for (const problem of hook(subject, context)) hits.push(hitOf(problem, placeOf(subject)));
      }
    };
    for (let result = attempt(judgeRest); 'unreadable' in result; result = attempt(judgeRest)) {
      if (current !== undefined) ended.push({ ruleId: rule.id, why: result.unreadable.why, subject: placeOf(current).label });
    }
  };

  const objectsOf = (cluster: ClusterView) => rule.kinds?.flatMap((kind) => ofKind(cluster, kind)) ?? cluster.objects;
  judge(rule.document, documents, ofFile);
  judge(rule.overlay, overlays, ofFile);
  for (const cluster of graph.clusters.all) {
    const ofObject = (object: ObjectView, owner: KustomizationView): Place => ({
      cluster: cluster.name,
      object,
      owner,
      label: `${object.label} on ${cluster.name}`,
    });
    const ofKustomization = (view: KustomizationView) => ofObject(view, view);
    const ofApplied = (view: AppliedView) => ofObject(view, view.owner);
    judge(rule.cluster, [cluster], ofCluster);
    judge(rule.kustomization, cluster.kustomizations, ofKustomization);
    if (rule.source) judge(rule.source, cluster.sources, ofApplied);
    judge(rule.helmRelease, cluster.releases, ofApplied);
    if (rule.object) judge(rule.object, objectsOf(cluster), ofApplied);
  }
  const { unreached } = graph.clusters;
  if (unreached && rule.object && judgesAnyBuild(rule)) {
    judge(rule.object, objectsOf(unreached), (object: AppliedView) => ({ object, label: object.label, isUnreached: true }));
  }
  judge(rule.graph, [graph], () => ({ label: 'the graph' }));
  if (impact) judge(rule.change, [impact], () => ({ label: 'the change' }));
};

interface Place {
  readonly cluster?: string;
  readonly object?: ObjectView;
  /** The Kustomization that it is about, or that applies the object. */
  readonly owner?: KustomizationView;
  readonly label: string;
  /** No cluster here applies it. */
  readonly isUnreached?: true;
}

const ofFile = ({ path }: { readonly path: string }): Place => ({ label: path });

const ofCluster = ({ name }: ClusterView): Place => ({ cluster: name, label: name });
