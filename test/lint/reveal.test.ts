import { expect, it } from 'vitest';
import { lintTexts } from '../fixture.ts';

it('hides what is secret in a document, also beside what a rule masks in it', () => {
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: shop, namespace: shop }
spec:
  interval: 10m
  chart: { spec: { chart: shop, sourceRef: { kind: HelmRepository, name: shop } } }
  values:
    password: hunter2-hunter3
    extraObjects:
      - apiVersion: v1
        kind: Secret
        metadata: { name: pin }
        stringData: { pin: x7k }
`;
  const texts = {
    'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
    'clusters/production/shop.yaml': release,
  };
  const { findings, sources } = lintTexts(texts, { only: ['security/inline-credential'] });
  expect(findings.map(({ ruleId }) => ruleId)).toContain('security/inline-credential');
  const shown = sources.get('clusters/production/shop.yaml');
  expect(shown).toContain('password: ***************\n');
  expect(shown).toContain('pin: ***');
});
