import { describe, expect, it } from 'vitest';
import { appliedIn, bootstrap, clustersIn, configMap, documents, gitRepository, kustomization, listing, object } from '../story.ts';

describe('flux bootstrap', () => {
  it('leaves files that show a cluster, whatever is in them', () => {
    expect(
      clustersIn({
        'clusters/prod/flux-system/gotk-components.yaml': '# written by flux bootstrap\n',
        'clusters/prod/web.yaml': configMap('web'),
      }),
    ).toEqual(['prod clusters/prod bootstrap']);
  });

  it('names another path than where its files lie: that is the root', () => {
    const sync = documents(gitRepository('flux-system'), kustomization('flux-system', './clusters/oslo'));
    expect(
      clustersIn({
        'clusters/oslo/flux/flux-system/gotk-sync.yaml': sync,
        'clusters/oslo/web.yaml': configMap('web'),
      }),
    ).toEqual(['oslo clusters/oslo bootstrap']);
  });

  it('names a path that is not there: the folder it lies in is the root', () => {
    const sync = documents(gitRepository('flux-system'), kustomization('flux-system', './environments/oslo'));
    expect(clustersIn({ 'clusters/oslo/flux-system/gotk-sync.yaml': sync, 'clusters/oslo/web.yaml': configMap('web') })).toEqual([
      'oslo clusters/oslo bootstrap',
    ]);
  });

  it('runs at the top of the repository, too', () => {
    const sync = documents(gitRepository('flux-system'), kustomization('flux-system', './'));
    expect(clustersIn({ 'flux-system/gotk-sync.yaml': sync, 'web.yaml': configMap('web') })).toEqual(['main . bootstrap']);
  });

  it('is no cluster in a folder that clusters share', () => {
    expect(
      clustersIn({
        ...bootstrap('clusters/prod'),
        'clusters/base/flux-system/gotk-components.yaml': '# shared\n',
        '_templates/cluster/flux-system/gotk-sync.yaml': '# copied for new clusters\n',
        'archive/clusters/old/flux-system/gotk-sync.yaml': '# retired\n',
      }),
    ).toEqual(['prod clusters/prod bootstrap']);
  });

  it('is several clusters where each has its own', () => {
    expect(clustersIn({ ...bootstrap('clusters/oslo'), ...bootstrap('clusters/rome'), ...bootstrap('infra/hub') })).toEqual([
      'hub infra/hub bootstrap',
      'oslo clusters/oslo bootstrap',
      'rome clusters/rome bootstrap',
    ]);
  });
});

describe('configuration', () => {
  it('is all there is: nothing is invented beside it', () => {
    const texts = {
      '.flux-lint.yaml': 'clusters:\n  - { name: edge, path: sites/edge }\n',
      ...bootstrap('clusters/prod'),
      'sites/edge/web.yaml': kustomization('web', './apps/web'),
      'sites/core/web.yaml': kustomization('web', './apps/web'),
      'apps/web/web.yaml': configMap('web'),
    };
    expect(clustersIn(texts)).toEqual(['edge sites/edge config']);
  });

  it('takes the sync of a root that is found there', () => {
    const texts = {
      '.flux-lint.yaml': 'clusters:\n  - { name: oslo, path: sites/oslo }\n',
      'sites/oslo/root.yaml': documents(gitRepository('fleet'), kustomization('everything', './sites/oslo', { source: 'fleet' })),
    };
    expect(appliedIn(texts)).toEqual(['oslo flux-system/everything: GitRepository/fleet Kustomization/everything']);
  });
});

