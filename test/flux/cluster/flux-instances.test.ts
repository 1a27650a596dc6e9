import { describe, expect, it } from 'vitest';
import { stringAt } from '../../../src/yaml/node.ts';
import {
  appliedIn,
  clustersIn,
  configMap,
  documents,
  fluxInstance,
  graphOf,
  kustomization,
  listing,
  object,
  ociRepository,
} from '../story.ts';

const chart = (values: string) =>
  documents(
    ociRepository('flux-instance', 'oci://ghcr.io/controlplaneio-fluxcd/charts/flux-instance'),
    object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'flux-instance',
      `spec:\n  interval: 1h\n  chartRef: { kind: OCIRepository, name: flux-instance }\n${values}`,
    ),
  );

describe('a FluxInstance that syncs a path', () => {
  it('shows a cluster, wherever it is written', () => {
    const texts = { 'bootstrap/oslo/flux.yaml': fluxInstance('clusters/oslo'), 'clusters/oslo/web.yaml': configMap('web') };
    expect(clustersIn(texts)).toEqual(['oslo clusters/oslo flux-instance']);
    expect(appliedIn(texts)).toEqual(['oslo flux-system/flux-system: ConfigMap/web']);
  });

  it('lies in the folder that it syncs', () => {
    const texts = {
      'clusters/oslo/flux-system/flux-instance.yaml': fluxInstance('clusters/oslo'),
      'clusters/oslo/web.yaml': kustomization('web', './apps/web'),
      'apps/web/web.yaml': configMap('web'),
    };
    expect(clustersIn(texts)).toEqual(['oslo clusters/oslo flux-instance']);
    expect(appliedIn(texts)).toEqual([
      'oslo flux-system/flux-system: FluxInstance/flux Kustomization/web',
      'oslo flux-system/web: ConfigMap/web',
    ]);
  });

  it('comes of the flux-instance chart', () => {
    const values =
      '  values:\n    instance:\n      sync: { kind: GitRepository, url: "https://git.example/acme/fleet", path: kubernetes/flux/cluster }\n';
    const texts = {
      'kubernetes/apps/flux-system/flux-instance/app/release.yaml': chart(values),
      'kubernetes/apps/flux-system/flux-instance/ks.yaml': kustomization(
        'flux-instance',
        './kubernetes/apps/flux-system/flux-instance/app',
      ),
      'kubernetes/flux/cluster/ks.yaml': kustomization('cluster-apps', './kubernetes/apps'),
      'kubernetes/apps/web/ks.yaml': kustomization('web', './kubernetes/apps/web/app'),
      'kubernetes/apps/web/app/web.yaml': configMap('web'),
      'kubernetes/apps/kustomization.yaml': listing(['flux-system/flux-instance/ks.yaml', 'web/ks.yaml']),
    };
    expect(clustersIn(texts)).toEqual(['main kubernetes/flux/cluster flux-instance']);
    expect(appliedIn(texts)).toContain('main flux-system/web: ConfigMap/web');
  });

  it('names the clusters by a variable: every directory that fits', () => {
    const texts = {
      'flux/instance.yaml': fluxInstance('clusters/${CLUSTER}'),
      'clusters/oslo/web.yaml': configMap('oslo'),
      'clusters/rome/web.yaml': configMap('rome'),
      'clusters/base/web.yaml': configMap('base'),
    };
    expect(clustersIn(texts)).toEqual(['oslo clusters/oslo flux-instance', 'rome clusters/rome flux-instance']);
  });

  it('syncs an artifact that is pushed from a folder', () => {
    const sync = 'path: clusters/oslo\n';
    const instance = object(
      'fluxcd.controlplane.io/v1',
      'FluxInstance',
      'flux',
      `spec:\n  distribution: { version: 2.x, registry: ghcr.io/fluxcd }\n  sync:\n    kind: OCIRepository\n    url: oci://registry.example/acme/fleet\n    ref: latest\n    ${sync}`,
    );
    const texts = {
      '.github/workflows/push.yaml':
        'jobs:\n  push:\n    steps:\n      - run: |\n          flux push artifact oci://registry.example/acme/fleet:latest \\\n            --path=./deploy --source="$URL" --revision="$REV"\n',
      'deploy/clusters/oslo/flux.yaml': instance,
      'deploy/clusters/oslo/web.yaml': kustomization('web', './apps/web', { kind: 'OCIRepository' }),
      'deploy/apps/web/web.yaml': configMap('web'),
    };
    expect(clustersIn(texts)).toEqual(['oslo deploy/clusters/oslo flux-instance']);
    expect(appliedIn(texts)).toContain('oslo flux-system/web: ConfigMap/web');
  });

  it('shows none in an example', () => {
    expect(clustersIn({ 'docs/examples/flux.yaml': fluxInstance('clusters/oslo'), 'web.yaml': configMap('web') })).toEqual([]);
  });

  it('shows none where it syncs nothing', () => {
    const bare = object(
      'fluxcd.controlplane.io/v1',
      'FluxInstance',
      'flux',
      'spec:\n  distribution: { version: 2.x, registry: ghcr.io/fluxcd }\n',
    );
    expect(clustersIn({ 'flux/flux.yaml': bare })).toEqual([]);
  });

  it('shows none here where the path it syncs is in another repository', () => {
    const elsewhere = fluxInstance('clusters/oslo').replace('acme/fleet', 'acme/other-fleet');
    const texts = { 'flux/flux.yaml': elsewhere, 'web.yaml': configMap('web') };
    expect(clustersIn(texts)).toEqual([]);
  });

  it('shows one where only the end of its path is not here: that is a mistake', () => {
    const texts = { 'flux/flux.yaml': fluxInstance('clusters/olso'), 'clusters/oslo/web.yaml': configMap('web') };
    expect(appliedIn(texts)).toEqual(['olso flux-system/flux-system: missing-path']);
  });
});

