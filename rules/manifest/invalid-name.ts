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
  yield* judged(object.node('/metadata/name'), `The name of this ${object.kind}`, (name) =>
    nameError(groupOf(object.apiVersion), object.kind, name),
  );
  if (object.namespace !== '') yield* judged(object.node('/metadata/namespace'), 'The namespace', namespaceError);
  yield* judgedMap(object, '/metadata/labels', { what: 'label', keyError: labelKeyError, valueError: labelValueError });
  yield* judgedMap(object, '/metadata/annotations', { what: 'annotation', keyError: annotationKeyError, valueError: () => undefined });
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
