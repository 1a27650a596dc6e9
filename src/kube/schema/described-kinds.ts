import { alert, receiver } from './kinds/alert.ts';
import { artifactGenerator, externalArtifact } from './kinds/artifact-generator.ts';
import { bucket } from './kinds/bucket.ts';
import { fluxInstance, fluxReport } from './kinds/flux-instance.ts';
import { gitRepository } from './kinds/git-repository.ts';
import { helmChart } from './kinds/helm-chart.ts';
import { helmRelease } from './kinds/helm-release.ts';
import { helmRepository } from './kinds/helm-repository.ts';
import { imagePolicy, imageRepository, imageUpdateAutomation } from './kinds/image.ts';
import { kustomization } from './kinds/kustomization.ts';
import { componentFile, kustomizationFile } from './kinds/kustomization-file.ts';
import { ociRepository } from './kinds/oci-repository.ts';
import { provider } from './kinds/provider.ts';
import { resourceSet, resourceSetInputProvider } from './kinds/resource-set.ts';
import type { KindSchemas } from './schema.ts';

/** Every kind of Flux, the Flux Operator and kustomize in every version since Flux 2.0. */
export const describedKinds: readonly KindSchemas[] = [
  kustomization,
  gitRepository,
  ociRepository,
  bucket,
  helmRepository,
  helmChart,
  externalArtifact,
  artifactGenerator,
  helmRelease,
  alert,
  provider,
  receiver,
  imageRepository,
  imagePolicy,
  imageUpdateAutomation,
  fluxInstance,
  fluxReport,
  resourceSet,
  resourceSetInputProvider,
  kustomizationFile,
  componentFile,
];
