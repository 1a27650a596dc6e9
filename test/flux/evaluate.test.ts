import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateWorkspace } from '../../src/analyze.ts';
import { memoryFiles } from '../../src/files/memory.ts';
import type { Repository } from '../../src/files/repository.ts';
import type { Evaluation } from '../../src/flux/evaluation.ts';
import { at, stringAt } from '../../src/yaml/node.ts';
import { readTexts, type Texts, workspaceOf } from '../fixture.ts';

const repos = join(import.meta.dirname, '../../fixtures/repos');

const evaluateTexts = (texts: Texts, repository?: Repository) => {
  const workspace = workspaceOf(texts);
  return evaluateWorkspace({ ...workspace, repository: repository ?? workspace.repository });
};

const evaluateRepo = (name: string, repository?: Repository) => evaluateTexts(readTexts(join(repos, name)), repository);

/** What each cluster's Kustomizations apply: `cluster namespace/name [-> target]: objects or why not`. */
const outline = ({ clusters }: Evaluation): readonly string[] =>
  clusters.flatMap((cluster) =>
    cluster.kustomizations.map(({ namespace, name, target, content }) => {
      const arrow = target === cluster.name ? '' : ` -> ${target}`;
      const what =
        content.type === 'built'
          ? content.objects.map(({ root }) => `${stringAt(root, 'kind')}/${stringAt(root, 'metadata', 'name')}`).join(' ')
          : content.type === 'unknown'
            ? content.why
            : content.type;
      return `${cluster.name} ${namespace}/${name}${arrow}: ${what}`;
    }),
  );