describe('layouts as people have them', () => {
  it('clusters that overlay a shared base, in the folder that is pushed as an artifact', () => {
    const overlay = (name: string) =>
      listing(
        ['../base'],
        `patches:\n  - target: { kind: Kustomization }\n    patch: |\n      - { op: replace, path: /spec/path, value: ./apps/${name} }\n`,
      );
    const texts = {
      'k8s/clusters/base/kustomization.yaml': listing(['apps.yaml']),
      'k8s/clusters/base/apps.yaml': kustomization('apps', './apps/REPLACED', { kind: 'OCIRepository' }),
      'k8s/clusters/oslo/kustomization.yaml': overlay('oslo'),
      'k8s/clusters/rome/kustomization.yaml': overlay('rome'),
      'k8s/apps/oslo/web.yaml': configMap('oslo'),
      'k8s/apps/rome/web.yaml': configMap('rome'),
    };
    expect(clustersIn(texts)).toEqual(['oslo k8s/clusters/oslo layout', 'rome k8s/clusters/rome layout']);
    expect(appliedIn(texts)).toEqual([
      'oslo flux-system/flux-system: Kustomization/apps',
      'oslo flux-system/apps: ConfigMap/oslo',
      'rome flux-system/flux-system: Kustomization/apps',
      'rome flux-system/apps: ConfigMap/rome',
    ]);
  });

  it('one cluster at home, with bootstrap objects beside the flux folder', () => {
    expect(
      clustersIn({
        'kubernetes/bootstrap/flux/kustomization.yaml': listing(['github-deploy-key.yaml']),
        'kubernetes/bootstrap/flux/github-deploy-key.yaml': object('v1', 'Secret', 'github-deploy-key', 'stringData: { a: b }\n'),
        'kubernetes/flux/config/kustomization.yaml': listing(['./cluster.yaml', './flux.yaml']),
        'kubernetes/flux/config/cluster.yaml': documents(
          gitRepository('home-kubernetes'),
          kustomization('cluster', './kubernetes/flux', { source: 'home-kubernetes' }),
        ),
        'kubernetes/flux/config/flux.yaml': kustomization('flux', './manifests/install', {
          source: 'flux-manifests',
          kind: 'OCIRepository',
        }),
        'kubernetes/flux/apps.yaml': kustomization('cluster-apps', './kubernetes/apps', { source: 'home-kubernetes' }),
        'kubernetes/apps/media/kustomization.yaml': listing(['./web/ks.yaml']),
        'kubernetes/apps/media/web/ks.yaml': kustomization('web', './kubernetes/apps/media/web/app', { source: 'home-kubernetes' }),
        'kubernetes/apps/media/web/app/web.yaml': configMap('web'),
      }),
    ).toEqual(['main kubernetes/flux self-applied']);
  });

  it('staging and production over shared apps and infrastructure', () => {
    const cluster = (name: string) => ({
      ...bootstrap(`clusters/${name}`),
      [`clusters/${name}/apps.yaml`]: kustomization('apps', `./apps/${name}`, { spec: 'dependsOn: [{ name: infra }]\n' }),
      [`clusters/${name}/infra.yaml`]: kustomization('infra', './infrastructure'),
      [`apps/${name}/kustomization.yaml`]: listing(['../base']),
    });
    expect(
      clustersIn({
        ...cluster('staging'),
        ...cluster('production'),
        'apps/base/kustomization.yaml': listing(['web.yaml']),
        'apps/base/web.yaml': configMap('web'),
        'infrastructure/dns.yaml': configMap('dns'),
      }),
    ).toEqual(['production clusters/production bootstrap', 'staging clusters/staging bootstrap']);
  });

  it('a cluster a branch: the one that is checked out', () => {
    expect(
      clustersIn({
        'flux-system/gotk-sync.yaml': documents(
          gitRepository('flux-system', undefined, 'ref: { branch: oslo }\n'),
          kustomization('flux-system', './'),
        ),
        'web.yaml': configMap('web'),
      }),
    ).toEqual(['main . bootstrap']);
  });

  it('tenants of a platform are no clusters', () => {
    expect(
      clustersIn({
        ...bootstrap('clusters/prod'),
        'clusters/prod/tenants.yaml': kustomization('tenants', './tenants/prod'),
        'tenants/base/shop/kustomization.yaml': listing(['sync.yaml']),
        'tenants/base/shop/sync.yaml': documents(
          gitRepository('shop', 'https://git.example/acme/shop'),
          kustomization('shop', './prod', { source: 'shop' }),
        ),
        'tenants/prod/kustomization.yaml': listing(['../base/shop']),
        'tenants/dev/kustomization.yaml': listing(['../base/shop']),
      }),
    ).toEqual(['prod clusters/prod bootstrap']);
  });

  it('the repository of a tenant has none', () => {
    expect(
      clustersIn({
        'deploy/prod/kustomization.yaml': listing(['../base']),
        'deploy/staging/kustomization.yaml': listing(['../base']),
        'deploy/base/kustomization.yaml': listing(['web.yaml']),
        'deploy/base/web.yaml': configMap('web'),
      }),
    ).toEqual([]);
  });
});
