import { type MapNode, type Node, toValue } from '../yaml/node.ts';
import type { ConfigProblem } from './config-error.ts';
import { validate } from './config-validator.ts';
import { schemaProblems } from './schema-problems.ts';

/** Holds a configuration against `config-schema.ts`; problems in the order of their places. */
export const checkConfig = (root: MapNode): readonly ConfigProblem[] =>
  [...writtenTwice(root), ...againstSchema(root)].sort((a, b) => a.at.span.start - b.at.span.start);

export const notAMap = (root: Node): ConfigProblem => ({
  at: root,
  message: 'the configuration must be a map',
  hint: 'Start with a key, such as "extends: recommended".',
});

/** Half of what such a key says would be lost without a word. */
const writtenTwice = (node: Node): readonly ConfigProblem[] => {
  if (node.type === 'list') return node.items.flatMap(writtenTwice);
  if (node.type !== 'map') return [];
  const here = (node.shadowed ?? []).map(({ key }) => ({
    at: key,
    message: `the key "${key.text}" is written twice`,
    hint: 'Join the two.',
  }));
  return [...here, ...node.entries.flatMap((entry) => writtenTwice(entry.value))];
};

const againstSchema = (root: MapNode): readonly ConfigProblem[] =>
  validate(toValue(root)) ? [] : schemaProblems(validate.errors ?? [], root);
