import { describe, expect, it } from 'vitest';
import { createEngine, evaluateWorkspace } from '../../src/analyze.ts';
import { defaultConfig } from '../../src/config/config.ts';
import { readPlan } from '../../src/generate/terraform/plan.ts';
import type { Texts } from '../fixture.ts';
import { lintTexts, workspaceOf } from '../fixture.ts';

const graphOf = (texts: Texts, more: Partial<ReturnType<typeof workspaceOf>> = {}) =>
  evaluateWorkspace({ ...workspaceOf(texts), ...more }, createEngine({})).graph;

/** Each cluster with its evidence, and what is applied to it. */
const outline = (texts: Texts, more?: Partial<ReturnType<typeof workspaceOf>>) =>
  graphOf(texts, more).clusters.all.map(({ name, cluster, objects }) => [
    name,
    cluster.root.evidence,
    ...objects.map(({ kind, name: object }) => `${kind}/${object}`).sort(),
  ]);

const provider = 'provider "flux" {\n  git = {\n    url = "ssh://git@git.example.com/fleet.git"\n  }\n}\n';
const bootstrap = (path: string) => `${provider}resource "flux_bootstrap_git" "this" {\n  path = "${path}"\n}\n`;
const configMap = (name: string) =>
  `resource "kubernetes_config_map_v1" "c" {\n  metadata {\n    name      = "${name}"\n    namespace = "flux-system"\n  }\n  data = { REGION = "eu" }\n}\n`;
