import { expect, it } from 'vitest';
import { lintTexts } from '../fixture.ts';

const kustomization = (index: number) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: app-${index}, namespace: flux-system }
spec: { path: ./apps, dependsOn: [{ name: app-${index + 1} }] }
`;

it('is looked for along chains of dependencies that are longer than the stack is deep', () => {
  const texts = {
    'clusters/prod/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
    'clusters/prod/apps.yaml': Array.from({ length: 3000 }, (_, index) => kustomization(index)).join('---\n'),
  };
  const { findings, summary } = lintTexts(texts, { only: ['references/bootstrap-deadlock'] });
  expect(findings).toEqual([]);
  expect(summary.kustomizations).toBeGreaterThan(3000);
});
