import { describe, expect, test } from 'vitest';
import { withCommonMetadata } from '../../src/flux/common-metadata.ts';
import { isMap, type MapNode, toValue } from '../../src/yaml/node.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { wholeFile } from '../../src/yaml/place.ts';

const mapOf = (text: string): MapNode => {
  const root = parseYaml(text, wholeFile('object.yaml')).documents[0]?.root;
  if (!isMap(root)) throw new Error('the test needs a map');
  return root;
};

const set = (metadata: string, common: string) => toValue(withCommonMetadata(mapOf(`metadata: ${metadata}`), mapOf(common)));

/** Expectations are what fluxcd/pkg ssa v0.76 makes of the same objects (`SetCommonMetadata`). */
describe('commonMetadata', () => {
  test.for([
    ['over what is there, and beside it', '{labels: {a: x, b: y}}', '{labels: {a: z}}', { labels: { a: 'z', b: 'y' } }],
    ['where nothing is', '{}', '{annotations: {a: z}}', { annotations: { a: 'z' } }],
    ['nothing', '{}', '{}', {}],
    [
      'what has no value is an empty text',
      '{labels: {a: ~}, annotations: {b: ~}}',
      '{labels: {c: z}}',
      { labels: { a: '', c: 'z' }, annotations: { b: '' } },
    ],
    ['beside what is no text nothing stays', '{labels: {a: true, b: y}}', '{labels: {c: z}}', { labels: { c: 'z' } }],
    [
      'where there is nothing to set, it stays',
      '{labels: {a: true, b: y}}',
      '{annotations: {c: z}}',
      { labels: { a: true, b: 'y' }, annotations: { c: 'z' } },
    ],
  ] as const)('%s', ([, metadata, common, expected]) => expect(set(metadata, common)).toEqual({ metadata: expected }));
});