const object = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: flux-system\n`;

describe('clusters', () => {
  it('start where a bootstrap says, and have what the same root makes', () => {
    const texts = { 'terraform/main.tf': bootstrap('clusters/blue') + configMap('info'), 'clusters/blue/a.yaml': object('a') };
    expect(outline(texts)).toEqual([
      ['blue', 'terraform', 'ConfigMap/a', 'ConfigMap/info', 'GitRepository/flux-system', 'Kustomization/flux-system'],
    ]);
  });

  it('win over layout, and are as many as there are files of values', () => {
    const texts = {
      'terraform/main.tf': `variable "env" {}\n${bootstrap('fleet/${var.env}')}`,
      'terraform/env/blue.tfvars': 'env = "blue"\n',
      'terraform/env/green.tfvars': 'env = "green"\n',
      'fleet/blue/a.yaml': object('a'),
      'fleet/green/a.yaml': object('a'),
    };
    expect(outline(texts).map(([name, evidence]) => [name, evidence])).toEqual([
      ['blue', 'terraform'],
      ['green', 'terraform'],
    ]);
  });

  it('that flux bootstrap shows keep that, and get what Terraform makes besides', () => {
    const sync =
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { interval: 10m0s, path: ./clusters/blue, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }\n';
    const texts = { 'terraform/main.tf': bootstrap('clusters/blue') + configMap('info'), 'clusters/blue/flux-system/gotk-sync.yaml': sync };
    expect(outline(texts)).toEqual([['blue', 'bootstrap', 'ConfigMap/info', 'Kustomization/flux-system']]);
  });

  it('start from an instance that the module of the operator applies, filled in by its runtime info', () => {
    const texts = {
      'terraform/main.tf':
        'module "flux" {\n  source = "controlplaneio-fluxcd/flux-operator-bootstrap/kubernetes"\n  gitops_resources = {\n    instance_yaml = file("${path.module}/instance.yaml")\n  }\n  managed_resources = {\n    runtime_info = {\n      data = { CLUSTER = "blue" }\n    }\n  }\n}\n',
      'terraform/instance.yaml':
        'apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata:\n  name: flux\n  namespace: flux-system\nspec:\n  distribution: { version: "2.x", registry: ghcr.io/fluxcd }\n  sync:\n    kind: GitRepository\n    url: https://git.example.com/fleet.git\n    ref: refs/heads/main\n    path: clusters/${CLUSTER}\n',
      'clusters/blue/a.yaml': object('a'),
    };
    expect(outline(texts)).toEqual([['blue', 'terraform', 'ConfigMap/a', 'ConfigMap/flux-runtime-info', 'FluxInstance/flux']]);
  });

  it('of Azure are one for each configuration of a root', () => {
    const texts = {
      'aks/main.tf':
        'resource "azurerm_kubernetes_flux_configuration" "f" {\n  name       = "fleet"\n  cluster_id = "x"\n  namespace  = "flux-system"\n  git_repository {\n    url             = "https://git.example.com/fleet.git"\n    reference_type  = "branch"\n    reference_value = "main"\n  }\n  kustomizations {\n    name = "infra"\n    path = "./clusters/blue/infra"\n    garbage_collection_enabled = true\n  }\n  kustomizations {\n    name       = "apps"\n    path       = "./clusters/blue/apps"\n    depends_on = ["infra"]\n    garbage_collection_enabled = true\n  }\n}\n',
      'clusters/blue/infra/a.yaml': object('a'),
      'clusters/blue/apps/b.yaml': object('b'),
    };
    expect(outline(texts)).toEqual([
      ['blue', 'terraform', 'ConfigMap/a', 'ConfigMap/b', 'GitRepository/fleet', 'Kustomization/fleet-apps', 'Kustomization/fleet-infra'],
    ]);
  });

  it('are those that the configuration names', () => {
    const texts = {
      '.flux-lint.yaml': 'terraform:\n  roots:\n    - { path: tf, varFiles: [values/x.tfvars], cluster: edge }\n',
      'tf/main.tf': `variable "dir" {}\n${bootstrap('sites/${var.dir}')}`,
      'values/x.tfvars': 'dir = "x"\n',
      'sites/x/a.yaml': object('a'),
    };
    expect(outline(texts).map(([name]) => name)).toEqual(['edge']);
  });

  it('may start in another repository, which is not at hand', () => {
    const texts = { 'terraform/main.tf': bootstrap('elsewhere/blue'), 'apps/a.yaml': object('a') };
    expect(outline(texts)).toEqual([['blue', 'terraform', 'GitRepository/flux-system', 'Kustomization/flux-system']]);
    expect(lintTexts(texts).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('what Terraform makes', () => {
  it('fills in variables, with the values it has', () => {
    const texts = {
      'terraform/main.tf': bootstrap('clusters/blue') + configMap('info'),
      'clusters/blue/apps.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps, namespace: flux-system }\nspec:\n  interval: 10m\n  path: ./apps/${REGION}\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n  postBuild: { substituteFrom: [{ kind: ConfigMap, name: info }] }\n',
      'apps/a.yaml': `${object('a')}data: { region: "\${REGION}" }\n`,
    };
    const kustomization = graphOf({ ...texts, 'clusters/blue/apps.yaml': texts['clusters/blue/apps.yaml'].replace('/${REGION}', '') });
    const made = kustomization.clusters.all.flatMap(({ objects }) => objects.filter(({ name }) => name === 'a'));
    expect(made[0]?.node('/data/region')).toMatchObject({ value: 'eu' });
  });

  it('is judged at its line: a bootstrap whose path is not there', () => {
    const texts = { 'terraform/main.tf': bootstrap('clusters/gren'), 'clusters/green/a.yaml': object('a') };
    const found = lintTexts(texts).findings.filter(({ severity }) => severity === 'error');
    expect(found.map(({ location, ruleId }) => [location.path, location.line, ruleId])).toEqual([
      ['terraform/main.tf', 7, 'references/unknown-path'],
    ]);
  });

  it.each([
    ['60m', '1h0m0s', []],
    ['1h', '1h0m30s', ['generated/bootstrap-drift']],
  ])('differs from what is committed by its value: %s and %s', (argument, committed, expected) => {
    const texts = {
      'terraform/main.tf': bootstrap('clusters/blue').replace('  path', `  interval = "${argument}"\n  path`),
      'clusters/blue/a.yaml': object('a'),
      'clusters/blue/flux-system/gotk-sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { interval: ${committed}, url: "ssh://git@git.example.com/fleet.git", ref: { branch: main } }\n`,
    };
    const found = lintTexts(texts).findings.map(({ ruleId }) => ruleId);
    expect(found.filter((id) => id === 'generated/bootstrap-drift')).toEqual(expected);
  });

  it('waits for what installs Flux, whatever the keys of its instances are', () => {
    const texts = {
      'terraform/main.tf': `${bootstrap('clusters/blue')}module "m" {\n  for_each   = toset(["a]b"])\n  source     = "./m"\n  depends_on = [flux_bootstrap_git.this]\n}\n`,
      'terraform/m/main.tf':
        'resource "kubectl_manifest" "k" {\n  yaml_body = "{ apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: { name: k, namespace: x }, spec: { path: ./a } }"\n}\n',
      'clusters/blue/a.yaml': object('a'),
    };
    expect(lintTexts(texts).findings.map(({ ruleId }) => ruleId)).not.toContain('generated/no-order-after-bootstrap');
  });

  it('is exact with a plan', () => {
    const texts = {
      'tf/main.tf':
        'variable "dir" {}\nresource "kubectl_manifest" "k" {\n  yaml_body = templatefile("${path.module}/k.yaml", { dir = var.dir })\n}\n',
      'tf/k.yaml': 'kind: ${dir}\n',
      'clusters/blue/a.yaml': object('a'),
    };
    const body =
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: k, namespace: flux-system }\nspec: { interval: 10m, path: ./clusters/blue, prune: true, sourceRef: { kind: GitRepository, name: fleet } }\n';
    const plan = readPlan(
      'plan.json',
      JSON.stringify({
        format_version: '1.2',
        planned_values: {
          root_module: {
            resources: [
              { address: 'kubectl_manifest.k', mode: 'managed', type: 'kubectl_manifest', name: 'k', values: { yaml_body: body } },
            ],
          },
        },
        resource_changes: [{ address: 'kubectl_manifest.k', change: { after_unknown: { id: true } } }],
      }),
    );
    expect(outline(texts, { terraformPlans: plan ? [plan] : [] })).toEqual([['blue', 'terraform', 'ConfigMap/a', 'Kustomization/k']]);
  });

  it('leads from a file of values to the objects that it reaches', () => {
    const texts = {
      'terraform/main.tf': `variable "env" {}\n${bootstrap('clusters/${var.env}')}`,
      'terraform/terraform.tfvars': 'env = "blue"\n',
      'clusters/blue/a.yaml': object('a'),
    };
    const graph = graphOf(texts);
    expect(graph.reach.readers('terraform/terraform.tfvars').map(({ target }) => target)).toEqual(['blue']);
  });
});

it('costs nothing where there is none', () => {
  expect(defaultConfig.terraform.roots).toEqual([]);
  expect(
    outline({ 'clusters/blue/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n', 'clusters/blue/a.yaml': object('a') }),
  ).toEqual([['blue', 'bootstrap', 'ConfigMap/a']]);
});
