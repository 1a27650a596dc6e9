import { defineRule, type Graph, type Pull, type Use } from '../../src/rule.ts';

export const sharedBase = defineRule({
  id: 'blast-radius/shared-base',
  severity: 'info',
  summary: 'Production and another environment build from the same files at the same revision',
  why: `Whoever edits the base edits every environment at once: there is no step between them at which a mistake could be
    seen. That is often what a base is for; it is worth knowing before the edit, and some teams forbid it. Pinning
    production to a tag puts a step in between.`,
  reference: 'https://fluxcd.io/flux/guides/repository-structure/',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      minClusters: { type: 'integer', minimum: 2, default: 2, description: 'Report bases that at least so many clusters build from.' },
    },
  },
  examples: {
    bad: {
      'clusters/staging/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/staging/kustomization.yaml': 'resources:\n  - ../../base\n',
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/production/kustomization.yaml': 'resources:\n  - ../../base # expect: blast-radius/shared-base\n',
      'base/kustomization.yaml': 'resources:\n  - app.yaml\n',
      'base/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n  namespace: default\n',
    },
    good: {
      'clusters/staging/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/staging/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n  namespace: default\n',
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/production/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n  namespace: default\n',
    },
  },

  *graph(graph, { options }) {
    for (const [place, all] of graph.reach.uses) {
      // A root that nobody wrote down has no line to point at.
      const written = all.filter(({ pull }) => isWritten(pull));
      const first = written.find(({ environment }) => environment !== undefined && graph.environments.isProtected(environment));
      // An environment's own overlay that another one builds is no base: that is a crossing.
      if (!first || graph.environments.ofPath(place)) continue;
      // Pinned to a tag, it is another base until somebody moves the tag.
      const uses = written.filter(({ revision }) => isSameRevision(revision, first.revision));
      const clusters = new Set(uses.map(({ kustomization }) => kustomization.target));
      const environments = graph.environments.inPromotionOrder(uses.flatMap(({ environment }) => environment ?? []));
      if (environments.length < 2 || clusters.size < options.minClusters) continue;
      // What lies below a shared base is shared with it: the topmost one is the finding.
      if (isWithinShared(first.pull, graph, environments)) continue;
      yield {
        at: first.pull.at,
        message: `${place} is built by ${listed(environments)} from the same files at the same revision: an edit there changes ${clusters.size} clusters at once, with no step between them.`,
        related: [...waysThrough(first.pull, uses, graph), ...otherPlaces(first.pull, uses)],
        clusters: [...clusters],
      };
    }
  },
});

const isSameRevision = (a: string, b: string): boolean => a === b || a === '' || b === '';

const isWithinShared = (pull: Pull, graph: Graph, environments: readonly string[]): boolean => {
  for (let here = pull.parent; here; here = here.parent) {
    const users = graph.reach.environmentsOf(here.to);
    if (environments.every((environment) => users.has(environment))) return true;
  }
  return false;
};

const listed = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

const maxWays = 20;

/** How each cluster gets to the line; beyond some twenty, more of them tell nothing new. */
const waysThrough = (pull: Pull, uses: readonly Use[], graph: Graph) => {
  const clusters = new Set<string>();
  return uses.flatMap((use) => {
    if (lineOf(use.pull) !== lineOf(pull) || clusters.has(use.kustomization.target) || clusters.size === maxWays) return [];
    clusters.add(use.kustomization.target);
    return graph.reach.wayTo(use.kustomization, use.pull);
  });
};

/** The other lines that take it in, each once. */
const otherPlaces = (pull: Pull, uses: readonly Use[]) => {
  const seen = new Set([lineOf(pull)]);
  return uses.flatMap((use) => {
    const key = lineOf(use.pull);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ at: use.pull.at, message: `${use.environment ?? use.kustomization.target} builds it here` }];
  });
};

const isWritten = ({ at }: Pull): boolean => at.span.end > at.span.start;

const lineOf = ({ at }: Pull): string => `${at.span.path}:${at.span.start}`;
