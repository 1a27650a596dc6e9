import { defineRule } from '../../src/rule.ts';

const deployment =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  template:\n    spec:\n      containers:\n        - name: shop\n          image: shop:1\n';

const patched = (patch: readonly string[]) =>
  ['resources:', '  - ../base', 'patches:', '  - target:', '      kind: Deployment', '    patch: |', ...patch, ''].join('\n');

/** Found by the kustomize evaluator; nothing here looks for it. */
export const positionalPatch = defineRule({
  id: 'build/positional-patch',
  severity: 'info',
  summary: 'A JSON patch names an item of a list by its position in another directory',
  why: `\`/containers/0\` is whatever stands first in the base on the day of the build. Somebody who edits the base and puts a sidecar
    before it does not see this patch: kustomize applies it to the sidecar, and the limit or the image that was meant for the
    application is on something else.`,
  hint: 'Write it as a strategic merge, which finds containers and the like by name, or put a test operation for the name before it.',
  reference: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',
  unless: 'Not where nobody but the owner of the patch edits the base.',
  examples: {
    bad: {
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/kustomization.yaml': patched([
        '      - op: replace',
        '        path: /spec/template/spec/containers/0/image # expect: build/positional-patch',
        '        value: shop:2',
      ]),
      'clusters/base/kustomization.yaml': 'resources:\n  - deployment.yaml\n',
      'clusters/base/deployment.yaml': deployment,
    },
    good: {
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/kustomization.yaml': patched([
        '      - op: test',
        '        path: /spec/template/spec/containers/0/name',
        '        value: shop',
        '      - op: replace',
        '        path: /spec/template/spec/containers/0/image',
        '        value: shop:2',
      ]),
      'clusters/base/kustomization.yaml': 'resources:\n  - deployment.yaml\n',
      'clusters/base/deployment.yaml': deployment,
    },
  },
});
