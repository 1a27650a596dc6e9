import type { StepProblem } from '../../model/problem.ts';
import type { Node, ScalarNode } from '../../yaml/node.ts';

/** A key that stands twice in a map, at two of its places. */
export interface DuplicateKey {
  readonly earlier: ScalarNode;
  readonly last: ScalarNode;
}

/** Keys that stand twice somewhere in a tree, which kustomize takes without a word. */
export const duplicateKeys = (node: Node): readonly DuplicateKey[] => {
  if (node.type === 'list') return node.items.flatMap(duplicateKeys);
  if (node.type !== 'map') return [];
  const own = (node.shadowed ?? []).map(({ key }) => ({
    earlier: key,
    last: node.entries.find((entry) => entry.key.text === key.text)?.key ?? key,
  }));
  return [...own, ...node.entries.flatMap(({ value }) => duplicateKeys(value))];
};

/** @param taken which of the two kustomize takes, in words */
export const withoutEffect = (
  ignored: ScalarNode,
  counting: ScalarNode,
  { place, taken }: { readonly place: string; readonly taken: string },
): StepProblem => ({
  ruleId: 'manifest/duplicate-key',
  at: ignored,
  message: `${ignored.text} stands twice in this ${place}; kustomize takes the ${taken} one, and this one has no effect.`,
  atMost: 'warning',
  related: [{ at: counting, message: 'This one counts.' }],
});
