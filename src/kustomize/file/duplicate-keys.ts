import type { StepProblem } from '../../model/problem.ts';
import { entryOf, type Node, type ScalarNode } from '../../yaml/node.ts';

/** A key that stands twice in a map, at two of its places. */
export interface DuplicateKey {
  readonly earlier: ScalarNode;
  readonly last: ScalarNode;
}

/** Keys that stand twice somewhere in a tree, from the top. */
export const duplicateKeys = (node: Node): readonly DuplicateKey[] => {
  const found: DuplicateKey[] = [];
  const walk = (here: Node): void => {
    if (here.type === 'list') for (const item of here.items) walk(item);
    if (here.type !== 'map') return;
    for (const { key } of here.shadowed ?? []) found.push({ earlier: key, last: entryOf(here, key.text)?.key ?? key });
    for (const { value } of here.entries) walk(value);
  };
  walk(node);
  return found;
};

/** In an object: kustomize rejects it as soon as it looks inside. */
export const rejected = ({ earlier, last }: DuplicateKey): StepProblem => ({
  ruleId: 'manifest/duplicate-key',
  at: last,
  message: `mapping key "${last.text}" already defined: kustomize rejects a map that holds a key twice.`,
  related: [{ at: earlier, message: 'It stands here, too.' }],
});

/**
 * Elsewhere: kustomize takes one of them without a word.
 *
 * @param taken which of the two it takes, in words
 */
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
