import { defineRule, isList, isMap, type KustomizationView, type Node, readable, stringAt, toPointer, yaml } from '../../src/rule.ts';

export const literalVariable = defineRule({
  id: 'substitution/literal-variable',
  severity: 'error',
  summary: 'A Kustomization names something with a variable that nothing substitutes',
  why: `\`postBuild\` fills in what the Kustomization builds, never the Kustomization itself: that only the one can do which applies it. Where
    that one has no \`postBuild\`, or the object opts out, the text stays as it is written, \`\${...}\` and all. No object has such a name:
    a health check waits for it until the timeout at every interval, a dependency is never ready.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  remedy: 'Write the value, or give the variable under postBuild of the Kustomization that applies this one.',
  examples: {
    bad: {
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/production/shop.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: shop, namespace: flux-system }
        spec:
          path: ./shop
          sourceRef: { kind: GitRepository, name: flux-system }
          postBuild:
            substitute: { region: eu }
          healthChecks:
            - apiVersion: apps/v1
              kind: Deployment
              name: shop-${'$'}{region} # expect: substitution/literal-variable
              namespace: shop
      `,
      'shop/kustomization.yaml': 'resources: []\n',
    },
    good: {
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/production/shop.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: shop, namespace: flux-system }
        spec:
          path: ./shop
          sourceRef: { kind: GitRepository, name: flux-system }
          postBuild:
            substitute: { region: eu }
          healthChecks:
            - apiVersion: apps/v1
              kind: Deployment
              name: shop-eu
              namespace: shop
      `,
      'shop/kustomization.yaml': 'resources: []\n',
    },
  },

  *kustomization(kustomization) {
    if (!staysLiteral(kustomization)) return;
    const own = readable(() => kustomization.spec.postBuild) === undefined ? '' : ' Its own postBuild is for what it builds.';
    for (const field of fields) {
      for (const { pointer, text } of textsIn(kustomization.node(`/spec/${field}`), ['spec', field])) {
        const [variable] = /\$\{[_a-zA-Z][^}]*\}/.exec(text) ?? [];
        if (variable === undefined) continue;
        yield {
          at: kustomization.origin(pointer),
          message: `${kustomization.id} says ${text} under ${field}, and nothing substitutes ${variable} there: ${kustomization.parent?.id ?? ''} applies it as it is written.${own}`,
          hint: 'Write the value, or give the variable under postBuild of the Kustomization that applies this one.',
        };
      }
    }
  },
});

/** Fields that name what there is; patches, images and values for others may hold variables for a later substitution. */
const fields = ['dependsOn', 'healthChecks', 'kubeConfig', 'serviceAccountName', 'sourceRef', 'targetNamespace'] as const;

/**
 * Whether the one that applies it leaves its variables alone. kustomize-controller (`Reconciler.build`) substitutes in the
 * resources of the build where `spec.postBuild` is set, but for those that opt out; the Kustomization itself it reads from the
 * cluster as it is.
 */
const staysLiteral = ({ parent, root, isWritten }: KustomizationView): boolean =>
  isWritten && parent?.content.type === 'built' && (!parent.content.variables.runs || isOptedOut(root));

const isOptedOut = (root: Node): boolean =>
  ['labels', 'annotations'].some((field) => stringAt(root, 'metadata', field, 'kustomize.toolkit.fluxcd.io/substitute') === 'disabled');

interface Text {
  readonly pointer: string;
  readonly text: string;
}

const textsIn = function* (node: Node | undefined, keys: readonly (string | number)[]): Generator<Text> {
  if (node === undefined) return;
  if (isMap(node)) for (const { key, value } of node.entries) yield* textsIn(value, [...keys, key.text]);
  else if (isList(node)) for (const [index, item] of node.items.entries()) yield* textsIn(item, [...keys, index]);
  else if (node.type === 'scalar') yield { pointer: toPointer(keys), text: node.text };
};
