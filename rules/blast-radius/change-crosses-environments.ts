import { changesByFile, defineRule } from '../../src/rule.ts';

export const changeCrossesEnvironments = defineRule({
  id: 'blast-radius/change-crosses-environments',
  severity: 'warning',
  strict: 'error',
  summary: 'One edit alters production and an earlier environment together',
  why: `Environments are steps: what is wrong shall show in staging before production has it. An edit of what both build from arrives
    in both within minutes of the merge, and staging proves nothing. Outages that were "tested in dev" began so.`,
  reference: 'https://fluxcd.io/flux/guides/repository-structure/',
  hint: 'Make the change in an overlay of the earlier environment first, and move it to what is shared once it has proven itself.',
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
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: green # expect: blast-radius/change-crosses-environments\n',
    },
    good: {
      'before/clusters/staging/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/staging/kustomization.yaml': 'resources:\n  - ../../base\npatches:\n  - path: patch.yaml\n',
      'before/clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/production/kustomization.yaml': 'resources:\n  - ../../base\n',
      'before/base/kustomization.yaml': 'resources:\n  - settings.yaml\n',
      'before/base/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'before/clusters/staging/patch.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: blue\n',
      'after/clusters/staging/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/staging/kustomization.yaml': 'resources:\n  - ../../base\npatches:\n  - path: patch.yaml\n',
      'after/clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/production/kustomization.yaml': 'resources:\n  - ../../base\n',
      'after/base/kustomization.yaml': 'resources:\n  - settings.yaml\n',
      'after/base/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'after/clusters/staging/patch.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: green\n',
    },
  },

  *change(impact) {
    for (const { at, file, changes, clusters } of changesByFile(impact, ({ cluster }) => cluster.environment !== undefined)) {
      const names = (isProtected: boolean) => [
        ...new Set(changes.flatMap(({ cluster }) => (cluster.isProtected === isProtected ? (cluster.environment?.environment ?? []) : []))),
      ];
      const guarded = names(true);
      const earlier = names(false);
      if (guarded.length === 0 || earlier.length === 0) continue;
      yield {
        at,
        message: `This change of ${file} alters ${guarded.join(', ')} together with ${earlier.join(', ')}: there is no step between them at which a mistake would show.`,
        clusters,
      };
    }
  },
});
