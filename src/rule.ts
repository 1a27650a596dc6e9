/** What a rule may use; published as `flux-lint/rule`. */
export { baseName, directoryOf, type Files, isWithin, joinPath, normalise, relativePath } from './files/files.ts';
export { isEncrypted } from './flux/encrypted.ts';
export type { Content, ContentOf } from './flux/evaluation.ts';
export { isSwitched } from './flux/object-switches.ts';
export { isSameRepository } from './flux/source/source-url.ts';
export type { ApiVerdict } from './graph/api-verdict.ts';
export type { SharedBuild } from './graph/builds.ts';
export { type ClusterView, isProven } from './graph/cluster-view.ts';
export { definedAt, writtenBy } from './graph/defined-at.ts';
export { customKind } from './graph/definitions.ts';
export type { DoubleOwners } from './graph/double-owners.ts';
export type { FollowedSource } from './graph/followed-source.ts';
export type { Graph } from './graph/graph.ts';
export type { ImageMarker } from './graph/image-markers.ts';
export type { Lockdown } from './graph/lockdown.ts';
export type { Missing } from './graph/missing.ts';
export type { Moment } from './graph/order.ts';
export type { Pull } from './graph/pulls.ts';
export type { Reference } from './graph/references.ts';
export type { SchemaVerdict } from './graph/schema-questions.ts';
export type { SubstitutedObject, SubstitutedText } from './graph/substituted.ts';
export type { Tenant } from './graph/tenants.ts';
export type { UnreadManifest } from './graph/unread-manifests.ts';
export type { Use } from './graph/uses.ts';
export type { AppliedView, HelmReleaseView, KustomizationView, ObjectView, SourceView } from './graph/views.ts';
export { type CausedChange, changesByFile, changesByPlace } from './impact/by-cause.ts';
export { type DroppedFiles, droppedFiles } from './impact/dropped-files.ts';
export { type ClusterImpact, type Impact, type KustomizationImpact, type ObjectChange, objectChanges } from './impact/impact.ts';
export { knownCredential } from './kube/credential/credential-formats.ts';
export { credentialLines } from './kube/credential/credential-lines.ts';
export { abridged, isLikelyCredential, namesCredential } from './kube/credential/credential-names.ts';
export { isReadableSecret, type SecretValue, secretValues } from './kube/credential/secret-values.ts';
export { durationOf } from './kube/duration.ts';
export { annotationKeyError, labelKeyError, labelValueError, nameError, namespaceError } from './kube/names.ts';
export { groupOf, labelOf } from './kube/object-view.ts';
export { type Container, type PodSpec, podSpec, workloadKinds } from './kube/pod-spec.ts';
export { fieldName } from './kube/schema/schema-error.ts';
export { apiVersionOf, newestMinor } from './kube/schema/served-versions.ts';
export { scopeOf } from './kube/scope.ts';
export { readable } from './kube/view.ts';
export { isRemote } from './kustomize/file/loader.ts';
export { isPinned } from './kustomize/file/pinned.ts';
export { type DocumentView, defineRule, type OverlayView, type Rule, type RuleContext, yaml } from './lint/define-rule.ts';
export {
  bodyOf,
  endOfLines,
  indentAt,
  indented,
  indentOf,
  insertion,
  isFlow,
  movedLines,
  moveItems,
  startOfLine,
} from './lint/fix/field-edits.ts';
export { addField, isAsWritten, quoteScalar, replaceScalar } from './lint/fix/fixes.ts';
export { upgradeFix } from './lint/fix/upgrade-fix.ts';
export { oncePerNode } from './lint/once-per-node.ts';
export { sharedProblem } from './lint/shared-problem.ts';
export { addToGroup, grouped } from './model/grouped.ts';
export { memo } from './model/memo.ts';
export type { Origin } from './model/origin.ts';
export type { Edit, Problem, Related } from './model/problem.ts';
export type { Span } from './model/span.ts';
export { didYouMean, nearest } from './model/spelling.ts';
export {
  child,
  type Entry,
  isList,
  isMap,
  isScalar,
  isTrue,
  itemsOf,
  type MapNode,
  type Node,
  type ScalarNode,
  stringAt,
  textAt,
  toPointer,
} from './yaml/node.ts';
