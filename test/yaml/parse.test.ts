import { describe, expect, it } from 'vitest';
import { commentsOf } from '../../src/yaml/comments.ts';
import { child, type Node, toValue } from '../../src/yaml/node.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { insideScalar, wholeFile } from '../../src/yaml/place.ts';

const parse = (text: string) => parseYaml(text, wholeFile('a.yaml'));
const values = (text: string) => parse(text).documents.map((document) => document.root && toValue(document.root));
const textOf = (text: string, node: Node | undefined) => node && text.slice(node.span.start, node.span.end);

describe('parseYaml', () => {
  it('gives every node its span', () => {
    const text = 'a: 1\nb:\n  - "x y"\n  - {c: d}\n';
    const [document] = parse(text).documents;
    expect(textOf(text, child(document?.root, 'a'))).toBe('1');
    expect(textOf(text, child(document?.root, 'b', 0))).toBe('"x y"');
    expect(textOf(text, child(document?.root, 'b', 1, 'c'))).toBe('d');
  });

  it.each([
    ['010', 8],
    ['0x1F', 31],
    ['0X1F', 31],
    ['1_000', 1000],
    ['1e3', 1000],
    ['08', 8],
    ['1.10', 1.1],
    ['yes', 'yes'],
    ['on', 'on'],
    ['True', true],
    ['~', null],
    ['2024-01-01', '2024-01-01T00:00:00Z'],
    ['2024-02-30', '2024-02-30'],
    ['1.2.3', '1.2.3'],
    ['"8"', '8'],
    ['=', '='],
    ['!!str 5', '5'],
    ['!!int "5"', 5],
    ['9223372036854775807', 9223372036854775807n],
  ])('types %s as go-yaml does', (written, value) => {
    expect(values(`a: ${written}`)).toEqual([{ a: value }]);
  });

  it('reads several documents, empty ones too', () => {
    expect(values('a: 1\n---\n---\n# only a comment\n---\nb: 2\n')).toEqual([{ a: 1 }, undefined, undefined, { b: 2 }]);
  });

  it('reads the documents around a broken one', () => {
    const { documents, problems } = parse('a: 1\n---\nb: c: d\n---\ne: 2\n');
    expect(documents.map((document) => document.index)).toEqual([0, 2]);
    expect(problems).toMatchObject([{ ruleId: 'manifest/invalid-yaml', at: { span: { start: 12 } } }]);
  });

  it('keeps the last of two equal keys and remembers the first', () => {
    const [document] = parse('a: 1\nb: 2\na: 3\n').documents;
    expect(document?.root).toMatchObject({ shadowed: [{ key: { text: 'a' }, value: { value: 1 } }] });
    expect(values('a: 1\nb: 2\na: 3\n')).toEqual([{ a: 3, b: 2 }]);
  });

  it('expands merge keys behind the written ones', () => {
    expect(values('x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\n')).toEqual([{ x: { a: 1, b: 2 }, y: { b: 3, a: 1 } }]);
    expect(values('x: &x {a: 1, b: 2}\ny:\n  !!merge <<: *x\n  b: 3\n')).toEqual([{ x: { a: 1, b: 2 }, y: { b: 3, a: 1 } }]);
  });

  it('accepts what Flux accepts: a byte-order mark, an anchor defined twice', () => {
    expect(values('\ufeffa: &x 1\nb: &x 2\nc: *x\n')).toEqual([{ a: 1, b: 2, c: 2 }]);
  });

  it.each([
    ['nested brackets', '['.repeat(10_000)],
    ['nested dashes', '- '.repeat(10_000)],
    ['nested maps', Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['a billion laughs', `a: &a [1,1,1,1,1,1,1,1,1]\n${bomb()}`],
    ['a huge file', 'a: b\n'.repeat(3_000_000)],
  ])('stops at %s', (_, text) => {
    const { documents, problems } = parse(text);
    expect(documents).toEqual([]);
    expect(problems.map((problem) => problem.ruleId)).toEqual(['manifest/limit-exceeded']);
  });

  it.each(['{', '[', '"', 'a: "', "'", '"x\r\n', '%YAML 1.2\n', '\ufeff"'])('tells of %j in its place, which lies in the text', (text) => {
    const { problems } = parse(text);
    expect(problems).toHaveLength(1);
    for (const { at } of problems) expect(at.span.end).toBeLessThanOrEqual(text.length);
  });

  it('is not stopped by brackets and indentation inside strings', () => {
    expect(parse(`a: |\n  ${'['.repeat(200)}\n`).problems).toEqual([]);
  });

  it('ends the name of an anchor where go-yaml ends it', () => {
    const readAs = (text: string) => {
      const { documents, problems } = parseYaml(text, wholeFile('a.yaml'));
      const root = documents[0]?.root;
      return problems[0]?.message ?? (root && toValue(root));
    };
    expect(readAs('a: &b-1 c\n')).toEqual({ a: 'c' });
    expect(readAs('a: &http://b c\n')).toEqual({ a: '://b c' });
    for (const text of ['a: &b> c\n', 'a: &"b" c\n', 'a: &b: c\n', 'a: &ä c\n']) expect(readAs(text)).toContain('the name of an anchor');
  });

  it('knows an escaped quote at the end of a line from a closing one', () => {
    const problemsOf = (text: string) => parse(text).problems.map(({ message }) => message);
    expect(problemsOf("a: 'b'''\nc: 'd'\n")).toEqual([]);
    expect(problemsOf("a: 'b''\nc: 'd'\n")).toEqual(['Not valid YAML: the quote is not closed.']);
    expect(problemsOf('a: "b\\\\"\nc: d\n')).toEqual([]);
    expect(problemsOf('a: "b\\"\nc: "d"\n')).toEqual(['Not valid YAML: the quote is not closed.']);
  });

  it('lets quoted texts and brackets go on at any indentation, as go-yaml does', () => {
    const readAs = (text: string) => {
      const { documents, problems } = parseYaml(text, wholeFile('a.yaml'));
      const root = documents[0]?.root;
      return problems[0]?.message ?? (root && toValue(root));
    };
    expect(readAs('m:\n  a: "one\n  two"\n  b: x\n')).toEqual({ m: { a: 'one two', b: 'x' } });
    expect(readAs("m:\n  a: 'one\ntwo'\n  b: x\n")).toEqual({ m: { a: 'one two', b: 'x' } });
    expect(readAs('m:\n  a: [x,\n y\n]\n  b: {c: "d\n e",\nf: g}\n')).toEqual({ m: { a: ['x', 'y'], b: { c: 'd e', f: 'g' } } });
    expect(readAs('m:\n  - "x\ny"\n  - z\n')).toEqual({ m: ['x y', 'z'] });
    // Not across documents, and a key stands in one line.
    expect(readAs('m:\n  a: "one\n---\ntwo"\n')).toBe('Not valid YAML: Missing closing "quote');
    expect(readAs('m:\n  "a\n  b": c\n')).toContain('Not valid YAML');
  });

  it('names the quote or bracket that was forgotten', () => {
    const firstProblem = (text: string) => parse(text).problems.map(({ message }) => message)[0];
    expect(firstProblem('m:\n  a: "one\n  b: two\n')).toBe('Not valid YAML: Missing closing "quote');
    expect(firstProblem('m:\n  a: [one\n  b: two\n')).toContain('must be sufficiently indented and end with a ]');
  });

  it('takes # for a comment wherever a token may begin, as go-yaml does', () => {
    const readAs = (text: string) => {
      const root = parse(text).documents[0]?.root;
      return root && toValue(root);
    };
    expect(readAs('a: [x,#c\n  y]\nb: {#c\n  d: e}\n')).toEqual({ a: ['x', 'y'], b: { d: 'e' } });
    expect(readAs('a: "x"#c\nb: x#c\n')).toEqual({ a: 'x', b: 'x#c' });
  });

  it('takes no control character, not even in a comment', () => {
    const problemsOf = (text: string) => parse(text).problems.map(({ message, at }) => `${at.span.start} ${message}`);
    expect(problemsOf('# a\u0007\na: b\n')).toEqual(['3 Not valid YAML: control characters are not allowed, and here is U+0007.']);
    for (const character of ['\0', '\u001b', '\u007f', '\u009f', '\ufffe']) expect(problemsOf(`a: "${character}"\n`)).toHaveLength(1);
    for (const character of ['\t', '\u0085', '\u00a0', '\ufffd', '\ufeff', '😀']) expect(problemsOf(`a: "x${character}"\n`)).toEqual([]);
    expect(problemsOf('\ufeffa: b\r\n')).toEqual([]);
  });

  it('gives a block no newline that the text lacks', () => {
    const last = (text: string) => parseYaml(text, wholeFile('a.yaml')).documents.map(({ root }) => root && toValue(root));
    expect(last('a: |\n  b')).toEqual([{ a: 'b' }]);
    expect(last('a: >+\n  b\n  c')).toEqual([{ a: 'b c' }]);
    expect(last('a: |\n  b\n---\na: |\n  b\n')).toEqual([{ a: 'b\n' }, { a: 'b\n' }]);
  });

  it('says that an alias lacks its anchor, or stands in itself', () => {
    expect(parse('a: *b\n').problems).toMatchObject([{ ruleId: 'manifest/invalid-yaml' }]);
    expect(parse('a: &a [*a]\n').problems).toMatchObject([{ ruleId: 'manifest/invalid-yaml' }]);
  });
});

describe('commentsOf', () => {
  it('finds comments, and none in strings', () => {
    const text = 'a: "# no" # one\nb: |\n  # no\n# two\n';
    expect(commentsOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(['# one', '# two']);
  });
});

describe('insideScalar', () => {
  it.each([
    ['literal', 'patch: |\n    - op: add\n      path: /x\n'],
    ['indented literal', 'a:\n  - patch: |-\n      - op: add\n\n        path: /x\n'],
    ['quoted', 'patch: \'[{"op": "add", "path": "/x"}]\'\n'],
  ])('maps a %s text back to the file', (_, text) => {
    const [document] = parse(text).documents;
    const scalar = child(document?.root, 'patch') ?? child(document?.root, 'a', 0, 'patch');
    if (scalar?.type !== 'scalar') throw new Error('no scalar');
    const [inner] = parseYaml(scalar.text, insideScalar(text, scalar)).documents;
    expect(textOf(text, child(inner?.root, 0, 'path'))?.replaceAll('"', '')).toBe('/x');
  });

  it('points at the whole scalar where escapes make more impossible', () => {
    const text = 'patch: "a:\\n  b"\n';
    const scalar = child(parse(text).documents[0]?.root, 'patch');
    if (scalar?.type !== 'scalar') throw new Error('no scalar');
    expect(insideScalar(text, scalar)(0, 1)).toEqual(scalar.span);
  });
});

function bomb(): string {
  return Array.from({ length: 12 }, (_, index) => {
    const [name, before] = [index + 1, index].map((code) => String.fromCharCode(97 + code));
    return `${name}: &${name} [${Array(9).fill(`*${before}`).join(',')}]`;
  }).join('\n');
}
