import { defineRule, yaml } from '../../src/rule.ts';

/** Found by the substitution; nothing here looks for it. */
export const undefinedVariable = defineRule({
  id: 'substitution/undefined-variable',
  severity: 'error',
  summary: 'A variable has neither a value nor a default',
  why: `Since Flux 2.9 substitution is strict: one variable without a value, and the whole Kustomization fails with
    \`variable not set (strict mode): "name"\`. Before, Flux put an empty text in its place and applied what came out: a host
    name without its domain, an image without its tag. It is reported only where everything that could give a value is known.`,
  hint: 'Give it a value in postBuild.substitute or in what substituteFrom names, or a default: ${name:=value}.',
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  examples: {
    bad: {
      'flux-system/gotk-components.yaml': '# Flux Version: v2.9.0\n',
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
              currency: EUR
      `,
      'shop/config.yaml': yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: shop, namespace: default }
        data:
          host: shop.${'$'}{domain} # expect: substitution/undefined-variable
          currency: ${'$'}{currency}
      `,
    },
    good: {
      'flux-system/gotk-components.yaml': '# Flux Version: v2.9.0\n',
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
              currency: EUR
              domain: example.com
      `,
      'shop/config.yaml': yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: shop, namespace: default }
        data:
          host: shop.${'$'}{domain}
          currency: ${'$'}{currency}
      `,
    },
  },
});
