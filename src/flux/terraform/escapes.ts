/** Dollar signs that Flux does not get as they are meant. */
import type { EvaluatedRoot } from '../../generate/terraform/roots.ts';
import type { StepProblem } from '../../model/problem.ts';
import type { Node, ScalarNode } from '../../yaml/node.ts';

/** `$${VAR}` in a file that is only read: nothing takes the second dollar sign away. */
export const escapeProblems = ({ objects }: EvaluatedRoot): readonly StepProblem[] =>
  objects.flatMap(({ root, address }) =>
    scalars(root)
      .filter(({ text }) => /\$\$\{[A-Za-z_]\w*[^}]*\}/.test(text))
      .map((scalar) => ({
        ruleId: 'generated/substitution-escape',
        at: scalar,
        message: `${address} applies ${/\$\$\{[^}]*\}/.exec(scalar.text)?.[0] ?? ''} with both dollar signs: file() reads a text as it is, and for Flux this is an escaped variable that it leaves as text.`,
        hint: 'Write one dollar sign, or read the file with templatefile().',
        atMost: 'warning' as const,
      })),
  );

const scalars = (node: Node): readonly ScalarNode[] => {
  switch (node.type) {
    case 'scalar':
      return typeof node.value === 'string' ? [node] : [];
    case 'list':
      return node.items.flatMap(scalars);
    case 'map':
      return node.entries.flatMap(({ value }) => scalars(value));
    case 'unknown':
      return [];
    default:
      return node satisfies never;
  }
};
