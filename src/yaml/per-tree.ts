import type { Node } from './node.ts';

/** Remembers what is read of each tree: trees never change, and one stands in the objects of many clusters. */
export const perTree = <T extends Node, R>(read: (tree: T) => R): ((tree: T) => R) => {
  const answers = new WeakMap<T, { readonly answer: R }>();
  return (tree) => {
    const known = answers.get(tree);
    if (known) return known.answer;
    const answer = read(tree);
    answers.set(tree, { answer });
    return answer;
  };
};
