import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import fastGlob from 'fast-glob';
import { describe, expect, it } from 'vitest';
import { readBlock } from '../../../src/yaml/block/read-block.ts';
import { readWithPackage } from '../../../src/yaml/parse.ts';
import { wholeFile } from '../../../src/yaml/place.ts';
import { blockText } from './texts.ts';

const place = wholeFile('a.yaml');
const isTaken = (text: string): boolean => readBlock(text, place) !== undefined;

/** Whatever the reader takes is what the package makes of it, to the last offset. */
const expectSame = (text: string): void => {
  const documents = readBlock(text, place);
  if (documents) expect({ documents, problems: [] }, JSON.stringify(text)).toStrictEqual(readWithPackage(text, place));
};

describe('readBlock', () => {
  const files = fastGlob.sync('fixtures/**/*.{yaml,yml,json}', { dot: true }).sort();

  it('reads the files of the fixtures as the package does, and most of them', () => {
    const texts = files.map((file) => readFileSync(file, 'utf8'));
    for (const text of texts) expectSame(text);
    expect(texts.filter(isTaken).length / texts.length).toBeGreaterThan(0.72);
  });

  it('reads generated texts as the package does, and many of them', () => {
    let taken = 0;
    const runs = 3000;
    const property = fc.property(blockText(), (text) => {
      if (isTaken(text)) taken++;
      expectSame(text);
    });
    fc.assert(property, { numRuns: runs, seed: 23 });
    expect(taken).toBeGreaterThan(runs / 6);
  });

  it.each([
    ['a comment that ends a value', 'a:\n  b: 1\n    # deeper\n\n  # as deep\nc: 2\n'],
    ['a comment that ends a collection', 'a:\n  b:\n    - c\n    # as deep as the dash\n   # less\n'],
    ['comments left of all', 'a:\n  b:\n    c: 1\n# left\n---\nd: 2\n'],
    ['a list in the column of its key', 'a:\n  b:\n  - c\n  # end\nd: 1\n'],
    ['keys without a value', 'a:  # c\nb:\n\n# c\nc:\n  d:\n\n  # c\n'],
    ['lists in lists', '- - a\n  - b: 1\n    c: 2\n-   - d\n'],
    ['several lines', 'a: one\n  two\n\n  three\n\n# c\nb: 1\n'],
    ['block scalars', 'a: |\n\n  one\n    two\n\n  three  \n\n\nb: >-\n  one\n  two\n\n\n  three\n# c\nc: |-\n  one\n'],
    ['block scalars that say their indentation', 'a: |2-\n\n     b\n  c\nd:\n  - |1\n     e\n   f\n  - g: |2\n         h\n'],
    [
      'folded scalars with lines that are indented more',
      'a: >\n  b\n    c\n   d\n\n  e\n\n\n    f\n\n    g\n  h\nc: >2-\n\n      x\n    y\n',
    ],
    ['spaces behind what begins a block scalar', 'a: |-  \n  b\nc: > \n  d\n'],
    ['a block scalar without a break at its end', 'a: |\n  one'],
    ['quotes', `a: 'it''s'\n"b": "\\"\\\\\\n\\\\n"\nc: "" # c\n`],
    ['brackets', 'a: [1, "b", {c: d, e: [ ]}, http://x:1 ]\nb: { } # c\n'],
    ['brackets over several lines', 'a: [\n  1, "b"\n\n  , c,\n]\nb:\n  - {\n      "c":{d: 1},\n    e: f\n    } # c\n'],
    ['JSON', '{\n"a": [{"b":null},\n  {}]\n}\n'],
    ['anchors of scalars', 'a: &x one\nb: &y "two"\nc: [1]\nd:\n  - *x\n  - *y # c\n  - &x |\n    three\n  - *x\n'],
    ['anchors of collections', 'a: &x # c\n  # d\n  b: 1\nc:  &y\n    - *x\n    - &z\n      d: 2\n    - - *z\ne: &w {f: [1]}\n'],
    ['merged maps', 'a: &x\n  b: 1\n  c: 2\nd:\n  c: 3\n  <<: *x\ne:\n  <<:\n    - *x\n    - *x\nf:\n  - !!merge <<: *x\n'],
    ['aliases as keys', 'a: &x b\n*x : 1\nc:\n  *x: 2\n'],
    ['quotes over several lines', `a: 'one \n  two\n\n   it''s\n  ' # c\nb:\n  - "x\\\n    \\  y\n\n    z: 1"\n`],
    ['items below their dashes', 'a:\n  - # c\n    b: 1\n  -\n    - c\n'],
    ['empty documents', '# c\n\n---\n---  \n\n--- # c\n---\n# c\n---\na: 1\n---\n'],
  ])('takes %s', (_, text) => {
    expect(isTaken(text)).toBe(true);
    expectSame(text);
  });

  it.each([
    ['nothing', ''],
    ['comments alone', '# c\n'],
    ['a scalar', 'a\n'],
    ['an indented document', '  a: 1\n'],
    ['an anchor of nothing', 'a: &b\nc: 1\n'],
    ['an anchor of a key', '&a b: 1\n'],
    ['an anchor with a name that go-yaml ends early', 'a: &b? c\n'],
    ['an alias without an anchor', 'a: *b\n'],
    ['an alias of another document', 'a: &b 1\n---\na: *b\n'],
    ['an alias as a key without an anchor', '*a: 1\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a merge key in brackets', 'a: {<<: {b: 1}}\n'],
    ['a complex key', '? a\n: b\n'],
    ['a key that is written twice', 'a: 1\n"a": 2\n'],
    ['a directive', '%YAML 1.2\n---\na: 1\n'],
    ['an end of a document', 'a: 1\n...\n'],
    ['a tab', 'a: |\n  b\tc\n'],
    ['a carriage return', 'a: 1\r\n'],
    ['a byte order mark', '\uFEFFa: 1\n'],
    ['a rare escape', 'a: "\\x41"\n'],
    ['quotes over lines that are not indented', 'a: "b\nc"\n'],
    ['two anchors of one', 'a: &b\n  &c\n  d: 1\n'],
    ['an anchor on a line of its own', 'a:\n  &c\n  d: 1\n'],
    ['an anchor of what stands in the column of its key', 'a: &b\n- c\n'],
    ['a merge of no map', 'a:\n  <<: 1\n'],
    ['an alias of a collection as a key', 'a: &b [1]\n*b : 1\n'],
    ['aliases that stand for much', `a: &b [${'1, '.repeat(200)}1]\nc:\n${'  - *b\n'.repeat(60)}`],
    ['quotes that stay open', 'a: "b\nc: 1\n'],
    ['brackets over lines that are not indented', 'a:\n  b: [\n  c]\n'],
    ['a comment in brackets', 'a: [ # c\n  b]\n'],
    ['a scalar over several lines in brackets', 'a: [b\n  c]\n'],
    ['a pair in a list', 'a: [b: c]\n'],
    ['two commas', 'a: [b,, ]\n'],
    ['a key without a value in brackets', 'a: {b}\n'],
    ['a block scalar with less than it says', 'a: |4\n   b\n'],
    ['a block scalar that keeps its end', 'a: |+\n  b\n\n'],
    ['a block scalar without content', 'a: |\nb: 1\n'],
    ['a comment within a plain scalar', 'a: b # c\n  d\n'],
    ['a key in a value', 'a: b: c\n'],
    ['a dash with nothing behind it', 'a:\n  -\n  - b\n'],
    ['a second column', 'a:\n    b: 1\n  c: 2\n'],
    ['an item among keys', 'a: 1\n- b\n'],
    ['a document that begins on its marker', '--- a: 1\n'],
    ['blank lines that the package loses', 'a:\n\n---\nb: 1\n'],
    ['spaces alone on a last line without a break', 'a: 1\n  '],
    ['too deep a tree', Array.from({ length: 60 }, (_, index) => `${' '.repeat(index)}a:\n`).join('')],
    ['too deep a bracket', `a: ${'['.repeat(60)}${']'.repeat(60)}\n`],
  ])('leaves %s to the package', (_, text) => {
    expect(isTaken(text)).toBe(false);
  });

  it('reads in time that grows with the text', () => {
    const hostile = ["'", '"', '- ', 'a: ', '[', '{', '#', '\n', ' ', 'a:\n ', '\\', '|\n', ' #'].flatMap((part) => [
      part.repeat(50_000),
      `a: ${part.repeat(50_000)}`,
      `a: "${part.repeat(50_000)}"`,
      `a: |\n  ${part.repeat(50_000)}`,
      `a: b\n  ${part.repeat(50_000)}`,
    ]);
    const before = process.cpuUsage().user;
    for (const text of hostile) readBlock(text, place);
    expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(10);
  });
});
