/** Layouts as they are met: every cluster is found, and none is invented. */
import { expect, it } from 'vitest';
import type { Texts } from '../../fixture.ts';
import {
  appliedIn,
  bootstrap,
  clustersIn,
  configMap,
  documents,
  fluxInstance,
  gitRepository,
  kustomization,
  listing,
  object,
} from '../story.ts';

const release = (name: string) =>
  object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', name, 'spec:\n  interval: 1h\n  chart: { spec: { chart: web } }\n');

const pointing = (name: string) =>
  `patches:\n  - target: { kind: FluxInstance }\n    patch: |\n      - { op: replace, path: /spec/sync/path, value: clusters/${name} }\n`;

const layouts: readonly (readonly [what: string, texts: Texts, clusters: readonly string[]])[] = [
  [
    'Flux in a namespace of another name',
    {
      'clusters/oslo/gitops/gotk-components.yaml': '# components\n',
      'clusters/oslo/gitops/gotk-sync.yaml': documents(
        gitRepository('gitops'),
        kustomization('gitops', './clusters/oslo', { source: 'gitops' }),
      ),
      'clusters/oslo/gitops/kustomization.yaml': listing(['gotk-components.yaml', 'gotk-sync.yaml']),
    },
    ['oslo clusters/oslo bootstrap'],
  ],
  [
    'the files of flux bootstrap at the top, for a directory below',
    {
      'flux-system/gotk-sync.yaml': documents(gitRepository('flux-system'), kustomization('flux-system', './clusters/oslo')),
      'clusters/oslo/apps.yaml': kustomization('apps', './apps'),
      'apps/web.yaml': configMap('web'),
    },
    ['oslo clusters/oslo bootstrap'],
  ],
  [
    'a folder copied for a new cluster with the sync of the old one',
    {
      ...bootstrap('clusters/oslo'),
      'clusters/rome/flux-system/gotk-sync.yaml': documents(gitRepository('flux-system'), kustomization('flux-system', './clusters/oslo')),
      'clusters/rome/web.yaml': configMap('web'),
    },
    ['oslo clusters/oslo bootstrap', 'rome clusters/rome bootstrap'],
  ],
  [
    'components of Flux that clusters share',
    {
      ...bootstrap('clusters/oslo'),
      ...bootstrap('clusters/rome'),
      'infrastructure/flux-system/gotk-components.yaml': '# one version for all\n',
      'infrastructure/flux-system/kustomization.yaml': listing(['gotk-components.yaml']),
      'clusters/oslo/flux-system/kustomization.yaml': listing(['../../../infrastructure/flux-system', 'gotk-sync.yaml']),
      'clusters/rome/flux-system/kustomization.yaml': listing(['../../../infrastructure/flux-system', 'gotk-sync.yaml']),
    },
    ['oslo clusters/oslo bootstrap', 'rome clusters/rome bootstrap'],
  ],
  [
    'initial content of several repositories in folders of one',
    {
      'repos/fleet/clusters/hub/flux-system/gotk-sync.yaml': documents(
        gitRepository('flux-system'),
        kustomization('flux-system', './clusters/hub'),
      ),
      'repos/fleet/clusters/hub/tools.yaml': kustomization('tools', './tools'),
      'repos/fleet/tools/dns.yaml': configMap('dns'),
      'repos/apps/web/kustomization.yaml': listing(['web.yaml']),
      'repos/apps/web/web.yaml': configMap('web'),
    },
    ['hub repos/fleet/clusters/hub bootstrap'],
  ],
  [
    'an instance for each cluster, and one that tries new versions',
    {
      'clusters/prod-eu/flux-system/flux-instance.yaml': fluxInstance('clusters/prod-eu'),
      'clusters/staging/flux-system/flux-instance.yaml': fluxInstance('clusters/staging'),
      'clusters/update/flux-system/flux-instance.yaml': fluxInstance('clusters/update'),
      'clusters/prod-eu/tenants.yaml': kustomization('tenants', './tenants'),
      'tenants/apps.yaml': configMap('apps'),
    },
    ['prod-eu clusters/prod-eu flux-instance', 'staging clusters/staging flux-instance', 'update clusters/update flux-instance'],
  ],
  [
    'components of applications, which a fleet elsewhere takes from artifacts',
    {
      'components/web/base/kustomization.yaml': listing(['release.yaml']),
      'components/web/base/release.yaml': release('web'),
      'components/web/production/kustomization.yaml': listing(['../base']),
      'components/web/staging/kustomization.yaml': listing(['../base']),
      '.github/workflows/push.yaml':
        '      - run: flux push artifact oci://registry.example/acme/web:latest --path=./components/web --source=x\n',
    },
    [],
  ],
  [
    'kustomizations of one cluster that Azure applies side by side',
    {
      'setup.sh':
        'az k8s-configuration flux create --name fleet \\\n  --kustomization name=infra path=./sites/oslo/infra prune=true \\\n  --kustomization name=apps path=./sites/oslo/apps prune=true dependsOn=["infra"]\n',
      'sites/oslo/infra/dns.yaml': release('dns'),
      'sites/oslo/apps/web.yaml': release('web'),
    },
    ['oslo sites/oslo declared'],
  ],
  [
    'clusters that Terraform names one by one',
    {
      'main.tf':
        'resource "flux_bootstrap_git" "a" {\n  path = "clusters/oslo"\n}\nresource "flux_bootstrap_git" "b" {\n  path = "clusters/rome"\n}\n',
      'clusters/oslo/apps.yaml': kustomization('apps', './apps'),
      'clusters/rome/apps.yaml': kustomization('apps', './apps'),
      'apps/web.yaml': configMap('web'),
    },
    ['oslo clusters/oslo terraform', 'rome clusters/rome terraform'],
  ],
  [
    'a shared root whose path names stage and cluster',
    {
      'clusters/live/oslo/kustomization.yaml': listing(['../../../system']),
      'clusters/test/bern/kustomization.yaml': listing(['../../../system']),
      'system/kustomization.yaml': listing(['root.yaml']),
      'system/root.yaml': documents(
        gitRepository('fleet'),
        kustomization('root', './clusters/${STAGE}/${NAME}', {
          source: 'fleet',
          spec: 'postBuild:\n  substituteFrom: [{ kind: ConfigMap, name: cluster-identity }]\n',
        }),
      ),
    },
    ['bern clusters/test/bern self-applied', 'oslo clusters/live/oslo self-applied'],
  ],
  [
    'a tenant that takes in its whole repository, in a fleet whose own source is not in git',
    {
      'clusters/oslo/tenants.yaml': kustomization('tenants', './tenants/oslo', { source: 'fleet' }),
      'tenants/oslo/kustomization.yaml': listing(['../base/shop']),
      'tenants/base/shop/kustomization.yaml': listing(['sync.yaml']),
      'tenants/base/shop/sync.yaml': documents(
        gitRepository('shop', 'https://git.example/acme/shop'),
        kustomization('shop', './', { source: 'shop' }),
      ),
    },
    ['oslo clusters/oslo layout'],
  ],
  [
    'Go templates and shell templates of clusters to come',
    {
      ...bootstrap('clusters/oslo'),
      'bootstrap/cluster.yaml.tmpl': kustomization('{{ .name }}', './clusters/{{ .name }}'),
      'skel/cluster/kustomization.yaml': 'resources:\n  - {{ .Name }}.yaml\n',
      'skel/cluster/root.yaml': documents(gitRepository('fleet'), kustomization('root', './skel/${CLUSTER}', { source: 'fleet' })),
      'templates/cluster/gotk-sync.yaml': documents(gitRepository('flux-system'), kustomization('flux-system', './templates/cluster')),
    },
    ['oslo clusters/oslo bootstrap'],
  ],
  [
    'a chart whose templates hold a root',
    {
      ...bootstrap('clusters/oslo'),
      'charts/tenant/Chart.yaml': 'apiVersion: v2\nname: tenant\nversion: 1.0.0\n',
      'charts/tenant/templates/root.yaml': documents(
        gitRepository('fleet'),
        kustomization('root', './charts/tenant/templates', { source: 'fleet' }),
      ),
    },
    ['oslo clusters/oslo bootstrap'],
  ],
  [
    'a cluster that is made for tests of the repository itself',
    {
      ...bootstrap('clusters/oslo'),
      '.github/e2e/cluster/flux-system/gotk-sync.yaml': '# of the tests\n',
    },
    ['oslo clusters/oslo bootstrap'],
  ],
  [
    'a staging cluster called test',
    { ...bootstrap('clusters/test'), ...bootstrap('clusters/demo'), ...bootstrap('clusters/prod') },
    ['demo clusters/demo bootstrap', 'prod clusters/prod bootstrap', 'test clusters/test bootstrap'],
  ],
  [
    'clusters whose folder is called after what it is for',
    { ...bootstrap('clusters/apps'), ...bootstrap('clusters/vendor-eu'), ...bootstrap('clusters/infra') },
    ['apps clusters/apps bootstrap', 'infra clusters/infra bootstrap', 'vendor-eu clusters/vendor-eu bootstrap'],
  ],
  [
    'one instance that overlays point at their clusters by JSON patches',
    {
      'flux/base/kustomization.yaml': listing(['instance.yaml']),
      'flux/base/instance.yaml': fluxInstance('clusters/REPLACED'),
      'flux/oslo/kustomization.yaml': listing(['../base'], pointing('oslo')),
      'flux/rome/kustomization.yaml': listing(['../base'], pointing('rome')),
      'clusters/oslo/apps.yaml': kustomization('apps', './apps'),
      'clusters/rome/apps.yaml': kustomization('apps', './apps'),
      'apps/web.yaml': configMap('web'),
    },
    ['oslo clusters/oslo flux-instance', 'rome clusters/rome flux-instance'],
  ],
  [
    'one instance that the cluster itself merges its path into',
    {
      'flux/base/kustomization.yaml': listing(['instance.yaml']),
      'flux/base/instance.yaml': fluxInstance('clusters/base'),
      'clusters/base/web.yaml': configMap('web'),
      'clusters/oslo/flux/kustomization.yaml': listing(['../../../flux/base'], 'patches: [{ path: sync.yaml }]\n'),
      'clusters/oslo/flux/sync.yaml': object(
        'fluxcd.controlplane.io/v1',
        'FluxInstance',
        'flux',
        'spec:\n  sync: { path: clusters/oslo }\n',
      ),
      'clusters/oslo/apps.yaml': kustomization('apps', './apps'),
      'apps/web.yaml': configMap('web'),
    },
    ['oslo clusters/oslo flux-instance'],
  ],
  [
    'a hub of clusters that it creates, without roots of their own here',
    {
      ...bootstrap('clusters/hub'),
      'clusters/hub/edge.yaml': kustomization('edge', './clusters/edge', {
        spec: 'kubeConfig: { secretRef: { name: edge-kubeconfig } }\n',
      }),
      'clusters/edge/apps.yaml': kustomization('apps', './apps'),
      'apps/web.yaml': configMap('web'),
    },
    ['edge clusters/edge remote', 'hub clusters/hub bootstrap'],
  ],
  [
    'clusters that list what is written under apps',
    {
      'clusters/oslo/kustomization.yaml': listing(['../../apps/web.yaml']),
      'clusters/rome/kustomization.yaml': listing(['../../apps/web.yaml']),
      'apps/web.yaml': kustomization('web', './web'),
      'web/web.yaml': configMap('web'),
    },
    ['oslo clusters/oslo layout', 'rome clusters/rome layout'],
  ],
  [
    'a sibling that brings the same base and has no files of flux bootstrap',
    {
      ...bootstrap('clusters/oslo'),
      'clusters/oslo/kustomization.yaml': listing(['flux-system', '../../base']),
      'clusters/rome/kustomization.yaml': listing(['../../base']),
      'base/kustomization.yaml': listing(['apps.yaml']),
      'base/apps.yaml': kustomization('apps', './apps'),
      'apps/web.yaml': configMap('web'),
    },
    ['oslo clusters/oslo bootstrap', 'rome clusters/rome layout'],
  ],
  [
    'an application in a folder called flux-system that renders its own Kustomization',
    {
      ...bootstrap('clusters/oslo'),
      'apps/alerts/flux-system/ks.yaml': kustomization('alerts', './apps/alerts'),
      'apps/alerts/config.yaml': configMap('alerts'),
    },
    ['oslo clusters/oslo bootstrap'],
  ],
  [
    'clusters whose folder flux applies their folder apps',
    {
      'clusters/oslo/flux/apps.yaml': kustomization('apps', './clusters/oslo/apps'),
      'clusters/oslo/apps/web.yaml': configMap('web'),
      'clusters/rome/flux/apps.yaml': kustomization('apps', './clusters/rome/apps'),
      'clusters/rome/apps/web.yaml': configMap('web'),
    },
    ['oslo clusters/oslo/flux layout', 'rome clusters/rome/flux layout'],
  ],
  [
    'two clusters at home, each with a root of its own',
    {
      'kubernetes/main/flux/config/cluster.yaml': documents(
        gitRepository('home'),
        kustomization('cluster', './kubernetes/main/flux', { source: 'home' }),
      ),
      'kubernetes/main/flux/apps.yaml': kustomization('apps', './kubernetes/main/apps', { source: 'home' }),
      'kubernetes/main/apps/web.yaml': configMap('web'),
      'kubernetes/edge/flux/config/cluster.yaml': documents(
        gitRepository('home'),
        kustomization('cluster', './kubernetes/edge/flux', { source: 'home' }),
      ),
      'kubernetes/edge/flux/apps.yaml': kustomization('apps', './kubernetes/edge/apps', { source: 'home' }),
      'kubernetes/edge/apps/web.yaml': configMap('web'),
    },
    ['edge kubernetes/edge/flux self-applied', 'main kubernetes/main/flux self-applied'],
  ],
  [
    'an artifact for each cluster, whose root is the cluster',
    {
      'clusters/oslo/flux-instance.yaml': fluxInstance('./')
        .replace('GitRepository', 'OCIRepository')
        .replace('https://git.example', 'oci://registry.example')
        .replace('refs/heads/main', 'latest'),
      'clusters/oslo/apps.yaml': kustomization('apps', './apps', { kind: 'OCIRepository' }),
      'clusters/oslo/apps/web.yaml': configMap('web'),
      Makefile: 'push:\n\tflux push artifact oci://registry.example/acme/fleet:latest --path=./clusters/oslo --source=x --revision=y\n',
    },
    ['oslo clusters/oslo flux-instance'],
  ],
];

it.each(layouts)('%s', (_, texts, clusters) => {
  expect(clustersIn(texts)).toEqual(clusters);
});

it('a root above what it names takes only that', () => {
  const texts = {
    'flux-system/gotk-sync.yaml': documents(gitRepository('flux-system'), kustomization('flux-system', './clusters/oslo')),
    'clusters/oslo/web.yaml': configMap('web'),
    'elsewhere/mail.yaml': configMap('mail'),
  };
  expect(appliedIn(texts)).toEqual(['oslo flux-system/flux-system: ConfigMap/web']);
});
