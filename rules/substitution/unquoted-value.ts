import { child, defineRule, memo, quotedVariable, type SubstitutedText, yaml } from '../../src/rule.ts';

const ofTemplate = /^\/spec\/template\/spec\/(initC|c)ontainers\/\d+\/(env\/\d+\/value|args\/\d+|command\/\d+)$/;

/** Fields that the API takes as strings only, by kind. */
const strings: ReadonlyMap<string, RegExp> = new Map([
  ['ConfigMap', /^\/data\//],
  ['Secret', /^\/stringData\//],
  ['Kustomization', /^\/spec\/postBuild\/substitute\//],
  ['Deployment', ofTemplate],
  ['StatefulSet', ofTemplate],
  ['DaemonSet', ofTemplate],
  ['ReplicaSet', ofTemplate],
  ['Job', ofTemplate],
  ['CronJob', /^\/spec\/jobTemplate\/spec\/template\/spec\/(initC|c)ontainers\/\d+\/(env\/\d+\/value|args\/\d+|command\/\d+)$/],
  ['Pod', /^\/spec\/(initC|c)ontainers\/\d+\/(env\/\d+\/value|args\/\d+|command\/\d+)$/],
]);

/** Those in fields that take strings only. An object's texts are the same ones in many clusters. */
const stringsAt = memo((fields: RegExp) =>
  memo((texts: readonly SubstitutedText[]) => texts.filter(({ pointer }) => fields.test(pointer))),
);

export const unquotedValue = defineRule({
  id: 'substitution/unquoted-value',
  severity: 'warning',
  fixable: 'safe',
  summary: 'A variable becomes a number or boolean where the API takes only strings',
  why: `Flux substitutes in the rendered text, where the quotes of the manifest are gone: \`"\${port}"\` becomes \`8080\`, a
    number, and \`yes\` and \`off\` become booleans. In the data of a ConfigMap or the environment of a container the API refuses
    that, and the Kustomization fails with \`expected string, got …\`.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-substitution-of-numbers-and-booleans',
  remedy: 'Put the variable in quotes.',
  examples: {
    bad: {
      'kustomization.yaml': 'resources:\n  - shop.yaml\n',
      'shop.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: shop, namespace: flux-system }
        spec:
          path: ./clusters/example/shop
          sourceRef: { kind: GitRepository, name: flux-system }
          postBuild:
            substitute:
              port: "8080"
      `,
      'shop/config.yaml': yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: shop, namespace: default }
        data:
          port: "${'$'}{port}" # expect: substitution/unquoted-value
      `,
    },
    good: {
      'kustomization.yaml': 'resources:\n  - shop.yaml\n',
      'shop.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: shop, namespace: flux-system }
        spec:
          path: ./clusters/example/shop
          sourceRef: { kind: GitRepository, name: flux-system }
          postBuild:
            substitute:
              port: '"8080"'
      `,
      'shop/config.yaml': yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: shop, namespace: default }
        data:
          port: "${'$'}{port}"
      `,
    },
  },

  *kustomization(kustomization, { graph }) {
    for (const { object, texts } of graph.substitution.objectsOf(kustomization)) {
      const fields = strings.get(object.kind);
      for (const text of fields ? stringsAt(fields)(texts) : []) {
        const { pointer, keys, node } = text;
        const after = child(object.root, ...keys);
        if (after?.type !== 'scalar' || (typeof after.value !== 'number' && typeof after.value !== 'boolean')) continue;
        // Where the field's own schema refuses it, that is said.
        if (graph.schemas.errors(object).some((error) => error.pointer === pointer)) continue;
        yield {
          at: object.origin(pointer),
          message: `${node.text} becomes ${after.text}, a ${typeof after.value}, where ${object.kind} ${object.name} needs a string. Flux fails with "expected string".`,
          hint: 'Quotes around it are gone before Flux substitutes: give the variable quotes of its own, or a text around it.',
          fix: quotedVariable(text),
        };
      }
    }
  },
});
