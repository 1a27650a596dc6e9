import { expect, it } from 'vitest';
import { lintTexts } from '../../fixture.ts';

const release = (name: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: shop }
spec: { interval: 1h, chartRef: { kind: OCIRepository, name: ${name} } }
`;

const kustomization = (name: string, path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { interval: 1h, prune: true, path: ${path}, sourceRef: { kind: GitRepository, name: flux-system } }
`;

const hintsOf = (texts: Readonly<Record<string, string>>) =>
  lintTexts(
    { 'clusters/prod/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n', ...texts },
    { only: ['reliability/missing-remediation'] },
  ).findings.map(({ hint }) => hint?.replace(/^.*(?=One patch)/, ''));

it('names one patch for what one Kustomization builds', () => {
  const texts = {
    'clusters/prod/shop.yaml': kustomization('shop', './shop'),
    'shop/web.yaml': release('web'),
    'shop/api.yaml': release('api'),
  };
  expect(hintsOf(texts)).toEqual(['One patch under spec.patches of flux-system/shop reaches them all.']);
});

it('names a patch of patches for what several Kustomizations build: one of their parent changes nothing that they build', () => {
  const texts = {
    'clusters/prod/apps.yaml': kustomization('apps', './apps'),
    'apps/web.yaml': kustomization('web', './web'),
    'apps/api.yaml': kustomization('api', './api'),
    'web/release.yaml': release('web'),
    'api/release.yaml': release('api'),
  };
  expect(hintsOf(texts)).toEqual([
    'One patch under spec.patches of flux-system/apps reaches them all if it adds the patch to spec.patches of the Kustomizations there.',
  ]);
});
