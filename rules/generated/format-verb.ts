import { type CompositionPatch, child, defineRule, fieldPathText, type Node, schemaAt, stringAt, yaml } from '../../src/rule.ts';

export const formatVerb = defineRule({
  id: 'generated/format-verb',
  severity: 'error',
  summary: 'A format prints garbage for the type of its field',
  why: `function-patch-and-transform gets the numbers of a composite resource as floating-point numbers: \`%d\` prints
    \`%!d(float64=3)\`, and \`%s\` of anything but a text prints the like, which then stands in a name or an address.`,
  reference: 'https://docs.crossplane.io/latest/composition/compositions/',
  hint: 'Write %v, which prints every type; large numbers need convert to string first.',
  kinds: ['Composition'],
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: apiextensions.crossplane.io/v2
      kind: CompositeResourceDefinition
      metadata: { name: xtenants.acme.example }
      spec:
        group: acme.example
        names: { kind: XTenant, plural: xtenants }
        scope: Cluster
        versions:
          - name: v1
            served: true
            referenceable: true
            schema:
              openAPIV3Schema:
                properties:
                  spec:
                    required: [size]
                    properties:
                      size: { type: integer }
      ---
      apiVersion: apiextensions.crossplane.io/v1
      kind: Composition
      metadata: { name: tenant }
      spec:
        compositeTypeRef: { apiVersion: acme.example/v1, kind: XTenant }
        mode: Pipeline
        pipeline:
          - step: compose
            functionRef: { name: function-patch-and-transform }
            input:
              apiVersion: pt.fn.crossplane.io/v1beta1
              kind: Resources
              resources:
                - name: apps
                  base:
                    apiVersion: kustomize.toolkit.fluxcd.io/v1
                    kind: Kustomization
                    metadata: { namespace: flux-system }
                    spec:
                      interval: 10m
                      prune: true
                      path: ./
                      sourceRef: { kind: GitRepository, name: apps }
                      serviceAccountName: flux
                  patches:
                    - fromFieldPath: spec.size
                      toFieldPath: metadata.name
                      transforms:
                        - type: string
                          string: { type: Format, fmt: "pool-%d" } # expect: generated/format-verb
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: apiextensions.crossplane.io/v2
      kind: CompositeResourceDefinition
      metadata: { name: xtenants.acme.example }
      spec:
        group: acme.example
        names: { kind: XTenant, plural: xtenants }
        scope: Cluster
        versions:
          - name: v1
            served: true
            referenceable: true
            schema:
              openAPIV3Schema:
                properties:
                  spec:
                    required: [size]
                    properties:
                      size: { type: integer }
      ---
      apiVersion: apiextensions.crossplane.io/v1
      kind: Composition
      metadata: { name: tenant }
      spec:
        compositeTypeRef: { apiVersion: acme.example/v1, kind: XTenant }
        mode: Pipeline
        pipeline:
          - step: compose
            functionRef: { name: function-patch-and-transform }
            input:
              apiVersion: pt.fn.crossplane.io/v1beta1
              kind: Resources
              resources:
                - name: apps
                  base:
                    apiVersion: kustomize.toolkit.fluxcd.io/v1
                    kind: Kustomization
                    metadata: { namespace: flux-system }
                    spec:
                      interval: 10m
                      prune: true
                      path: ./
                      sourceRef: { kind: GitRepository, name: apps }
                      serviceAccountName: flux
                  patches:
                    - fromFieldPath: spec.size
                      toFieldPath: metadata.name
                      transforms:
                        - type: string
                          string: { type: Format, fmt: "pool-%v" }
    `,
  },

  *object(object, { graph }) {
    const composition = graph.generators.composition(object);
    for (const patch of composition?.patches ?? []) {
      const field = schemaAt(composition?.schema, patch.path);
      const type = typeof field === 'string' ? undefined : stringAt(field.schema, 'type');
      const format = formatOf(patch);
      if (type === undefined || format === undefined) continue;
      const verb = verbsOf(format.text)[format.index];
      if (verb === undefined || !isGarbage(verb, type, patch.isNative)) continue;
      yield {
        at: format.at,
        message: `%${verb} prints garbage for ${fieldPathText(patch.path)}, which is ${type === 'array' ? 'an array' : `of type ${type}`}.`,
      };
    }
  },
});

interface Format {
  readonly text: string;
  readonly at: Node;
  /** Which of its verbs the field goes to. */
  readonly index: number;
}

/** The format that the field itself meets: of what combines it, or of the first transform. */
const formatOf = ({ node, format, transforms }: CompositionPatch): Format | undefined => {
  if (format) return { ...format, at: child(node, 'combine', 'string', 'fmt') ?? node };
  const [first] = transforms;
  const fmt = child(first, 'string', 'fmt');
  const text = stringAt(fmt);
  if (!fmt || text === undefined || stringAt(first, 'type') !== 'string' || (stringAt(first, 'string', 'type') ?? 'Format') !== 'Format')
    return undefined;
  return { text, at: fmt, index: 0 };
};

/** The letters of the verbs in order; none where an index says which argument one prints. */
const verbsOf = (text: string): readonly string[] =>
  text.includes('%[') ? [] : [...text.replaceAll('%%', '').matchAll(/%[-+# 0-9.]{0,20}([a-zA-Z])/g)].map(([, verb = '']) => verb);

/** A list is printed item by item, which may be what somebody wants. */
const isGarbage = (verb: string, type: string, isNative: boolean): boolean => {
  const isNumber = type === 'integer' || type === 'number';
  if (verb === 's' || verb === 'q') return isNumber || type === 'boolean';
  if (verb === 'd') return type === 'string' || type === 'boolean' || (isNumber && !isNative);
  return verb === 't' && (isNumber || type === 'string');
};
