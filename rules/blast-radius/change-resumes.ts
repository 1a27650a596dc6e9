import { changesByPlace, defineRule, isTrue, type ObjectChange } from '../../src/rule.ts';

export const changeResumes = defineRule({
  id: 'blast-radius/change-resumes',
  severity: 'warning',
  summary: 'The change resumes what was suspended',
  why: `While a Kustomization is suspended, its directory goes on changing. The one line that resumes it applies all of that at once,
    deletions too, and the pull request shows none of it.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend',
  hint: 'See what has piled up with flux diff kustomization before merging.',
  examples: {
    bad: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  suspend: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/shop/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'after/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  suspend: false # expect: blast-radius/change-resumes\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/shop/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
    },
    good: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  suspend: false\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/shop/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'after/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  suspend: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/shop/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
    },
  },

  *change(impact) {
    for (const { changes, clusters } of changesByPlace(impact, ({ change }) => resumes(change))) {
      const [{ change }] = changes;
      if (!change.head) continue;
      yield {
        at: change.head.origin('/spec/suspend'),
        message: `${change.kind} ${change.namespace ?? ''}/${change.name} is resumed: Flux applies everything that has changed since it was suspended.`,
        clusters,
      };
    }
  },
});

const resumes = ({ apiVersion, base, head }: ObjectChange): boolean => {
  const isOn = (view: ObjectChange['base']) => isTrue(view?.node('/spec/suspend'));
  return apiVersion.includes('.toolkit.fluxcd.io/') && head !== undefined && isOn(base) && !isOn(head);
};
