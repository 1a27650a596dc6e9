import { changesByFile, defineRule, type Graph, type Impact } from '../../src/rule.ts';

export const changeReachesProduction = defineRule({
  id: 'blast-radius/change-reaches-production',
  severity: 'warning',
  summary: 'The change alters production through a file that others use too',
  why: `Whoever edits a file that staging and production both build from may think of staging alone. The diff does not say which
    clusters follow; this does. A file that only production uses was edited for production, and is not worth a word.`,
  reference: 'https://fluxcd.io/flux/guides/repository-structure/',
  hint: 'Look at the objects with flux-lint impact before merging, or make the change in an overlay first.',
  examples: {
    bad: {
      'before/clusters/staging/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/staging/kustomization.yaml': 'resources:\n  - ../../base\n',
      'before/clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/production/kustomization.yaml': 'resources:\n  - ../../base\n',
      'before/base/kustomization.yaml': 'resources:\n  - settings.yaml\n',
      'before/base/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'after/clusters/staging/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/staging/kustomization.yaml': 'resources:\n  - ../../base\n',
      'after/clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/production/kustomization.yaml': 'resources:\n  - ../../base\n',
      'after/base/kustomization.yaml': 'resources:\n  - settings.yaml\n',
      'after/base/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: green # expect: blast-radius/change-reaches-production\n',
    },
    good: {
      'before/clusters/staging/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/staging/kustomization.yaml': 'resources:\n  - ../../base\n',
      'before/clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/production/kustomization.yaml': 'resources:\n  - ../../base\n',
      'before/base/kustomization.yaml': 'resources:\n  - settings.yaml\n',
      'before/base/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'after/clusters/staging/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/staging/kustomization.yaml': 'resources:\n  - ../../base\n',
      'after/clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/production/kustomization.yaml': 'namePrefix: eu-\nresources:\n  - ../../base\n',
      'after/base/kustomization.yaml': 'resources:\n  - settings.yaml\n',
      'after/base/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
    },
  },

  *change(impact) {
    for (const { at, file, changes, clusters } of changesByFile(impact, ({ cluster }) => cluster.isProtected)) {
      if (isProductionsOwn(file, impact)) continue;
      const [{ cluster }] = changes;
      const objects = new Set(changes.map(({ change }) => `${change.kind} ${change.namespace ?? ''}/${change.name}`));
      yield {
        at,
        message: `This change of ${file} alters ${objects.size === 1 ? 'one object' : `${objects.size} objects`} in ${cluster.environment?.environment ?? 'production'}.`,
        related: waysTo(file, cluster.name, impact.head),
        clusters,
      };
    }
  },
});

/** Every cluster whose builds read it is production; what no build reads, such as .sourceignore, is nobody's own. */
const isProductionsOwn = (file: string, { head, base, readersOf }: Impact): boolean => {
  const readers = readersOf(file);
  const isProtected = (name: string) => {
    const environment = (head.clusters.get(name) ?? base.clusters.get(name))?.environment?.environment;
    return environment !== undefined && head.environments.isProtected(environment);
  };
  return readers.length > 0 && readers.every(({ target }) => isProtected(target));
};

/** The entries by which the file gets there, from the cluster down. */
const waysTo = (file: string, cluster: string, graph: Graph) =>
  (graph.reach.ways(file).find(({ kustomization }) => kustomization.target === cluster)?.steps ?? []).map(({ step, reads }) => ({
    at: { span: step.at, via: [] },
    message: `${cluster} builds ${reads.directory}`,
    flow: cluster,
  }));
