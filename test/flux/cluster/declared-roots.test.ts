import { describe, expect, it } from 'vitest';
import { appliedIn, bootstrap, clustersIn, configMap, kustomization } from '../story.ts';

const cluster = (path: string) => ({ [`${path}/apps.yaml`]: kustomization('apps', './apps'), 'apps/web.yaml': configMap('web') });

describe('a root that is made outside of git', () => {
  it.each([
    ['Terraform', 'terraform/main.tf', 'resource "flux_bootstrap_git" "this" {\n  path = "sites/oslo"\n}\n'],
    [
      'Terraform for Azure',
      'infra/aks.tf',
      'resource "azurerm_kubernetes_flux_configuration" "this" {\n  kustomizations {\n    name = "root"\n    path = "./sites/oslo"\n  }\n}\n',
    ],
  ])('is made by %s', (_, file, text) => {
    expect(clustersIn({ ...cluster('sites/oslo'), [file]: text })).toEqual(['oslo sites/oslo terraform']);
  });

  it.each([
    [
      'the Azure command line',
      'scripts/setup.sh',
      'az k8s-configuration flux create -n x --kustomization name=root path=./sites/oslo prune=true\n',
    ],
    [
      'Bicep',
      'infra/flux.bicep',
      "resource f 'Microsoft.KubernetesConfiguration/fluxConfigurations@2023-05-01' = {\n  properties: { kustomizations: { root: { path: './sites/oslo' } } }\n}\n",
    ],
    ['flux bootstrap', 'bootstrap.sh', 'flux bootstrap git --url=ssh://git@git.example/acme/fleet --path=sites/oslo\n'],
    ['a Makefile', 'Makefile', 'up:\n\tflux bootstrap github --owner=acme --repository=fleet \\\n\t  --path sites/oslo\n'],
  ])('is named by %s', (_, file, text) => {
    expect(clustersIn({ ...cluster('sites/oslo'), [file]: text })).toEqual(['oslo sites/oslo declared']);
  });

  it('is every directory that a variable may mean', () => {
    const texts = {
      ...cluster('sites/oslo'),
      ...cluster('sites/rome'),
      'main.tf': 'variable "name" {}\nresource "flux_bootstrap_git" "x" {\n  path = "sites/${var.name}"\n}\n',
    };
    expect(clustersIn(texts)).toEqual(['oslo sites/oslo terraform', 'rome sites/rome terraform']);
    // What Terraform refuses says it all the same.
    const undeclared = { ...texts, 'main.tf': texts['main.tf'].replace('variable "name" {}\n', '') };
    expect(clustersIn(undeclared)).toEqual(['oslo sites/oslo declared', 'rome sites/rome declared']);
  });

  it('is none where what is named holds nothing of Flux', () => {
    expect(clustersIn({ 'charts/web/values.yaml': 'a: 1\n', 'bootstrap.sh': 'flux bootstrap git --path=charts/web\n' })).toEqual([]);
  });

  it('is none beside one that is in git', () => {
    const texts = {
      ...bootstrap('clusters/prod'),
      ...cluster('clusters/prod'),
      ...cluster('apps/demo'),
      'setup.sh': 'flux bootstrap git --path=apps/demo\n',
    };
    expect(clustersIn(texts)).toEqual(['prod clusters/prod bootstrap']);
  });

  it('has a spec that nobody sees, and no error follows of it', () => {
    const texts = {
      ...cluster('sites/oslo'),
      'sites/oslo/web.yaml': configMap('web-x', { zone: '${ZONE}' }),
      'bootstrap.sh': 'flux bootstrap git --path=sites/oslo\n',
    };
    expect(appliedIn(texts).length).toBeGreaterThan(0);
  });
});
