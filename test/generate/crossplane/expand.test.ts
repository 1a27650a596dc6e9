/** From a claim or composite resource to objects: definitions, Compositions, what providers apply. */
import { describe, expect, it } from 'vitest';
import { memoryFiles } from '../../../src/files/memory.ts';
import { expandFiles } from '../../../src/generate/find-generators.ts';
import type { Generated } from '../../../src/generate/generated.ts';
import { createFileParser } from '../../../src/yaml/file-parser.ts';
import { at, type MapNode, type Node } from '../../../src/yaml/node.ts';

const expand = (...documents: readonly string[]): readonly Generated[] =>
  expandFiles({ files: memoryFiles({ 'all.yaml': documents.join('---\n') }), parse: createFileParser(), paths: [] });

const shown = (node: Node | undefined): string | undefined => {
  if (node?.type === 'unknown') return node.text ?? '(unknown)';
  return node?.type === 'scalar' ? node.text : node === undefined ? undefined : node.type;
};

const label = (root: MapNode): string =>
  ['/kind', '/metadata/namespace', '/metadata/name'].map((pointer) => shown(at(root, pointer)) ?? '-').join(' ');

const labels = (generated: Generated | undefined): readonly string[] => (generated?.objects ?? []).map(({ root }) => label(root));

const definition = (head: string, spec = 'properties: { team: { type: string } }') => `apiVersion: apiextensions.crossplane.io/${head}
  group: acme.example
  names: { kind: XTenant, plural: xtenants }
  versions:
    - { name: v1, referenceable: true, schema: { openAPIV3Schema: { properties: { spec: { ${spec} } } } } }
`;
const v1 = definition(
  'v1\nkind: CompositeResourceDefinition\nmetadata: { name: x }\nspec:\n  claimNames: { kind: Tenant, plural: tenants }',
);
const v2 = (scope: string) => definition(`v2\nkind: CompositeResourceDefinition\nmetadata: { name: x }\nspec:\n  scope: ${scope}`);

const composition = (resources: string, name = 'tenant', more = '') => `apiVersion: apiextensions.crossplane.io/v1
kind: Composition
metadata: { name: ${name}${more} }
spec:
  compositeTypeRef: { apiVersion: acme.example/v1, kind: XTenant }
  mode: Pipeline
  pipeline:
    - step: compose
      functionRef: { name: function-patch-and-transform }
      input: { apiVersion: pt.fn.crossplane.io/v1beta1, kind: Resources, resources: [${resources}] }
`;
const named = '{ fromFieldPath: spec.team, toFieldPath: metadata.name }';
const source = `{ name: source, base: { apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: { namespace: flux-system } }, patches: [${named}] }`;
const composite = (spec = '{ team: billing }', metadata = '{ name: billing }') =>
  `apiVersion: acme.example/v1\nkind: XTenant\nmetadata: ${metadata}\nspec: ${spec}\n`;

describe('a claim', () => {
  const claim = 'apiVersion: acme.example/v1\nkind: Tenant\nmetadata: { name: billing, namespace: teams }\nspec: { team: billing }\n';

  it('becomes a composite resource with a random end to its name', () => {
    const nameless =
      '{ name: ns, base: { apiVersion: v1, kind: Namespace }, patches: [{ fromFieldPath: metadata.name }, { fromFieldPath: spec.claimRef.namespace, toFieldPath: metadata.labels.claim }] }';
    const [made] = expand(v1, composition(nameless), claim);
    expect(made?.name).toBe('Tenant/billing');
    expect(labels(made)).toEqual(['Namespace - billing-(unknown)']);
    expect(shown(made?.objects[0] && at(made.objects[0].root, '/metadata/labels/claim'))).toBe('teams');
  });

  it('gives its labels to the composite resource, those of Kubernetes left out', () => {
    const labelled = claim.replace('namespace: teams', 'namespace: teams, labels: { team: a, app.kubernetes.io/name: b }');
    const both = '{ name: ns, base: { apiVersion: v1, kind: Namespace }, patches: [{ fromFieldPath: metadata.labels }] }';
    const [made] = expand(v1, composition(both), labelled);
    const root = made?.objects[0]?.root;
    expect(
      ['team', 'app.kubernetes.io~1name', 'crossplane.io~1claim-name'].map((key) => shown(root && at(root, `/metadata/labels/${key}`))),
    ).toEqual(['a', undefined, 'billing']);
  });
});

describe('which Composition', () => {
  const two = [composition(source, 'one'), composition(source.replace('GitRepository', 'Bucket'), 'two', ', labels: { kind: bucket }')];

  it('is the one that is named, selected or the default', () => {
    expect(labels(expand(v2('Cluster'), ...two, composite('{ team: a, compositionRef: { name: two } }'))[0])).toEqual([
      'Bucket flux-system a',
    ]);
    expect(labels(expand(v2('Cluster'), ...two, composite('{ team: a, crossplane: { compositionRef: { name: one } } }'))[0])).toEqual([
      'GitRepository flux-system a',
    ]);
    const selected = composite('{ team: a, compositionSelector: { matchLabels: { kind: bucket } } }');
    expect(labels(expand(v2('Cluster'), ...two, selected)[0])).toEqual(['Bucket flux-system a']);
    const withDefault = v2('Cluster\n  defaultCompositionRef: { name: two }');
    expect(labels(expand(withDefault, ...two, composite())[0])).toEqual(['Bucket flux-system billing']);
  });

  it('may be any of several', () => {
    const [made] = expand(v2('Cluster'), ...two, composite());
    expect(made?.objects.map(({ multiplicity }) => multiplicity)).toEqual(['0..1', '0..1']);
    expect(made?.candidates).toHaveLength(2);
  });

  it('that is not here is a gap', () => {
    const [made] = expand(v2('Cluster'), ...two, composite('{ team: a, compositionRef: { name: gone } }'));
    expect(made?.objects).toEqual([]);
    expect(made?.gaps.map(({ reason }) => reason)).toEqual(['Composition gone is not here']);
  });
});

