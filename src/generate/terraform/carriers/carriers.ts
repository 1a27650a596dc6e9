/** Which resources carry Flux configuration, and what they make. */

import type { GeneratedFile } from '../../generated.ts';
import type { Bootstrap, Made, TerraformObject } from '../made.ts';
import { isReadElsewhere, type ModuleInstance, type ResourceInstance } from '../module/instance.ts';
import { noteGap } from '../module/run.ts';
import { type Plan, plannedResources } from '../plan.ts';
import { azapiConfiguration, azureConfiguration, isFluxConfiguration } from './azure.ts';
import { bootstrapGit } from './bootstrap.ts';
import { helmRelease } from './charts.ts';
import type { CarrierContext } from './context.ts';
import { kubectlManifest, kubernetesManifest } from './manifests.ts';
import { operatorBootstrap } from './operator-bootstrap.ts';
import { isFileCarrier, repositoryFile } from './repository-files.ts';
import { kindOfResource, typedObject } from './typed.ts';

/** What Terraform's text says wherever one of these stands. */
export const mayCarry =
  /flux_bootstrap_git|flux_configuration|fluxConfigurations|flux-operator-bootstrap|kubectl_manifest|kubernetes_manifest|repository_file|flux2-sync|flux-instance|kubernetes_(?:config_map|secret|namespace|service_account|role|cluster_role)/;

const maxObjects = 5000;

/** Everything that a root and the modules it calls make; of a plan what that says. */
export const madeBy = (root: ModuleInstance, plan?: Plan): Made => {
  const context: CarrierContext = { run: root.run, root };
  const objects: TerraformObject[] = [];
  const files: GeneratedFile[] = [];
  const bootstraps: Bootstrap[] = [];
  const read = (resource: ResourceInstance): void => {
    const { type } = resource.resource;
    if (type === 'flux_bootstrap_git') {
      const made = bootstrapGit(resource, context);
      bootstraps.push(made.bootstrap);
      objects.push(...made.objects);
    } else if (isFileCarrier(type)) files.push(...repositoryFile(resource, context));
    else objects.push(...(objectCarrier(resource)?.(resource, context) ?? []));
  };
  const visit = (module: ModuleInstance): void => {
    for (const resource of plan ? [] : module.module.resources) {
      if (resource.mode !== 'managed' || !isCarrier(resource.type)) continue;
      for (const instance of module.resourcesOf(resource).instances) {
        if (objects.length >= maxObjects) {
          noteGap(root.run, `it makes more than ${maxObjects} objects: the others are not looked at`, resource.block.header);
          return;
        }
        read(instance);
      }
    }
    for (const call of module.calls()) {
      for (const { instance, module: called } of call.instances) {
        if (called) visit(called);
        else if (isReadElsewhere(call.source)) objects.push(...operatorBootstrap(call, instance, context));
      }
    }
  };
  for (const resource of plan ? plannedResources(plan, root) : []) if (isCarrier(resource.resource.type)) read(resource);
  visit(root);
  return { objects, files, bootstraps };
};

const isCarrier = (type: string): boolean =>
  type === 'flux_bootstrap_git' ||
  isFileCarrier(type) ||
  type === 'azapi_resource' ||
  byType.has(type) ||
  kindOfResource(type) !== undefined;

type ObjectCarrier = (resource: ResourceInstance, context: CarrierContext) => readonly TerraformObject[];

const byType: ReadonlyMap<string, ObjectCarrier> = new Map<string, ObjectCarrier>(
  Object.entries({
    kubectl_manifest: kubectlManifest,
    kubernetes_manifest: kubernetesManifest,
    helm_release: helmRelease,
    azurerm_kubernetes_flux_configuration: azureConfiguration,
    azurerm_arc_kubernetes_flux_configuration: azureConfiguration,
  }),
);

const objectCarrier = (resource: ResourceInstance): ObjectCarrier | undefined => {
  const { type } = resource.resource;
  if (type === 'azapi_resource') return isFluxConfiguration(resource) ? azapiConfiguration : undefined;
  return byType.get(type) ?? (kindOfResource(type) ? typedObject : undefined);
};
