import { describe, expect, it } from 'vitest';
import { lintTexts, type Texts } from '../../fixture.ts';
import { bootstrap, configMap, graphOf, kustomization, listing } from '../story.ts';

const buildsIn = (texts: Texts): readonly string[] => graphOf(texts).clusters.unreached?.kustomizations.map(({ name }) => name) ?? [];

const base = { 'lib/web/kustomization.yaml': listing(['web.yaml']), 'lib/web/web.yaml': configMap('web') };

describe('what no cluster applies is built by itself', () => {
  it('at the topmost kustomization file', () => {
    expect(
      buildsIn({
        ...base,
        'deploy/prod/kustomization.yaml': listing(['../../lib/web']),
        'deploy/staging/kustomization.yaml': listing(['../../lib/web']),
        'other/kustomization.yaml': listing([]),
      }),
    ).toEqual(['deploy/prod', 'deploy/staging', 'other']);
  });

  it('but for what a cluster applies', () => {
    const cluster = { ...bootstrap('clusters/prod'), 'clusters/prod/web.yaml': kustomization('web', './lib/web') };
    expect(buildsIn({ ...base, ...cluster, 'spare/kustomization.yaml': listing([]) })).toEqual(['spare']);
  });

  it('Components only with those who list them', () => {
    const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [web.yaml]\n';
    expect(buildsIn({ 'components/web/kustomization.yaml': component, 'components/web/web.yaml': configMap('web') })).toEqual([]);
  });

  it.each([
    ['in a Helm chart', { 'charts/web/Chart.yaml': 'name: web\n', 'charts/web/templates/kustomization.yaml': listing(['gone.yaml']) }],
    ['in an archive', { 'archive/web/kustomization.yaml': listing(['gone.yaml']) }],
    ['in an example', { 'docs/examples/web/kustomization.yaml': listing(['gone.yaml']) }],
    ['in a template by its name', { 'templates/app/kustomization.yaml': listing(['gone.yaml']) }],
    ['that a Go template fills in', { 'skel/app/kustomization.yaml': 'resources: [{{ .Name }}.yaml]\n' }],
    ['that a shell fills in', { 'skel/app/kustomization.yaml': listing(['${APP}.yaml']) }],
    ['whose namespace a shell fills in', { 'skel/app/kustomization.yaml': `namespace: app-$NAME\n${listing(['gone.yaml'])}` }],
    ['whose entry a shell fills in', { 'skel/app/kustomization.yaml': 'resources:\n  - ${APP}.yaml\n' }],
    ['beside Terraform', { 'modules/flux/main.tf': '', 'modules/flux/manifests/kustomization.yaml': listing(['gone.yaml']) }],
    ['two levels below Terraform', { 'modules/flux/main.tofu': '', 'modules/flux/a/b/kustomization.yaml': listing(['gone.yaml']) }],
    [
      'deep below Terraform that names it',
      { 'stage/web/web.tf': 'x = "./manifests"\n', 'stage/web/manifests/overlays/live/kustomization.yaml': listing(['gone.yaml']) },
    ],
    [
      'beside Terraform that names it',
      { 'stage/web/web.tf': 'x = "../shared/${each.key}"\n', 'stage/shared/kustomization.yaml': listing(['gone.yaml']) },
    ],
    [
      'that kubebuilder keeps',
      { PROJECT: 'layout: [go.kubebuilder.io/v4]\n', 'config/default/kustomization.yaml': listing(['../crd', 'gone.yaml']) },
    ],
  ])('not %s', (_, texts) => {
    expect(buildsIn(texts)).toEqual([]);
  });
});

it('Terraform at the top has nothing to do with what it does not name', () => {
  expect(buildsIn({ 'main.tf': 'x = "y"\n', 'deploy/prod/kustomization.yaml': listing([]) })).toEqual(['deploy/prod']);
});

describe('what certainly fails to build', () => {
  const broken = { 'deploy/prod/kustomization.yaml': listing(['gone.yaml']) };
  const found = (texts: Texts) =>
    lintTexts(texts, { only: ['build/missing-resource'] }).findings.map(({ severity, message }) => [
      severity,
      message.endsWith('No cluster here applies it.'),
    ]);

  it('is an error in a repository that others apply', () => {
    expect(found(broken)).toEqual([['error', true]]);
  });

  it('is an info where there are clusters: none of them applies it', () => {
    expect(found({ ...broken, ...bootstrap('clusters/prod') })).toEqual([['info', true]]);
  });
});

it('ResourceSets that no cluster applies are rendered all the same', () => {
  const set = (value: string) =>
    `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: { name: teams, namespace: apps }\nspec:\n  inputs: [{ team: ${value} }]\n  resources:\n    - { apiVersion: v1, kind: Namespace, metadata: { name: << inputs.name >> } }\n`;
  const found = (value: string) =>
    lintTexts({
      'sets/kustomization.yaml': listing(['set.yaml']),
      'sets/set.yaml': set(value),
      ...bootstrap('clusters/prod'),
    }).findings.flatMap(({ ruleId, severity, location }) =>
      ruleId.startsWith('generated/') ? [`${ruleId} ${severity} ${location.path}:${location.line}`] : [],
    );
  expect(found('checkout')).toEqual(['generated/missing-input warning sets/set.yaml:7']);
  expect(found('"${TEAM}"')).toEqual([]);
});