describe('what is composed', () => {
  it('goes to the namespace of a namespaced composite resource', () => {
    const [made] = expand(v2('Namespaced'), composition(source), composite('{ team: a }', '{ name: x, namespace: teams }'));
    expect(labels(made)).toEqual(['GitRepository teams a']);
    expect(shown(made?.objects[0]?.overwritten)).toBe('flux-system');
  });

  it('is the manifest of an Object, unless that only observes', () => {
    const object = (more: string) =>
      `{ name: o, base: { apiVersion: kubernetes.crossplane.io/v1alpha2, kind: Object, metadata: { name: o }, spec: { ${more}forProvider: { manifest: { apiVersion: v1, kind: Namespace } }, providerConfigRef: { name: in-cluster } } } }`;
    expect(labels(expand(v2('Cluster'), composition(object('')), composite())[0])).toEqual(['Object - o', 'Namespace - o']);
    expect(labels(expand(v2('Cluster'), composition(object('managementPolicies: [Observe], ')), composite())[0])).toEqual(['Object - o']);
  });

  it('may be another composite resource', () => {
    const inner = v2('Cluster').replaceAll('XTenant', 'XRepository').replace('name: x }', 'name: y }');
    const outer = `{ name: inner, base: { apiVersion: acme.example/v1, kind: XRepository }, patches: [${named}, { fromFieldPath: spec.team }] }`;
    const made = expand(
      v2('Cluster'),
      inner,
      composition(outer),
      composition(source, 'inner').replace('kind: XTenant', 'kind: XRepository'),
      composite(),
    );
    expect(labels(made[0])).toEqual(['XRepository - billing', 'GitRepository flux-system billing']);
  });

  it('of a function that is not known here is a gap', () => {
    const kcl = composition(source)
      .replace('function-patch-and-transform', 'function-kcl')
      .replace('pt.fn.crossplane.io/v1beta1', 'krm.kcl.dev/v1alpha1');
    expect(expand(v2('Cluster'), kcl, composite())[0]?.gaps.map(({ reason }) => reason)).toEqual([
      'what function function-kcl makes is not known here',
    ]);
  });
});

it('a Composition without any claim makes what it makes of one that nobody knows', () => {
  const [made] = expand(v2('Cluster'), composition(source));
  expect(made?.name).toBe('XTenant/(every one)');
  expect(labels(made)).toEqual(['GitRepository flux-system (unknown)']);
  expect(made?.objects[0]?.multiplicity).toBe('0..n');
});

describe('one API in three ways', () => {
  const base =
    'apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: { namespace: flux-system }, spec: { interval: 10m, prune: true, path: ./, sourceRef: { kind: GitRepository, name: apps } }';
  const patches = `${named}, { fromFieldPath: spec.path, toFieldPath: spec.path }, { type: CombineFromComposite, toFieldPath: spec.targetNamespace, combine: { strategy: string, variables: [{ fromFieldPath: spec.team }], string: { fmt: "team-%s" } } }`;
  const schema = 'properties: { team: { type: string }, path: { type: string, default: ./deploy } }';
  const defined = definition('v2\nkind: CompositeResourceDefinition\nmetadata: { name: x }\nspec:\n  scope: Cluster', schema);
  const native = `apiVersion: apiextensions.crossplane.io/v1
kind: Composition
metadata: { name: native }
spec:
  compositeTypeRef: { apiVersion: acme.example/v1, kind: XTenant }
  resources: [{ base: { ${base} }, patches: [${patches}] }]
`;
  const patched = composition(`{ name: apps, base: { ${base} }, patches: [${patches}] }`);
  const templated = `apiVersion: apiextensions.crossplane.io/v1
kind: Composition
metadata: { name: templated }
spec:
  compositeTypeRef: { apiVersion: acme.example/v1, kind: XTenant }
  mode: Pipeline
  pipeline:
    - step: render
      functionRef: { name: function-go-templating }
      input:
        apiVersion: gotemplating.fn.crossplane.io/v1beta1
        kind: GoTemplate
        source: Inline
        inline:
          template: |
            {{ $xr := .observed.composite.resource }}
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              namespace: flux-system
              name: {{ $xr.spec.team }}
              annotations: { {{ setResourceNameAnnotation "apps" }} }
            spec:
              interval: 10m
              prune: true
              path: {{ $xr.spec.path }}
              sourceRef: { kind: GitRepository, name: apps }
              targetNamespace: team-{{ $xr.spec.team }}
`;
  const fields = [
    '/kind',
    '/metadata/name',
    '/metadata/namespace',
    '/spec/interval',
    '/spec/prune',
    '/spec/path',
    '/spec/sourceRef/name',
    '/spec/targetNamespace',
  ];

  it.each([
    ['built in', native],
    ['by patch and transform', patched],
    ['by a template', templated],
  ])('%s', (_, written) => {
    const [made] = expand(defined, written, composite());
    expect(made?.errors).toEqual([]);
    expect(made?.objects.map(({ root }) => fields.map((pointer) => shown(at(root, pointer))))).toEqual([
      ['Kustomization', 'billing', 'flux-system', '10m', 'true', './deploy', 'apps', 'team-billing'],
    ]);
  });
});
