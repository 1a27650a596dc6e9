import { child, defineRule, stringAt, yaml } from '../../src/rule.ts';

export const templateEatenBySubstitution = defineRule({
  id: 'generated/template-eaten-by-substitution',
  severity: 'error',
  summary: 'Flux replaces the interpolations of a KCL program before it runs',
  why: `KCL writes interpolations as \`\${name}\`, and so does Flux its variables. A Kustomization that substitutes replaces them in the
    program that it delivers: what it has no value for is empty, and every claim gets an object with a piece of its name missing.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  hint: 'Opt the Composition out with the annotation kustomize.toolkit.fluxcd.io/substitute: disabled, or write $${name}.',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
        postBuild:
          substitute: { REGION: eu }
      ---
      apiVersion: apiextensions.crossplane.io/v1
      kind: Composition
      metadata:
        name: tenant
      spec:
        compositeTypeRef: { apiVersion: acme.example/v1, kind: XTenant }
        mode: Pipeline
        pipeline:
          - step: compose
            functionRef: { name: function-kcl }
            input:
              apiVersion: krm.kcl.dev/v1alpha1
              kind: KCLInput
              spec:
                source: | # expect: generated/template-eaten-by-substitution
                  name = option("params").oxr.spec.team
                  items = [{ apiVersion: "v1", kind: "Namespace", metadata.name: "team-\${name}" }]
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
        postBuild:
          substitute: { REGION: eu }
      ---
      apiVersion: apiextensions.crossplane.io/v1
      kind: Composition
      metadata:
        name: tenant
        annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled }
      spec:
        compositeTypeRef: { apiVersion: acme.example/v1, kind: XTenant }
        mode: Pipeline
        pipeline:
          - step: compose
            functionRef: { name: function-kcl }
            input:
              apiVersion: krm.kcl.dev/v1alpha1
              kind: KCLInput
              spec:
                source: |
                  name = option("params").oxr.spec.team
                  items = [{ apiVersion: "v1", kind: "Namespace", metadata.name: "team-\${name}" }]
    `,
  },

  *kustomization(kustomization, { graph }) {
    for (const { object, texts } of graph.substitution.objectsOf(kustomization)) {
      if (object.kind !== 'Composition') continue;
      for (const { keys, node, uses } of texts) {
        const input = child(object.root, ...keys.slice(0, 4));
        const [first] = uses;
        if (!first || !(stringAt(input, 'apiVersion') ?? '').startsWith('krm.kcl.dev/')) continue;
        yield {
          at: node,
          message: `Flux replaces \${${first.name}} in this KCL program before it runs, in ${kustomization.id}: KCL never sees its interpolations.`,
        };
      }
    }
  },
});