describe('what the operator makes of an instance', () => {
  const tenants = (more = '') =>
    object(
      'fluxcd.controlplane.io/v1',
      'FluxInstance',
      'flux',
      `spec:\n  distribution: { version: 2.x, registry: ghcr.io/fluxcd }\n  cluster: { multitenant: true }\n  sync: { kind: GitRepository, url: "https://git.example/acme/fleet", ref: refs/heads/main, path: clusters/oslo }\n${more}`,
    );
  const rootOf = (text: string) => {
    const [cluster] = graphOf({ 'clusters/oslo/flux.yaml': text }).evaluation.clusters;
    return cluster?.kustomizations[0]?.document;
  };

  it('acts as kustomize-controller where tenants are kept apart', () => {
    expect(stringAt(rootOf(tenants()), 'spec', 'serviceAccountName')).toBe('kustomize-controller');
    expect(stringAt(rootOf(fluxInstance('clusters/oslo')), 'spec', 'serviceAccountName')).toBeUndefined();
  });

  it('is patched after that', () => {
    const patches =
      '  kustomize:\n    patches:\n      - target: { kind: Kustomization }\n        patch: |\n          - op: replace\n            path: /spec/serviceAccountName\n            value: platform\n';
    expect(stringAt(rootOf(tenants(patches)), 'spec', 'serviceAccountName')).toBe('platform');
  });

  it('takes the values of a release over those of a ConfigMap, and an overlay its own', () => {
    const base = chart(
      '  valuesFrom: [{ kind: ConfigMap, name: flux-values }]\n  values: { instance: { cluster: { multitenant: true } } }\n',
    );
    const values = (city: string) =>
      `instance:\n  sync: { kind: GitRepository, url: "https://git.example/acme/fleet", path: clusters/${city} }\n`;
    const overlay =
      'configMapGenerator:\n  - { name: flux-values, namespace: flux-system, files: [values.yaml], options: { disableNameSuffixHash: true } }\n';
    const texts = {
      'flux/base/release.yaml': base,
      'flux/base/kustomization.yaml': listing(['release.yaml']),
      'flux/oslo/kustomization.yaml': listing(['../base'], overlay),
      'flux/oslo/values.yaml': values('oslo'),
      'flux/rome/kustomization.yaml': listing(['../base'], overlay),
      'flux/rome/values.yaml': values('rome'),
      'clusters/oslo/web.yaml': configMap('web'),
      'clusters/rome/web.yaml': configMap('web'),
    };
    expect(clustersIn(texts)).toEqual(['oslo clusters/oslo flux-instance', 'rome clusters/rome flux-instance']);
    const accounts = graphOf(texts).evaluation.clusters.map(({ kustomizations: [root] }) =>
      stringAt(root?.document, 'spec', 'serviceAccountName'),
    );
    expect(accounts).toEqual(['kustomize-controller', 'kustomize-controller']);
  });
});
