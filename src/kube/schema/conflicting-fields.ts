import { child, type MapNode, stringAt, toPointer } from '../../yaml/node.ts';
import { chartRules, helmReleaseRules, kustomizationRules } from './conflicts/applied.ts';
import type { FieldRule } from './conflicts/field-rule.ts';
import { imageChoiceRules, imagePolicyRules } from './conflicts/images.ts';
import { inputProviderRules } from './conflicts/input-providers.ts';
import { providerRules, receiverRules } from './conflicts/notifications.ts';
import { fluxInstanceRules, fluxReportRules, resourceSetRules } from './conflicts/operator.ts';
import {
  artifactGeneratorRules,
  bucketAccountRules,
  bucketRules,
  gitReferenceRules,
  gitRepositoryRules,
  helmChartRules,
  helmRepositoryRules,
  ociRepositoryRules,
} from './conflicts/sources.ts';

/** Fields that contradict each other. */
export interface FieldConflict {
  /** RFC 6901, from the object's root: the field a person would change. */
  readonly pointer: string;
  readonly message: string;
  /** `info`: nothing fails, the field only has no effect. */
  readonly atMost?: 'info' | undefined;
}

/**
 * What no schema of single fields can say: the rules across fields of Flux's kinds (CEL in their CRDs), and those that the
 * controllers check when they start on an object. What is unknown is never in conflict.
 */
export const conflictingFields = (root: MapNode): readonly FieldConflict[] => {
  const spec = child(root, 'spec');
  const rules = fieldRules.get(`${stringAt(root, 'apiVersion')}/${stringAt(root, 'kind')}`);
  if (spec?.type !== 'map' || !rules) return [];
  return rules.flatMap(({ check, message, atMost }) => check(spec, root).map((keys) => ({ pointer: toPointer(keys), message, atMost })));
};

/** By `group/version/kind`. A version that is not here has no such rules. */
export const fieldRules: ReadonlyMap<string, readonly FieldRule[]> = new Map([
  ['kustomize.toolkit.fluxcd.io/v1/Kustomization', kustomizationRules],
  ['helm.toolkit.fluxcd.io/v2/HelmRelease', helmReleaseRules],
  ['helm.toolkit.fluxcd.io/v2beta2/HelmRelease', chartRules],
  ['source.toolkit.fluxcd.io/v1/GitRepository', gitRepositoryRules],
  ['source.toolkit.fluxcd.io/v1beta2/GitRepository', gitReferenceRules],
  ['source.toolkit.fluxcd.io/v1beta1/GitRepository', gitReferenceRules],
  ['source.toolkit.fluxcd.io/v1/OCIRepository', ociRepositoryRules],
  ['source.toolkit.fluxcd.io/v1beta2/OCIRepository', ociRepositoryRules],
  ['source.toolkit.fluxcd.io/v1/HelmRepository', helmRepositoryRules],
  ['source.toolkit.fluxcd.io/v1beta2/HelmRepository', helmRepositoryRules],
  ['source.toolkit.fluxcd.io/v1/HelmChart', helmChartRules],
  ['source.toolkit.fluxcd.io/v1/Bucket', [...bucketRules, ...bucketAccountRules]],
  ['source.toolkit.fluxcd.io/v1beta2/Bucket', bucketRules],
  ['source.extensions.fluxcd.io/v1beta1/ArtifactGenerator', artifactGeneratorRules],
  ['notification.toolkit.fluxcd.io/v1beta3/Provider', providerRules],
  ['notification.toolkit.fluxcd.io/v1/Receiver', receiverRules],
  ['image.toolkit.fluxcd.io/v1/ImagePolicy', imagePolicyRules],
  ['image.toolkit.fluxcd.io/v1beta2/ImagePolicy', imagePolicyRules],
  ['image.toolkit.fluxcd.io/v1beta1/ImagePolicy', imageChoiceRules],
  ['fluxcd.controlplane.io/v1/FluxInstance', fluxInstanceRules],
  ['fluxcd.controlplane.io/v1/FluxReport', fluxReportRules],
  ['fluxcd.controlplane.io/v1/ResourceSet', resourceSetRules],
  ['fluxcd.controlplane.io/v1/ResourceSetInputProvider', inputProviderRules],
]);
