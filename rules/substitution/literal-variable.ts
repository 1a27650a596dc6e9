import {
  type AppliedView,
  addToGroup,
  child,
  defineRule,
  type Graph,
  isLeftUnsubstituted,
  isList,
  isMap,
  type KustomizationView,
  memo,
  type Node,
  type Problem,
  readable,
  toPointer,
  yaml,
} from '../../src/rule.ts';

export const literalVariable = defineRule({
  id: 'substitution/literal-variable',
  severity: 'error',
  summary: 'A variable stands where nothing substitutes',
  why: `\`postBuild\` fills in what the Kustomization builds, never the Kustomization itself: that only the one can do which applies it. Where
    that one has no \`postBuild\`, or the object opts out, the text stays as it is written, \`\${...}\` and all. No object has such a name:
    a health check waits for it until the timeout at every interval, a dependency is never ready, a path is not found. The same
    happens to objects that a Kustomization without variables builds: the API server refuses such names and labels, and with them
    all that is applied beside them (kustomize-controller: kustomization_controller.go, \`build\`; fluxcd/pkg:
    kustomize/kustomize_varsub.go, \`SubstituteVariables\`).`,
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

  *kustomization(kustomization, { graph }) {
    yield* ofObjects(kustomization, graph);
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
const fields = ['dependsOn', 'healthChecks', 'kubeConfig', 'path', 'serviceAccountName', 'sourceRef', 'targetNamespace'] as const;

/**
 * Whether the one that applies it leaves its variables alone. kustomize-controller (`Reconciler.build`) substitutes in the
 * resources of the build where `spec.postBuild` is set, but for those that opt out; the Kustomization itself it reads from the
 * cluster as it is.
 */
const staysLiteral = ({ parent, root, isWritten }: KustomizationView): boolean =>
  isWritten && parent?.content.type === 'built' && (!parent.content.variables.runs || isLeftUnsubstituted(root));

/** What it applies with variables in it, though it substitutes nothing. */
const ofObjects = function* (kustomization: KustomizationView, graph: Graph): Generator<Problem> {
  const { content, isWritten, objects } = kustomization;
  if (!isWritten || content.type !== 'built' || content.variables.runs || content.variables.open !== undefined) return;
  for (const object of objects) {
    if (isLeftUnsubstituted(object.root)) continue;
    for (const { pointer, text, isRefused } of literalsOf(object)) {
      const [variable = '', name = ''] = /\$\{([_a-zA-Z]\w*)[^}]*\}/.exec(text) ?? [];
      const elsewhere = variable === '' ? undefined : substituting(graph, name).find((other) => other !== kustomization);
      if (variable === '' || (!isRefused && !elsewhere)) continue;
      yield {
        at: object.origin(pointer),
        message: `${object.label} says ${text} under ${pointer.slice(1).replaceAll('/', '.')}, and ${kustomization.id}, which applies it, substitutes nothing: ${
          isRefused ? 'the API server refuses it, and nothing beside it is applied' : `${variable} reaches the cluster as it is written`
        }.`,
        hint: elsewhere
          ? `${elsewhere.id} has ${name}: give it to ${kustomization.id} under postBuild, too, or apply the object there alone.`
          : `Give ${name} under postBuild of ${kustomization.id}.`,
        atMost: isRefused ? undefined : 'warning',
      };
    }
  }
};

interface Literal {
  readonly pointer: string;
  readonly text: string;
  /** Nobody can have meant it: the API server takes no such text there. */
  readonly isRefused: boolean;
}

/**
 * Names, namespaces and labels; and of other fields those that hold a single line, for texts of several may be scripts. What
 * ConfigMaps and Secrets hold, what containers run, and what Kustomizations and releases pass on, may be for others to fill in.
 */
const literalsOf = function* ({ root, kind }: AppliedView): Generator<Literal> {
  for (const field of ['name', 'namespace', 'labels']) {
    for (const found of textsIn(child(root, 'metadata', field), ['metadata', field])) yield { ...found, isRefused: true };
  }
  const spec = child(root, 'spec');
  if (passedOn.has(kind) || !isMap(spec)) return;
  for (const { pointer, text } of textsIn(spec, ['spec'])) {
    if (!text.includes('\n') && !/\/(args|command|env|values|patches|postBuild|inputs|resourcesTemplate)(\/|$)/.test(pointer)) {
      yield { pointer, text, isRefused: hosts.test(pointer) && routes.has(kind) };
    }
  }
};

/** A host is a DNS name to the API server (validation of Ingress, the pattern of Gateway API's Hostname). */
const routes: ReadonlySet<string> = new Set(['Ingress', 'HTTPRoute', 'TLSRoute', 'GRPCRoute']);
const hosts = /^\/spec\/(rules\/\d+\/host|hostnames\/\d+)$/;

const passedOn: ReadonlySet<string> = new Set(['ConfigMap', 'Secret', 'CustomResourceDefinition', 'Kustomization', 'ResourceSet']);

/** Kustomizations that have a variable of that name. */
const substituting = (graph: Graph, name: string): readonly KustomizationView[] => variablesOf(graph).get(name) ?? [];

const variablesOf = memo((graph: Graph): ReadonlyMap<string, readonly KustomizationView[]> => {
  const found = new Map<string, [KustomizationView, ...KustomizationView[]]>();
  for (const { kustomizations } of graph.clusters.all) {
    for (const kustomization of kustomizations) {
      const { content } = kustomization;
      if (content.type !== 'built') continue;
      for (const name of content.variables.known.keys()) addToGroup(found, name, kustomization);
    }
  }
  return found;
});

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
