import { describe, expect, it } from 'vitest';
import type { GraphData, GraphNode } from '../../../src/graph/export.ts';
import { graphDot } from '../../../src/report/graph/dot.ts';
import { graphMermaid } from '../../../src/report/graph/mermaid.ts';

/** A cluster for each name, each with so many Kustomizations, each with a directory of its own below one folder. */
const fleet = (clusters: readonly string[], count: number): GraphData => {
  const nodes: GraphNode[] = [];
  const edges: GraphData['edges'][number][] = [];
  for (const name of clusters) {
    nodes.push({
      id: `cluster/${name}`,
      type: 'cluster',
      label: name,
      environment: name.startsWith('prod') ? 'production' : 'development',
    });
    for (let index = 0; index < count; index++) {
      const id = `kustomization/${name}/flux-system/app-${index}`;
      nodes.push({ id, type: 'kustomization', label: `flux-system/app-${index}` });
      edges.push({ from: `cluster/${name}`, to: id, type: 'applies' }, { from: id, to: `overlay/apps/app-${index}/base`, type: 'builds' });
    }
  }
  for (let index = 0; index < count; index++) {
    const path = `apps/app-${index}/base`;
    nodes.push({ id: `overlay/${path}`, type: 'overlay', label: path, path });
  }
  return { nodes, edges, assumed: [] };
};

describe('a diagram of a few clusters', () => {
  const data = fleet(['dev', 'prod'], 1);

  it('has a box of the colour of its environment for each, in mermaid', () => {
    expect(graphMermaid(data)).toBe(`flowchart LR
  subgraph c0["dev (development)"]
    n0{{"dev"}}
    n1["flux-system/app-0"]
  end
  style c0 fill:#d7f5dd,color:#1b1f24
  subgraph c1["prod (production)"]
    n2{{"prod"}}
    n3["flux-system/app-0"]
  end
  style c1 fill:#ffd7d5,color:#1b1f24
  n4["apps/app-0/base"]
  n0 -- applies --> n1
  n1 -- builds --> n4
  n2 -- applies --> n3
  n3 -- builds --> n4
`);
  });

  it('and for graphviz', () => {
    expect(graphDot(data)).toContain(`  subgraph cluster_1 {
    label="prod (production)";
    style=filled;
    fillcolor="#ffd7d5";
    "cluster/prod" [label="prod", shape=doubleoctagon];
    "kustomization/prod/flux-system/app-0" [label="flux-system/app-0"];
  }`);
  });

  it('tells clusters apart whose names begin alike', () => {
    const alike = graphMermaid(fleet(['prod', 'prod/eu'], 1));
    expect(alike).toMatch(/subgraph c1\["prod\/eu \(production\)"\]\n {4}n2.*\n {4}n3/);
  });
});

describe('a diagram that mermaid would not draw', () => {
  const edgesIn = (text: string) => text.match(/-->/g)?.length ?? 0;

  it.each([
    [5, 60],
    [40, 50],
    [300, 5],
  ])('of %d clusters with %d Kustomizations is collapsed until it would, and says so', (clusters, count) => {
    const names = Array.from({ length: clusters }, (_, index) => (index % 2 ? `prod-${index}` : `dev-${index}`));
    const data = fleet(names, count);
    const text = graphMermaid(data);
    expect(text).toContain(`Collapsed by folder: ${data.edges.length} edges`);
    expect(edgesIn(text)).toBeGreaterThan(0);
    expect(edgesIn(text)).toBeLessThanOrEqual(500);
    expect(text.length).toBeLessThanOrEqual(50_000);
    expect(text).toMatch(/apps\/…/);
  });

  it('is left whole where it fits', () => {
    expect(graphMermaid(fleet(['dev'], 50))).not.toContain('Collapsed');
  });
});
