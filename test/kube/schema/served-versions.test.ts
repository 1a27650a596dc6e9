import { describe, expect, it } from 'vitest';
import { describedKinds } from '../../../src/kube/schema/described-kinds.ts';
import { isServed, newestServed, servedKind, servedVersion } from '../../../src/kube/schema/served-versions.ts';

const describedVersions = describedKinds.filter(({ describes }) => describes === 'spec');

describe('served versions', () => {
  it.each(describedVersions.map((kind) => [kind.kind, kind] as const))('of %s are the described ones', (_, { group, kind, versions }) => {
    expect(servedKind(group, kind)?.versions.map(({ version }) => version)).toEqual(Object.keys(versions));
  });

  it.each(describedVersions.map((kind) => [kind.kind, kind] as const))(
    'of %s lose only fields that the newest version lacks',
    (_, kind) => {
      const served = servedKind(kind.group, kind.kind);
      const newest = Object.values(kind.versions)[0];
      for (const { path } of served?.lost ?? []) {
        const has = (schema: typeof newest) =>
          path.slice(1).reduce<typeof newest>((at, key) => (key === '*' ? at?.items : at?.properties?.[key]), schema);
        expect(has(newest), path.join('.')).toBeUndefined();
        expect(
          Object.values(kind.versions).some((version) => has(version) !== undefined),
          path.join('.'),
        ).toBe(true);
      }
    },
  );

  it.each([
    ['kustomize.toolkit.fluxcd.io/v1beta2', 'Kustomization', '2.7', true],
    ['kustomize.toolkit.fluxcd.io/v1beta2', 'Kustomization', '2.8', false],
    ['helm.toolkit.fluxcd.io/v2beta2', 'HelmRelease', '2.1', false],
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', '2.3', true],
    ['image.toolkit.fluxcd.io/v1beta2', 'ImagePolicy', '2.8', true],
    ['image.toolkit.fluxcd.io/v1beta2', 'ImagePolicy', '2.9', false],
    ['source.toolkit.fluxcd.io/v1', 'OCIRepository', '2.10', true],
  ] as const)('%s %s in Flux %s: %s', (apiVersion, kind, flux, served) => {
    const version = servedVersion(apiVersion, kind);
    expect(version && isServed(version, flux)).toBe(served);
  });

  it('know the newest version of a minor', () => {
    const helmRelease = servedKind('helm.toolkit.fluxcd.io', 'HelmRelease');
    const newest = (flux?: '2.0' | '2.2') => helmRelease && newestServed(helmRelease, flux)?.version;
    expect([newest('2.0'), newest('2.2'), newest()]).toEqual(['v2beta1', 'v2beta2', 'v2']);
    expect(servedVersion('notification.toolkit.fluxcd.io/v1', 'Alert')).toBeUndefined();
  });
});
