import { describe, expect, it } from 'vitest';
import { lintTexts } from '../../fixture.ts';
import { appliedIn, bootstrap, clustersIn, configMap, documents, gitRepository, graphOf, kustomization, listing } from '../story.ts';

const toSpoke = 'kubeConfig: { secretRef: { name: spoke-kubeconfig } }\n';

/** The hub creates a cluster and installs Flux on it; that Flux then syncs from its own directory here. */
const fleet = {
  ...bootstrap('clusters/hub'),
  'clusters/hub/apps.yaml': kustomization('hub-apps', './apps/hub'),
  'clusters/hub/spoke.yaml': kustomization('spoke-flux', './clusters/spoke/flux-system', { spec: toSpoke }),
  ...bootstrap('clusters/spoke'),
  'clusters/spoke/apps.yaml': kustomization('apps', './apps/spoke', { spec: 'dependsOn: [{ name: infra }]\n' }),
  'clusters/spoke/infra.yaml': kustomization('infra', './infra'),
  'apps/hub/web.yaml': configMap('hub'),
  'apps/spoke/web.yaml': configMap('spoke'),
  'infra/dns.yaml': configMap('dns'),
};

describe('a cluster that a hub creates and that syncs from here itself', () => {
  it('is one cluster, with its own evidence and the hub that made it', () => {
    expect(clustersIn(fleet)).toEqual(['hub clusters/hub bootstrap', 'spoke clusters/spoke bootstrap']);
    expect(graphOf(fleet).clusters.get('spoke')?.cluster.hub).toBe('hub');
  });

  it('applies what its own root says, once', () => {
    const lines = appliedIn(fleet);
    expect(lines.filter((line) => line.startsWith('spoke flux-system/apps:'))).toEqual(['spoke flux-system/apps: ConfigMap/spoke']);
    expect(lines).toContain('hub flux-system/hub-apps: ConfigMap/hub');
    expect(graphOf(fleet).evaluation.problems).toEqual([]);
  });

  it('is said to wait for nothing and to build from nobody else', () => {
    const deadlocks = {
      ...fleet,
      'clusters/hub/apps.yaml': kustomization('hub-apps', './apps/hub', { spec: 'dependsOn: [{ name: spoke-flux }]\n' }),
    };
    const { findings } = lintTexts(deadlocks);
    // Both apply the Flux of the spoke, and whoever removes it from the hub removes it there: that is so.
    const errors = findings.filter(({ severity, ruleId }) => severity === 'error' && ruleId !== 'blast-radius/duplicate-owner');
    expect(errors.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
    expect(findings.filter(({ ruleId }) => ruleId === 'blast-radius/foreign-cluster-path')).toEqual([]);
  });

  it('may lie in the folder of the hub, whose build takes it in', () => {
    const nested = {
      ...bootstrap('clusters/hub'),
      'clusters/hub/kustomization.yaml': listing(['flux-system', 'spoke/kubeconfig.yaml']),
      'clusters/hub/spoke/kubeconfig.yaml': kustomization('spoke', './clusters/hub/spoke/content', { spec: toSpoke }),
      'clusters/hub/spoke/content/web.yaml': configMap('web'),
    };
    expect(clustersIn(nested)).toEqual(['hub clusters/hub bootstrap', 'spoke clusters/hub/spoke/content remote']);
  });
});

describe('hubs of each other', () => {
  it('are two clusters', () => {
    const remote = (name: string) => `kubeConfig: { secretRef: { name: ${name}-kubeconfig } }\n`;
    const texts = {
      ...bootstrap('clusters/a'),
      ...bootstrap('clusters/b'),
      'clusters/a/b.yaml': kustomization('b-flux', './clusters/b/flux-system', { spec: remote('b') }),
      'clusters/b/a.yaml': kustomization('a-flux', './clusters/a/flux-system', { spec: remote('a') }),
    };
    expect(clustersIn(texts)).toEqual(['a clusters/a bootstrap', 'b clusters/b bootstrap']);
  });
});

describe('a remote cluster that syncs from elsewhere', () => {
  it('is one of its own', () => {
    const texts = {
      ...bootstrap('clusters/hub'),
      'clusters/hub/spoke.yaml': kustomization('spoke', './spoke', { spec: toSpoke }),
      'spoke/sync.yaml': documents(
        gitRepository('other', 'https://git.example/other/fleet'),
        kustomization('other', './x/y/z', { source: 'other' }),
      ),
    };
    expect(clustersIn(texts)).toEqual(['hub clusters/hub bootstrap', 'spoke spoke remote']);
  });
});
