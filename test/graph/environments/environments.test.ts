import { describe, expect, it } from 'vitest';
import { evaluateWorkspace } from '../../../src/analyze.ts';
import { workspaceOf } from '../../fixture.ts';

const graphOf = (config: string, ...clusters: readonly string[]) => {
  const roots = clusters.map((name) => [`${name}/flux-system/gotk-sync.yaml`, '# written by flux bootstrap\n'] as const);
  return evaluateWorkspace(workspaceOf({ ...Object.fromEntries(roots), '.flux-lint.yaml': config })).graph;
};

describe('the environment of a cluster', () => {
  it.each([
    ['{}', 'clusters/prod-eu', 'production', 'of "prod" in the cluster\'s name'],
    ['{}', 'live/eu-1', 'production', "the cluster's directory is live/eu-1"],
    ['environments: { green: { match: ["eu-*"] } }', 'clusters/eu-1', 'green', "the cluster's name matches eu-*"],
    ['environments: { prod: { match: [] } }', 'clusters/live-1', 'prod', 'of "live" in the cluster\'s name'],
  ])('%s, %s: %s, because %s', (config, directory, environment, because) => {
    const [cluster] = graphOf(config, directory).clusters.all;
    expect(cluster?.environment).toEqual({ environment, because });
  });

  it.each(['clusters/livekit', 'clusters/product', 'clusters/prod-to-staging-mirror'])('%s is none', (directory) => {
    expect(graphOf('{}', directory).clusters.all[0]?.environment).toBeUndefined();
  });
});

describe('the environment of a path', () => {
  const { environments } = graphOf('{}', 'clusters/prod-eu', 'clusters/dev');
  it.each([
    ['apps/overlays/dev', 'development'],
    ['apps/billing/values-prod.yaml', 'production'],
    ['apps/dev.patch.yaml', 'development'],
    ['clusters/prod-eu/apps', 'production'],
    ['apps/dev-team', undefined],
    ['apps/overlays/prod/dev-patch.yaml', undefined],
    ['apps/base', undefined],
  ])('%s: %s', (path, environment) => {
    expect(environments.ofPath(path)?.environment).toBe(environment);
  });
});

describe('protection and promotion', () => {
  it('protects production by whatever usual name it goes, else what is declared', () => {
    expect(graphOf('{}', 'clusters/prod').environments.isProtected('production')).toBe(true);
    expect(graphOf('environments: { prod: { match: ["x-*"] } }', 'clusters/x-1').environments.isProtected('prod')).toBe(true);
    const declared = graphOf('environments: { green: { match: ["x-*"], protected: true } }', 'clusters/x-1').environments;
    expect([declared.isProtected('green'), declared.isProtected('production')]).toEqual([true, false]);
  });

  it('orders environments as changes move, the configured order first', () => {
    const all = ['production', 'development', 'staging'];
    expect(graphOf('{}', 'clusters/prod').environments.inPromotionOrder(all)).toEqual(['development', 'staging', 'production']);
    const config = 'promotion: [staging, development, production]';
    expect(graphOf(config, 'clusters/prod').environments.inPromotionOrder(all)).toEqual(['staging', 'development', 'production']);
  });
});
