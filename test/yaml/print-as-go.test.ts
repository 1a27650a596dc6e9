import { describe, expect, it } from 'vitest';
import { isMap } from '../../src/yaml/node.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { wholeFile } from '../../src/yaml/place.ts';
import { printAsGo } from '../../src/yaml/print-as-go.ts';

const print = (text: string) => {
  const root = parseYaml(text, wholeFile('a.yaml')).documents[0]?.root;
  if (!isMap(root)) throw new Error('no map');
  return printAsGo(root);
};

/** Expectations are what sigs.k8s.io/yaml v1.6.0 prints. */
describe('printAsGo', () => {
  it('sorts keys, does not indent lists, and writes what is empty as flow', () => {
    expect(print('b: [1, [2, {d: 1, c: "x"}], {}]\na: {z: {}, y: []}\n').text).toBe(
      'a:\n  "y": []\n  z: {}\nb:\n- 1\n- - 2\n  - c: x\n    d: 1\n- {}\n',
    );
  });

  it.each([
    ['plain', 'plain'],
    ['"${x}"', '${x}'],
    ['"8080"', '"8080"'],
    ['8080', '8080'],
    ['010', '8'],
    ['"yes"', '"yes"'],
    ['"2024-01-01"', '"2024-01-01"'],
    ['"1:20"', '"1:20"'],
    ['""', '""'],
    ['~', 'null'],
    ['"a: b"', "'a: b'"],
    ['"# it\'s"', "'# it''s'"],
    ['"a\\tb"', '"a\\tb"'],
    ['"\\\\ \\" \\u263a"', '\\ " ☺'],
    ['"😀 \\\\"', '"\\U0001F600 \\\\"'],
    ['"a\\nb"', '|-\n  a\n  b'],
    ['"a\\n\\nb\\n"', '|\n  a\n\n  b'],
    ['"a\\n\\n"', '|+\n  a\n'],
    ['"  a\\nb\\n"', '|2\n    a\n  b'],
    ['"a \\nb"', '"a \\nb"'],
  ])('writes %s as %s', (written, printed) => {
    expect(print(`k: ${written}\n`).text).toBe(`k: ${printed}\n`);
  });

  it('folds behind column 80', () => {
    const words = Array(24).fill('word').join(' ');
    expect(print(`k: ${words}\n`).text).toBe(`k: ${Array(16).fill('word').join(' ')}\n  ${Array(8).fill('word').join(' ')}\n`);
  });

  it('says where each scalar and key stands', () => {
    const { text, pieces } = print('b: [x, "y: z"]\na: 1\n');
    expect(pieces.map(({ start, end }) => text.slice(start, end))).toEqual(['a', '1', 'b', 'x', "'y: z'"]);
  });
});
