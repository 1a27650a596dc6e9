import {
  type AppliedView,
  child,
  defineRule,
  generatedSteps,
  isAsWritten,
  isMap,
  oncePerNode,
  type Problem,
  quoteScalar,
  type ScalarNode,
  yaml,
} from '../../src/rule.ts';

export const nonStringLabel = defineRule({
  id: 'manifest/non-string-label',
  severity: 'error',
  summary: 'The value of a label or annotation is a number, true, false or nothing',
  why: `Labels are texts. Flux reads the labels of an object as a whole: one value that is no text, and it drops all of them without
    a word. Selectors miss the object, policies do not see it. An annotation that substitution made a number fails instead, with \`expected string\`, and
    nothing of the Kustomization is applied.`,
  reference: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
  remedy: 'Put the value in quotes.',
  fixable: 'safe',
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
        labels:
          app.kubernetes.io/version: 1.10 # expect: manifest/non-string-label
    `,
    good: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
        labels:
          app.kubernetes.io/version: "1.10"
    `,
  },

  *object(object, { graph }) {
    yield* remembered(child(object.root, 'metadata', 'labels'), () => labelProblems(object));
    // kustomize makes texts of all annotations; in what it has built, only substitution makes anything else of one.
    if (graph.clusters.get(object.cluster)?.cluster.root.evidence === 'unreached') return;
    for (const { name, value } of scalarsOf(object, 'annotations')) {
      if (typeof value.value === 'string') continue;
      yield {
        at: value,
        message: `The annotation ${name} is ${described(value)} after substitution. Flux applies nothing of the Kustomization: "expected string".`,
        hint: substitutedHint,
      };
    }
  },
});

const remembered = oncePerNode();

const labelProblems = function* (object: AppliedView): Generator<Problem> {
  for (const { name, value } of scalarsOf(object, 'labels')) {
    if (isText(value) || isUndefined(value)) continue;
    yield {
      at: value,
      message: `The label ${name} is ${described(value)}. Flux drops all labels of ${object.kind} ${object.name}, and selectors no longer find it.`,
      ...remedy(value),
      // Selectors of the cluster find workloads; those of kustomize, which find a Kustomization, still see what is written.
      atMost: object.kind === 'Kustomization' ? 'warning' : undefined,
    };
  }
};

const scalarsOf = (
  { root }: AppliedView,
  field: 'labels' | 'annotations',
): readonly { readonly name: string; readonly value: ScalarNode }[] => {
  const map = child(root, 'metadata', field);
  if (!isMap(map)) return [];
  return map.entries.flatMap(({ key, value }) => (value.type === 'scalar' && !isGenerated(value) ? [{ name: key.text, value }] : []));
};

/** What a template made of it is the affair of generated/type-changed. */
const isGenerated = ({ via }: ScalarNode): boolean => via.some((step) => generatedSteps.has(step.type));

/** A date stays a text, but another one than was written, which no label may hold. */
const isText = (node: ScalarNode): boolean => typeof node.value === 'string' && (node.value === node.text || !isAsWritten(node));

/** What an undefined variable left: the variable is the cause, and has a rule of its own. */
const isUndefined = ({ value, text, span, via }: ScalarNode): boolean =>
  value === null && text === '' && span.end > span.start && !via.some((step) => step.type === 'substitution');

const described = ({ value, text }: ScalarNode): string => {
  if (value === null) return 'empty, which is null and no text';
  if (typeof value === 'string') return `${text}, a date that kustomize turns into ${value}`;
  return typeof value === 'boolean' ? `${text}, a boolean` : `${text}, a number`;
};

const substitutedHint =
  'Quotes around ${...} are lost before Flux substitutes: write text beside it, or put quotes into the value of the variable.';

const remedy = (value: ScalarNode): Pick<Problem, 'hint' | 'fix'> => {
  if (value.value === null) return { hint: 'Give it a value, or take it out.' };
  return isAsWritten(value) ? { hint: 'Put it in quotes.', fix: quoteScalar(value) } : { hint: substitutedHint };
};
