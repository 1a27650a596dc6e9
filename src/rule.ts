/** What a rule may use; published as `flux-lint/rule`. */
export { baseName, directoryOf, type Files, isWithin } from './files/files.ts';
export type { ContentOf } from './flux/evaluation.ts';
export { isSameRepository } from './flux/source-url.ts';
export type { DoubleOwners } from './graph/double-owners.ts';
export type { FollowedSource } from './graph/followed-source.ts';
export type { ClusterView, Graph } from './graph/graph.ts';
export type { Lockdown } from './graph/lockdown.ts';
export type { Pull } from './graph/pulls.ts';
export type { Tenant } from './graph/tenants.ts';
export type { Use } from './graph/uses.ts';
export type { AppliedView, HelmReleaseView, KustomizationView, ObjectView, SourceView } from './graph/views.ts';
export { annotationOf, groupOf, switchOf } from './kube/object-view.ts';
export { readable } from './kube/view.ts';
export { type DocumentView, defineRule, type OverlayView, type Rule, type RuleContext, yaml } from './lint/define-rule.ts';
export { addField, replaceScalar } from './lint/fixes.ts';
export type { Origin } from './model/origin.ts';
export type { Problem, Related } from './model/problem.ts';
export { nearest } from './model/spelling.ts';
