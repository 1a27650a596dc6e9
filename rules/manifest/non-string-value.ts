import {
  type AppliedView,
  child,
  defineRule,
  groupOf,
  isAsWritten,
  isMap,
  itemsOf,
  type Node,
  oncePerNode,
  type Problem,
  quoteScalar,
  type ScalarNode,
  yaml,
} from '../../src/rule.ts';

export const nonStringValue = defineRule({
  id: 'manifest/non-string-value',
  severity: 'error',
  summary: 'A number or boolean where the API wants a text',
  why: `The data of a ConfigMap, the stringData of a Secret, the value of an environment variable and an argument of a container are
    texts. Kubernetes rejects anything else, with \`cannot unmarshal number into Go struct field\`, and Flux applies nothing of the
    Kustomization. What looks like a text may be none: \`010\` is 8, \`1_000\` is 1000, and of the date \`2024-01-01\`
    kustomize makes \`2024-01-01T00:00:00Z\`.`,
  reference: 'https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-object',
  hint: 'Put it in quotes.',
  fixable: 'safe',
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
      data:
        port: 8080 # expect: manifest/non-string-value
    `,
    good: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
      data:
        port: "8080"
    `,
  },

  *object(object) {
    const group = groupOf(object.apiVersion);
    if (group === '' && object.kind === 'ConfigMap') yield* mapProblems(object, 'data');
    if (group === '' && object.kind === 'Secret') {
      yield* mapProblems(object, 'stringData');
      yield* mapProblems(object, 'data');
    }
    const path = templates.get(`${group}/${object.kind}`);
    const template = path && child(object.root, ...path);
    if (template) yield* remembered(template, () => problemsOf(object, podTexts(template)));
  },
});

const remembered = oncePerNode();

const mapProblems = (object: AppliedView, field: string): readonly Problem[] => {
  const map = child(object.root, field);
  return map ? remembered(map, () => problemsOf(object, valuesOf(map, field))) : [];
};

const problemsOf = function* (object: AppliedView, suspects: readonly Suspect[]): Generator<Problem> {
  for (const { field, value } of suspects) {
    // What substitution makes of a text is another rule's affair.
    if (!isAsWritten(value)) continue;
    const where = `${field} of ${object.kind} ${object.name}`;
    const fix = quoteScalar(value);
    if (typeof value.value !== 'string') {
      const message = `${where} must be a text, and ${described(value)}. Kubernetes rejects the object, and Flux applies nothing of the Kustomization.`;
      yield { at: value, message, fix };
    } else {
      yield { at: value, message: `${where} is a date to kustomize: instead of ${value.text} the cluster gets ${value.value}.`, fix };
    }
  }
};

/** A value where a text belongs, which is none or another than was written. */
interface Suspect {
  readonly field: string;
  readonly value: ScalarNode;
}

/** Most values are what they seem to be: what they are called is put together for the others alone. */
const suspect = (value: Node | undefined, field: () => string): readonly Suspect[] =>
  value?.type === 'scalar' && value.value !== null && value.value !== value.text ? [{ field: field(), value }] : [];

/** Where the built-in kinds hold the template of a pod. */
const templates: ReadonlyMap<string, readonly string[]> = new Map([
  ['/Pod', []],
  ['/PodTemplate', ['template']],
  ['/ReplicationController', ['spec', 'template']],
  ['apps/Deployment', ['spec', 'template']],
  ['apps/ReplicaSet', ['spec', 'template']],
  ['apps/StatefulSet', ['spec', 'template']],
  ['apps/DaemonSet', ['spec', 'template']],
  ['batch/Job', ['spec', 'template']],
  ['batch/CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);

/** The pod's own labels and annotations are those of the object where the object is a pod: another rule's affair. */
const podTexts = (template: Node | undefined): readonly Suspect[] => {
  const isPod = child(template, 'kind') !== undefined;
  const metadata = isPod ? [] : ['labels', 'annotations'];
  return [
    ...metadata.flatMap((field) => valuesOf(child(template, 'metadata', field), `template.metadata.${field}`)),
    ...valuesOf(child(template, 'spec', 'nodeSelector'), 'nodeSelector'),
    ...['containers', 'initContainers'].flatMap((field) => itemsOf(child(template, 'spec', field)).flatMap(containerTexts)),
  ];
};

const containerTexts = (container: Node): readonly Suspect[] => {
  const name = child(container, 'name');
  const where = name?.type === 'scalar' ? `container ${name.text}` : 'a container';
  const variables = itemsOf(child(container, 'env')).flatMap((variable) => {
    const called = child(variable, 'name');
    return suspect(child(variable, 'value'), () => `env ${called?.type === 'scalar' ? called.text : '?'} of ${where}`);
  });
  const words = ['command', 'args'].flatMap((field) =>
    itemsOf(child(container, field)).flatMap((value, index) => suspect(value, () => `${field}[${index}] of ${where}`)),
  );
  return [...variables, ...words];
};

const valuesOf = (map: Node | undefined, field: string): readonly Suspect[] =>
  isMap(map) ? map.entries.flatMap(({ key, value }) => suspect(value, () => `${field}.${key.text}`)) : [];

const described = ({ value, text }: ScalarNode): string => {
  if (typeof value === 'boolean') return `${text} is a boolean`;
  return String(value) === text ? `${text} is a number` : `${text} is the number ${value}`;
};
