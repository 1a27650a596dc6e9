import { defineRule, yaml } from '../../src/rule.ts';

/** Found by the substitution; nothing here looks for it. */
export const invalidName = defineRule({
  id: 'substitution/invalid-name',
  severity: 'error',
  summary: 'Flux cannot read a variable, or refuses its name',
  why: `Every key of every ConfigMap and Secret under \`substituteFrom\` must be a name of letters, digits and underscores: a
    single \`app.yaml\` among them, used or not, and the whole Kustomization fails with \`'app.yaml' var name is invalid\`. So it
    does for a \`\${...}\` that Flux cannot read, in a script or a dashboard: \`missing closing brace\`,
    \`unable to parse variable name\`, \`bad substitution\`.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  remedy: 'Write a name of letters, digits and underscores, or escape the dollar sign as $$.',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec:
        path: ./clusters/example
        sourceRef: { kind: GitRepository, name: flux-system }
        postBuild:
          substitute:
            cluster-name: production # expect: substitution/invalid-name
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec:
        path: ./clusters/example
        sourceRef: { kind: GitRepository, name: flux-system }
        postBuild:
          substitute:
            cluster_name: production
    `,
  },
});
