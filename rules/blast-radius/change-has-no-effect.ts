import { defineRule, objectChanges } from '../../src/rule.ts';

export const changeHasNoEffect = defineRule({
  id: 'blast-radius/change-has-no-effect',
  severity: 'info',
  summary: 'Nothing that a cluster applies changes because of the edit',
  why: `A manifest that no build reads, or that only a suspended Kustomization renders, changes nothing, whatever its diff says. Whoever
    merged it waits for an effect that never comes, or that comes all at once when somebody resumes.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend',
  unless: 'Not in repositories where most changes are documentation.',
  hint: 'List the file in the kustomization.yaml that shall apply it, or resume the Kustomization.',
  examples: {
    bad: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/shop/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'before/old/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'after/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/shop/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'after/old/settings.yaml':
        'apiVersion: v1 # expect: blast-radius/change-has-no-effect\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: green\n',
    },
    good: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/shop/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'after/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/shop/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: green\n',
    },
  },

  *change(impact) {
    const kustomizations = impact.clusters.flatMap((cluster) => cluster.kustomizations);
    const filesOf = (isHeld: boolean) =>
      new Set(
        kustomizations.filter((each) => each.isHeld === isHeld).flatMap((each) => objectChanges(each).flatMap(({ causedBy }) => causedBy)),
      );
    const effective = filesOf(false);
    const held = filesOf(true);
    for (const { path, status, reaches } of impact.changedFiles) {
      const at = { span: { path, start: 0, end: 0 }, via: [] };
      if (status === 'deleted') continue;
      if (held.has(path) && !effective.has(path)) {
        yield { at, message: 'Only suspended Kustomizations render what this file changes: nothing of it happens until they are resumed.' };
      } else if (!reaches && isManifest(path) && impact.readersOf(path).length === 0) {
        yield { at, message: 'No build of any cluster reads this file: its change has no effect.' };
      }
    }
  },
});

/** Files of other tools lie in hidden places, or are values and charts. */
const isManifest = (path: string): boolean =>
  /\.ya?ml$/.test(path) && !path.split('/').some((part) => part.startsWith('.')) && !/(^|\/)(charts?|templates)\//.test(path);
