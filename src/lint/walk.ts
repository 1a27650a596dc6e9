/** Calls every hook of every rule: the one place that walks. */
import type { Graph } from '../graph/graph.ts';
import type { KustomizationView, ObjectView } from '../graph/views.ts';
import type { Impact } from '../impact/impact.ts';
import { attempt } from '../kube/view.ts';
import type { Problem } from '../model/problem.ts';
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

export const walk = ({ rules, graph, documents, overlays, impact }: WalkInput): Walked => {
  const hits: Hit[] = [];
  const ended: Ended[] = [];

  const call = <S>({ rule, options, isFor }: ActiveRule, hook: Hook<S, never> | undefined, subject: S, place: Place) => {
    if (!hook) return;
    // The rule's own schema validated these options; only the rule knows their type.
    const context = { graph, options: options as never };
    const found: Problem[] = [];
    const result = attempt(() => {
      for (const problem of hook(subject, context)) found.push(problem);
    });
    const tenant = found.length > 0 && place.owner ? graph.tenantOf(place.owner) : undefined;
    for (const problem of found) {
      hits.push({
        rule,
        problem,
        cluster: place.cluster,
        object: place.object && hitObject(place.object),
        tenant: tenant?.evidence === 'upstream' ? undefined : tenant?.name,
        isFor,
      });
    }
    if ('unreadable' in result) ended.push({ ruleId: rule.id, why: result.unreadable.why, subject: place.label });
  };

  for (const active of rules) {
    const { rule } = active;
    try {
      for (const document of rule.document ? documents : []) call(active, rule.document, document, { label: document.path });
      for (const overlay of rule.overlay ? overlays : []) call(active, rule.overlay, overlay, { label: overlay.path });
      for (const cluster of graph.clusters) {
        const place = (object: ObjectView, owner: KustomizationView): Place => ({
          cluster: cluster.name,
          object,
          owner,
          label: `${object.label} on ${cluster.name}`,
        });
        call(active, rule.cluster, cluster, { cluster: cluster.name, label: cluster.name });
        for (const view of rule.kustomization ? cluster.kustomizations : []) call(active, rule.kustomization, view, place(view, view));
        for (const view of rule.source ? cluster.sources : []) call(active, rule.source, view, place(view, view.owner));
        for (const view of rule.helmRelease ? cluster.releases : []) call(active, rule.helmRelease, view, place(view, view.owner));
        for (const view of rule.object ? cluster.objects : []) call(active, rule.object, view, place(view, view.owner));
      }
      call(active, rule.graph, graph, { label: 'the graph' });
      if (impact) call(active, rule.change, impact, { label: 'the change' });
    } catch (error) {
      throw new Error(`rule ${rule.id}`, { cause: error });
    }
  }
  return { hits, ended };
};

interface Place {
  readonly cluster?: string;
  readonly object?: ObjectView;
  /** The Kustomization that it is about, or that applies the object. */
  readonly owner?: KustomizationView;
  readonly label: string;
}
