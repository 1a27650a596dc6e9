import { expect, it } from 'vitest';
import { evaluateWorkspace } from '../../src/analyze.ts';
import { exportGraph } from '../../src/graph/export.ts';
import { workspaceOf } from '../fixture.ts';

const texts = {
  'clusters/prod/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
  'clusters/prod/shop.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: shop, namespace: flux-system }
spec: { interval: 1h, url: "https://git.example/acme/shop" }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system, labels: { toolkit.fluxcd.io/tenant: shop } }
spec: { interval: 1h, path: ./deploy, prune: true, sourceRef: { kind: GitRepository, name: shop } }
`,
};

it('says of a Kustomization that another one applies whose it is, and whether its content is at hand', () => {
  const { nodes } = exportGraph(evaluateWorkspace(workspaceOf(texts)).graph, () => true);
  expect(nodes.find(({ id }) => id === 'kustomization/prod/flux-system/shop')).toMatchObject({ tenant: 'shop', mapped: false });
});
