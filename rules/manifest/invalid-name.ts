import {
  type AppliedView,
  annotationKeyError,
  child,
  defineRule,
  groupOf,
  isMap,
  labelKeyError,
  labelValueError,
  type Node,
  nameError,
  namespaceError,
  oncePerNode,
  type Problem,
  yaml,
} from '../../src/rule.ts';

export const invalidName = defineRule({
  id: 'manifest/invalid-name',
  severity: 'error',
  summary: 'A name, namespace, label or annotation that the API server rejects',
  why: `Names become parts of URLs and host names, so Kubernetes allows few characters in them, and which ones depends on the kind. kustomize
    takes any name; the API server answers \`Invalid value\` to Flux, and nothing of the Kustomization is applied.`,
  reference: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  remedy: 'Write a name as Kubernetes wants it; the message says which characters and how many.',
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop_settings # expect: manifest/invalid-name
    `,
    good: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop-settings
    `,
  },

  *object(object) {
    yield* remembered(child(object.root, 'metadata'), () => metadataProblems(object));
  },
});

const remembered = oncePerNode();

const metadataProblems = function* (object: AppliedView): Generator<Problem> {
  const judgedName = staysLiteral(object) ? judgedLiteral : judged;
  yield* judgedName(object.node('/metadata/name'), `The name of this ${object.kind}`, (name) =>
    nameError(groupOf(object.apiVersion), object.kind, name),
  );
  if (object.namespace !== '') yield* judgedName(object.node('/metadata/namespace'), 'The namespace', namespaceError);
  yield* judgedMap(object, '/metadata/labels', { what: 'label', keyError: labelKeyError, valueError: labelValueError });
  yield* judgedMap(object, '/metadata/annotations', { what: 'annotation', keyError: annotationKeyError, valueError: () => undefined });
};

/**
 * Whether Flux fills in no variable of it: kustomize-controller (`Reconciler.build`) substitutes only where the Kustomization has
 * a `spec.postBuild`. Where a source is only taken for this repository, somebody may fill them in on the way.
 */
const staysLiteral = ({ owner }: AppliedView): boolean => {
  const { content, isWritten } = owner;
  return isWritten && content.type === 'built' && content.artifact.assumed === undefined && !content.variables.runs;
};

const judgedLiteral = function* (node: Node | undefined, what: string, errorOf: Judge): Generator<Problem> {
  const [variable] = node?.type === 'scalar' && typeof node.value === 'string' ? (/\$\{[_a-zA-Z]\w*\}/.exec(node.text) ?? []) : [];
  if (node === undefined || variable === undefined) return yield* judged(node, what, errorOf);
  yield {
    at: node,
    message: `${what} keeps ${variable} as it is written: its Kustomization has no postBuild. The API server rejects the object, and Flux applies nothing of the Kustomization.`,
    hint: 'Give the variable under postBuild of the Kustomization that applies it.',
  };
};

type Judge = (text: string) => string | undefined;

const judged = function* (node: Node | undefined, what: string, errorOf: Judge): Generator<Problem> {
  // A date has been made of something else: `manifest/non-string-label` says so.
  if (node?.type !== 'scalar' || typeof node.value !== 'string' || node.value !== node.text) return;
  // What is still to be filled in has no name yet.
  if (/\$\{|<<|\{\{/.test(node.text)) return;
  const error = errorOf(node.text);
  if (error === undefined) return;
  yield {
    at: node,
    message: `${what}, ${shortened(node.text)}, ${error}. The API server rejects the object, and Flux applies nothing of the Kustomization.`,
  };
};

interface MapJudges {
  readonly what: string;
  readonly keyError: Judge;
  readonly valueError: Judge;
}

const judgedMap = function* (object: AppliedView, pointer: string, { what, keyError, valueError }: MapJudges): Generator<Problem> {
  const map = object.node(pointer);
  if (!isMap(map)) return;
  for (const { key, value } of map.entries) {
    yield* judged(key, `The key of ${what === 'annotation' ? 'an annotation' : 'a label'}`, keyError);
    yield* judged(value, `The ${what} ${key.text}`, valueError);
  }
};

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}...` : `"${text}"`);