describe('evaluate', () => {
  it('fills the paths of children with the variables of their parent', () => {
    const { graph } = evaluateRepo('nested-substitution');
    expect(outline(graph.evaluation)).toEqual([
      'prod-eu flux-system/flux-system: Kustomization/apps GitRepository/flux-system Kustomization/flux-system',
      'prod-eu flux-system/apps: Kustomization/billing',
      'prod-eu flux-system/billing: ConfigMap/billing',
      'stage-eu flux-system/flux-system: Kustomization/apps GitRepository/flux-system Kustomization/flux-system',
      'stage-eu flux-system/apps: Kustomization/billing',
      'stage-eu flux-system/billing: ConfigMap/billing',
    ]);
    const path = graph.clusters.kustomization('prod-eu', 'flux-system', 'billing');
    expect(path?.spec.path).toBe('./billing/production/prod-eu');
    const origin = path?.origin('/spec/path');
    expect(origin?.span.path).toBe('apps/billing.yaml');
    expect(origin?.via.filter(({ type }) => type === 'substitution').map((step) => [step.field, step.at.path])).toEqual([
      ['ENVIRONMENT', 'clusters/prod-eu/apps.yaml'],
      ['CLUSTER', 'clusters/prod-eu/apps.yaml'],
    ]);
    expect(graph.reach.readers('billing/production/prod-eu/settings.yaml').map(({ cluster }) => cluster)).toEqual(['prod-eu']);
  });

  it('builds through the copies of an ArtifactGenerator', () => {
    const { graph } = evaluateRepo('artifact-generator');
    expect(outline(graph.evaluation)).toContain('production flux-system/billing: ConfigMap/billing');
    const [object] = graph.clusters.kustomization('production', 'flux-system', 'billing')?.objects ?? [];
    expect(object?.origin('/data/currency').span.path).toBe('apps/base/settings.yaml');
    expect(object?.origin('/data/tier').span.path).toBe('apps/production/settings.yaml');
  });

  it('takes a path that only an overlay writes', () => {
    const { graph } = evaluateRepo('patched-tenant');
    const billing = graph.clusters.kustomization('staging', 'billing', 'billing');
    expect(billing?.origin('/spec/path').span.path).toBe('tenants/staging/billing.yaml');
    expect(billing?.objects.map(({ label }) => label)).toEqual(['ConfigMap/billing/settings']);
  });

  it('reads another branch of this repository from git, and nothing where it is not', () => {
    const release = memoryFiles({ 'billing/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: released\n' });
    const here = {
      remotes: [],
      at: (reference: string) => (reference === 'release' ? release : undefined),
      opened: () => [],
    };
    expect(outline(evaluateRepo('second-branch', here).graph.evaluation)).toContain('production flux-system/billing: ConfigMap/released');
    expect(outline(evaluateRepo('second-branch').graph.evaluation)).toContain(
      'production flux-system/billing: the branch release of this repository is not here',
    );
  });

  it('puts what has a kubeConfig on the remote cluster', () => {
    const { graph } = evaluateRepo('kubeconfig-hub');
    expect(graph.clusters.all.map(({ name, environment }) => [name, environment?.environment])).toEqual([
      ['hub', undefined],
      ['production', 'production'],
      ['staging', 'staging'],
    ]);
    const staging = graph.clusters.get('staging');
    expect(staging?.cluster.hub).toBe('hub');
    expect(staging?.objects.map(({ label, root }) => [label, stringAt(root, 'data', 'environment')])).toEqual([
      ['ConfigMap/billing/settings', 'staging'],
    ]);
    expect(staging?.releases.map(({ label }) => label)).toEqual(['HelmRelease/staging/podinfo']);
  });

  it('starts from a FluxInstance, with its patches on what the operator makes', () => {
    const { graph } = evaluateRepo('flux-instance');
    expect(graph.clusters.all.map(({ name, cluster }) => [name, cluster.root.evidence, cluster.fluxVersion?.minor])).toEqual([
      ['production', 'flux-instance', 7],
    ]);
    expect(outline(graph.evaluation)).toContain('production flux-system/billing: ConfigMap/billing');
  });

  it.each([
    ['written', 'values:\n    instance:\n      sync: { path: fleet/dev, url: "https://x/y" }', {}],
    [
      'generated',
      'valuesFrom: [{ kind: ConfigMap, name: instance }]',
      {
        'fleet/flux/kustomization.yaml':
          'resources: [release.yaml]\nconfigMapGenerator:\n  - name: instance\n    files: [values.yaml=instance.yaml]\n',
        'fleet/flux/instance.yaml': 'instance:\n  sync: { path: fleet/dev, url: "https://x/y" }\n',
      },
    ],
  ])('starts from a FluxInstance that the chart makes of %s values', (_, spec, more) => {
    const release = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: flux-instance, namespace: flux-system }\nspec:\n  chart: { spec: { chart: flux-instance } }\n  ${spec}\n`;
    const { graph } = evaluateTexts({ 'fleet/flux/release.yaml': release, 'fleet/dev/x.yaml': cm('x'), ...more });
    expect(graph.clusters.all.map(({ name, cluster }) => [name, cluster.root.evidence])).toEqual([['dev', 'flux-instance']]);
  });
});

describe('what cannot be evaluated', () => {
  const cluster = 'clusters/one/flux-system/gotk-sync.yaml';

  it('ends where Kustomizations apply each other', () => {
    const { graph } = evaluateTexts({
      [cluster]: '#\n',
      'clusters/one/a.yaml': kustomization('a', './a'),
      'a/b.yaml': kustomization('b', './b'),
      'b/a.yaml': kustomization('a', './a'),
    });
    expect(graph.clusters.all[0]?.kustomizations.map(({ name }) => name)).toEqual(['flux-system', 'a', 'b']);
  });

  it('ends where a Kustomization makes ever new ones, and says so', () => {
    const { graph } = evaluateTexts({
      [cluster]: '#\n',
      'clusters/one/a.yaml': kustomization('a', './a', '  postBuild:\n    substitute:\n      N: x\n'),
      'a/a.yaml': kustomization('a-${N}', './a', '  postBuild:\n    substitute:\n      N: ${N}x\n'),
    });
    expect(graph.evaluation.problems.map(({ ruleId }) => ruleId)).toEqual(['build/cycle']);
  });

  it('does not substitute what a value brings', () => {
    const { graph } = evaluateTexts({
      [cluster]: '#\n',
      'clusters/one/a.yaml': kustomization('a', './a', '  postBuild:\n    substitute:\n      A: "x${A}y"\n'),
      'a/cm.yaml': `${cm('cm')}data:\n  a: \${A}\n`,
    });
    const [object] = graph.clusters.kustomization('one', 'flux-system', 'a')?.objects ?? [];
    expect(object && at(object.root, '/data/a')).toMatchObject({ value: 'x${A}y' });
  });

  it('says that a source is made from itself', () => {
    const source = (name: string, included: string) =>
      `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: ${name}, namespace: flux-system }\nspec:\n  url: https://x/y\n  include: [{ repository: { name: ${included} } }]\n`;
    const texts = {
      [cluster]: '#\n',
      '.flux-lint.yaml': 'repositories:\n  https://x/y: ./repositories/y\n',
      'repositories/y/a/cm.yaml': cm('cm'),
      'clusters/one/a.yaml': [
        source('one', 'two'),
        source('two', 'one'),
        kustomization('a', './a').replace('name: flux-system }', 'name: one }'),
      ].join('---\n'),
    };
    const { graph } = evaluateTexts(texts);
    expect(graph.clusters.kustomization('one', 'flux-system', 'a')?.content).toMatchObject({
      type: 'unknown',
      why: expect.stringContaining('made from itself'),
    });
  });

  it('says that the root depends on what it applies itself', () => {
    const source =
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec:\n  url: https://x/y\n  include: [{ repository: { name: flux-system } }]\n';
    const { graph } = evaluateTexts({
      [cluster]: '#\n',
      'clusters/one/s.yaml': source,
      'clusters/one/a.yaml': kustomization('a', './clusters'),
    });
    expect(graph.evaluation.problems).toMatchObject([
      { ruleId: 'build/cycle', message: expect.stringContaining('depends on what it applies itself') },
    ]);
  });
});

function cm(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: default\n`;
}

function kustomization(name: string, path: string, extra = ''): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ${name}\n  namespace: flux-system\nspec:\n  path: ${path}\n  prune: true\n  interval: 1h\n  sourceRef: { kind: GitRepository, name: flux-system }\n${extra}`;
}
