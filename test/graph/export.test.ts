import { expect, it } from 'vitest';
import { evaluateWorkspace } from '../../src/analyze.ts';
import { exportGraph } from '../../src/graph/export.ts';
import { workspaceOf } from '../fixture.ts';
import { bootstrap, configMap, graphOf, kustomization } from '../flux/story.ts';

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

it('says why each cluster is one, and what it took for this repository', () => {
  const data = exportGraph(
    graphOf({
      ...bootstrap('clusters/hub'),
      'clusters/hub/apps.yaml': kustomization('apps', './apps/web', { source: 'apps', kind: 'OCIRepository' }),
      'clusters/hub/more.yaml': kustomization('more', './apps/web', { source: 'apps', kind: 'OCIRepository' }),
      'clusters/hub/spoke.yaml': kustomization('spoke', './apps/web', { spec: 'kubeConfig: { secretRef: { name: spoke } }\n' }),
      'apps/web/web.yaml': configMap('web'),
    }),
    () => true,
  );
  expect(data.nodes.filter(({ type }) => type === 'cluster').map(({ label, evidence }) => [label, evidence])).toEqual([
    ['hub', { type: 'bootstrap', file: 'clusters/hub/flux-system/gotk-sync.yaml' }],
    ['spoke', { type: 'remote', file: 'clusters/hub/spoke.yaml' }],
  ]);
  expect(data.assumed).toEqual(['OCIRepository flux-system/apps is not in git, and taken for this repository: apps/web is here']);
});

it('leads from a ResourceSet to what it makes, and says what of that is not seen', () => {
  const set = (name: string, path: string) => `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: ${name}, namespace: flux-system }
spec:
  inputs: [{ team: checkout }]
  resources:
    - { apiVersion: v1, kind: Namespace, metadata: { name: << inputs.${path} >> } }
`;
  const files = { ...texts, 'clusters/prod/teams.yaml': set('teams', 'team'), 'clusters/prod/broken.yaml': set('broken', 'stage') };
  const { nodes, edges } = exportGraph(evaluateWorkspace(workspaceOf(files)).graph, () => true);
  expect(edges).toContainEqual({
    from: 'object/prod/ResourceSet/flux-system/teams',
    to: 'object/prod/Namespace/checkout',
    type: 'applies',
  });
  expect(nodes.filter(({ unseen }) => unseen !== undefined)).toMatchObject([
    { id: 'object/prod/ResourceSet/flux-system/broken', unseen: expect.stringContaining('no entry for key "stage"') },
  ]);
});
