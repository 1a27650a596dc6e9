/** What a rule may use; published as `flux-lint/rule`. */

// A rule, and what it yields.

export { type DocumentView, defineRule, type OverlayView, type Rule, type RuleContext, yaml } from './lint/define-rule.ts';
export { generatedSteps } from './model/origin.ts';
export type { Edit, Problem, Related } from './model/problem.ts';

// Views: clusters, objects and their fields.

export type { Content, ContentOf } from './flux/evaluation.ts';
export { isFluxObject } from './flux/kinds.ts';
export { ofKind } from './graph/clusters/by-kind.ts';
export { type ClusterView, isProven } from './graph/clusters/cluster-view.ts';
export type { AppliedView, HelmReleaseView, KustomizationView, ObjectView, SourceView } from './graph/clusters/views.ts';
export { endReading, readable } from './kube/view.ts';
export {
  child,
  type Entry,
  isList,
  isMap,
  isScalar,
  itemsOf,
  type MapNode,
  type Node,
  type ScalarNode,
  stringAt,
  textAt,
  toPointer,
} from './yaml/node.ts';

// Questions to the graph: what it answers with.

export { type CompositionPatch, type SchemaField, schemaAt } from './generate/crossplane/composition-patches.ts';
export { fieldPathText } from './generate/crossplane/patch/field-path.ts';
export type { DoubleOwners } from './graph/clusters/double-owners.ts';
export type { Lockdown } from './graph/clusters/lockdown.ts';
export { leftOutBy, leftOutHint } from './graph/files/left-out.ts';
export { failedCopies } from './graph/generators/failed-copies.ts';
export type { CompositionView, Generators } from './graph/generators/generators.ts';
export type { Graph } from './graph/graph.ts';
export type { ImageMarker } from './graph/images/images.ts';
export { type DeafSource, deafSources } from './graph/notifications/deaf-sources.ts';
export type { Moment } from './graph/order/cluster-order.ts';
export type { SharedBuild } from './graph/reach/builds.ts';
export type { Pull } from './graph/reach/pulls.ts';
export type { UnreadManifest } from './graph/reach/unread-manifests.ts';
export type { Use } from './graph/reach/uses.ts';
export type { Missing } from './graph/references/missing.ts';
export type { Reference } from './graph/references/reference.ts';
export type { LocalChart } from './graph/releases/charts.ts';
export type { ApiVerdict } from './graph/schemas/api-verdict.ts';
export { customKind } from './graph/schemas/definitions.ts';
export { mayComeWithTheCluster } from './graph/schemas/partial.ts';
export type { SchemaVerdict } from './graph/schemas/schema-verdict.ts';
export type { FollowedSource } from './graph/sources/followed-source.ts';
export type { SubstitutedObject, SubstitutedText } from './graph/substitution/substitution.ts';
export type { Tenant } from './graph/tenants/tenant.ts';

// Patterns, in time that grows with them and the text alone.

export { anyGlob, matchesGlob } from './pattern/glob.ts';
export { isGoPattern, matchesGoPattern, matchesWholeGoPattern } from './pattern/go-pattern.ts';
export { samplesOf } from './pattern/samples.ts';
export { withoutEnd } from './pattern/trim.ts';

// Questions to a change.

export { type CausedChange, changesByFile, changesByPlace } from './impact/by-cause.ts';
export { type DroppedFiles, droppedFiles } from './impact/dropped-files.ts';
export { type ClusterImpact, type Impact, type KustomizationImpact, type ObjectChange, objectChanges } from './impact/impact.ts';
export { deletesItsObjects } from './impact/pruning.ts';

// Questions about a value: what Flux, kustomize and Kubernetes make of it.

export { isEncrypted } from './flux/encrypted.ts';
export { isLeftUnsubstituted, isSwitched } from './flux/object-switches.ts';
export { isSameRepository } from './flux/source/source-url.ts';
export { type KnownCredential, knownCredential } from './kube/credential/credential-formats.ts';
export { credentialLines } from './kube/credential/credential-lines.ts';
export { abridged, isLikelyCredential, namesCredential } from './kube/credential/credential-names.ts';
export { isReadableSecret, type SecretValue, secretValues } from './kube/credential/secret-values.ts';
export { isWellKnown } from './kube/credential/well-known.ts';
export { durationOf } from './kube/duration.ts';
export { annotationKeyError, labelKeyError, labelValueError, nameError, namespaceError } from './kube/names.ts';
export { groupOf, labelOf } from './kube/object-view.ts';
export { type Container, type PodSpec, podSpec, workloadKinds } from './kube/pod-spec.ts';
export { otherGroups, servedInstead } from './kube/schema/kubernetes/built-in-versions.ts';
export { isBefore, minorName } from './kube/schema/minor.ts';
export { fieldName } from './kube/schema/schema-error.ts';
export { scopeOf } from './kube/schema/scope.ts';
export { apiVersionOf } from './kube/schema/served-versions.ts';
export { isInRange } from './kube/semver-range.ts';
export { isRemote } from './kustomize/file/loader.ts';
export { isPinned } from './kustomize/file/pinned.ts';

// Origins: who wrote what, and where.

export { baseName, directoryOf, type Files, isWithin, joinPath, normalise, relativePath } from './files/files.ts';
export { definedAt, writtenBy } from './graph/clusters/defined-at.ts';
export { oncePerNode } from './lint/aggregate/once-per-node.ts';
export type { Origin } from './model/origin.ts';
export type { Span } from './model/span.ts';

// Fixes: edits of what is written.

export { type Outdated, outdatedIn, placesOf, subjectOf, upgradesOf } from './lint/aggregate/outdated-api.ts';
export { sharedProblem } from './lint/aggregate/shared-problem.ts';
export { type Affected, toldAtFirst, toldOnce } from './lint/aggregate/told-once.ts';
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
export { quotedVariable } from './lint/fix/quoted-variable.ts';
export { addToGroup, grouped } from './model/grouped.ts';
export { memo } from './model/memo.ts';
export { objectName } from './model/object-ref.ts';
export { didYouMean, nearest } from './model/spelling.ts';
export { isTrue } from './yaml/node.ts';
