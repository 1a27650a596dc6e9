import { expect, it } from 'vitest';
import { evaluateWorkspace } from '../../../src/analyze.ts';
import { workspaceOf } from '../../fixture.ts';

const sync = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./clusters/prod, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;

const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\ndata: { color: red }\n';

const settings = () => {
  const { graph } = evaluateWorkspace(
    workspaceOf({ 'clusters/prod/flux-system/gotk-sync.yaml': sync, 'clusters/prod/settings.yaml': config }),
  );
  return { graph, view: graph.clusters.all[0]?.objects.find(({ name }) => name === 'settings') };
};

it('gives functions that work apart from their view', () => {
  const { view } = settings();
  if (!view) throw new Error('no view');
  const { node, state, origin, keyOrigin, label } = view;
  expect(node('/data/color')).toMatchObject({ value: 'red' });
  expect([state('/data/color'), state('/data/size')]).toEqual(['present', 'absent']);
  const [value, key] = [origin('/data/color'), keyOrigin('/data/color')].map(({ span: { start, end } }) => config.slice(start, end));
  expect([key, value]).toEqual(['color', 'red']);
  expect(label).toBe('ConfigMap/shop/settings');
});

it('holds what is its own: the rest is shared by all views, which are many', () => {
  const { graph, view } = settings();
  expect(graph.clusters.all[0]?.kustomizations[0]?.objects).toContain(view);
  expect(Object.values(view ?? {}).filter((value) => typeof value === 'function')).toEqual([]);
});
