import { expect, it } from 'vitest';
import type { GraphData, GraphEdge, NodeType } from '../../src/graph/export.ts';
import { focused, ofTypes } from '../../src/graph/focus.ts';

const node = (id: string, type: NodeType, label = id) => ({ id, type, label });
const edge = (from: string, to: string): GraphEdge => ({ from, to, type: 'builds' });

const data: GraphData = {
  nodes: [
    node('cluster/a', 'cluster', 'a'),
    node('kustomization/a/flux-system/apps', 'kustomization', 'flux-system/apps'),
    node('kustomization/a/flux-system/infra', 'kustomization', 'flux-system/infra'),
    { ...node('overlay/apps', 'overlay', 'apps'), path: 'apps' },
    { ...node('overlay/infra', 'overlay', 'infra'), path: 'infra' },
    { ...node('file/apps/web.yaml', 'file', 'apps/web.yaml'), path: 'apps/web.yaml' },
  ],
  edges: [
    edge('cluster/a', 'kustomization/a/flux-system/apps'),
    edge('cluster/a', 'kustomization/a/flux-system/infra'),
    edge('kustomization/a/flux-system/apps', 'overlay/apps'),
    edge('kustomization/a/flux-system/infra', 'overlay/infra'),
    edge('overlay/apps', 'file/apps/web.yaml'),
  ],
  assumed: [],
};

const near = (name: string, depth: number) => focused(data, { name, depth }).nodes.map(({ label }) => label);

it('goes as far as it is told, whichever way edges point', () => {
  expect(near('apps', 0)).toEqual(['flux-system/apps', 'apps']);
  expect(near('overlay/apps', 0)).toEqual(['apps']);
  expect(near('./apps/', 0)).toEqual(['apps']);
  expect(near('overlay/apps', 1)).toEqual(['flux-system/apps', 'apps', 'apps/web.yaml']);
});

it('does not pass a cluster, through which everything is near', () => {
  expect(near('overlay/apps', 9)).toEqual(['a', 'flux-system/apps', 'apps', 'apps/web.yaml']);
  expect(near('a', 1)).toEqual(['a', 'flux-system/apps', 'flux-system/infra']);
});

it('takes a folder that nothing builds for what lies in it', () => {
  const below: GraphData = {
    ...data,
    nodes: data.nodes.map((each) => (each.path === 'infra' ? { ...each, path: 'infra/base/dns' } : each)),
  };
  expect(focused(below, { name: './infra/base/', depth: 0 }).nodes.map(({ label }) => label)).toEqual(['infra']);
  expect(() => focused(below, { name: 'infra/bas', depth: 0 })).toThrow('nothing in the graph is called infra/bas');
});

it('keeps only edges between what is kept', () => {
  expect(ofTypes(data, ['cluster', 'kustomization']).edges).toHaveLength(2);
});

it('says where nothing is called so', () => {
  expect(() => near('nothing', 1)).toThrow('nothing in the graph is called nothing');
});
