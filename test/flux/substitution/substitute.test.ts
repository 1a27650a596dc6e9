import { describe, expect, it } from 'vitest';
import { createOutcomes } from '../../../src/flux/substitution/outcomes.ts';
import { type Substitution, substituteObject } from '../../../src/flux/substitution/substitute.ts';
import { invalidNames } from '../../../src/flux/substitution/substitution-problems.ts';
import { variablesIn } from '../../../src/flux/substitution/templates.ts';
import { child, isMap, type MapNode, type Node, toValue } from '../../../src/yaml/node.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';
import { wholeFile } from '../../../src/yaml/place.ts';

const values: Readonly<Record<string, string>> = {
  name: 'billing',
  port: '8080',
  flag: 'true',
  answer: 'yes',
  off: 'off',
  nothing: '',
  nil: 'null',
  octal: '0123',
  eight: '08',
  sci: '1e3',
  date: '2024-01-01',
  version: '1.10',
  list: '[a, b]',
  map: '{a: b}',
  pair: 'a: b',
  item: '- a',
  quoted: '"8080"',
  it: "it's",
  spaced: ' x ',
  comment: 'a # b',
  lines: 'one\ntwo',
  path: 'c:\\new',
  alias: '*x',
  anchor: '&x y',
  tag: '!!str 8080',
  misfit: '!!int web',
  infinity: '.inf',
  accent: 'ünï',
};

const origin = { span: { path: 'values.yaml', start: 10, end: 14 }, via: [] };
const variables = {
  known: new Map(Object.entries(values).map(([name, value]) => [name, { value, origin }] as const)),
  withoutValue: new Map([['SECRET', 'SECRET is encrypted']]),
  open: undefined,
};

const objectOf = (text: string): MapNode => {
  const root = parseYaml(text, wholeFile('object.yaml')).documents[0]?.root;
  if (!isMap(root)) throw new Error('no object');
  return root;
};
const withSpec = (spec: string) => objectOf(`apiVersion: v1\nkind: Foo\nmetadata: {name: x}\nspec: ${spec}\n`);
const enough = () => ({ characters: 1_000_000 });

const run = (root: MapNode, strict: boolean | undefined = false): Substitution =>
  substituteObject({ root, variables, strict, allowance: enough(), outcomes: createOutcomes() });
const specOf = (spec: string): Node | undefined => child(run(withSpec(spec)).root, 'spec');

/** Expectations are what fluxcd/pkg kustomize v1.35.4 makes of the same objects. */
describe('substituteObject', () => {
  it.each([
    ['${name}', 'billing'],
    ['a-${name}-b', 'a-billing-b'],
    ['"${port}"', 8080],
    ["'${port}'", 8080],
    ['p${port}', 'p8080'],
    ['"8080"', '8080'],
    ['${flag}', true],
    ['${answer}', true],
    ['${off}', false],
    ['"yes"', 'yes'],
    ['${nothing}', null],
    ['"${nothing}"', null],
    ['a${nothing}b', 'ab'],
    ['${nil}', null],
    ['${octal}', 83],
    ['${eight}', 8],
    ['${sci}', 1000],
    ['${date}', '2024-01-01'],
    ['${version}', 1.1],
    ['${list}', ['a', 'b']],
    ['x ${list}', 'x [a, b]'],
    ['${map}', { a: 'b' }],
    ['["${pair}"]', [{ a: 'b' }]],
    ['["${item}"]', [['a']]],
    ['${quoted}', '8080'],
    ['${it}', "it's"],
    ['"# ${port}"', '# 8080'],
    ['"${spaced}"', 'x'],
    ['"x${spaced}y"', 'x x y'],
    ['${comment}', 'a'],
    ['${lines}', 'onetwo'],
    ['"${lines}"', 'onetwo'],
    ['${path}', 'c:\\new'],
    ['${anchor}', true],
    ['${tag}', '8080'],
    ['{"${name}": 1}', { billing: 1 }],
    ['{"${port}": 1}', { '8080': 1 }],
    ['{"${flag}": 1}', { true: 1 }],
    ['{"${name}": 1, billing: 2}', { billing: 2 }],
    ['"#!/bin/sh\\necho ${name}\\nport=${port}\\n"', '#!/bin/sh\necho billing\nport=8080\n'],
    ['"a\\n${nothing}\\n"', 'a\n'],
    ['"a\\n${nothing}"', 'a'],
    ['"if [ $# -gt 0 ]; then\\n\\techo \\"${name}\\"\\nfi\\n"', 'if [ $# -gt 0 ]; then\n\techo "billing"\nfi\n'],
    ['"kill $$; echo $$$$"', 'kill $; echo $$'],
    ['"$${name} ${nope:=x}"', '${name} x'],
    ['"${nope:=a b}"', 'a b'],
    [
      '"word word word word word word word word word word word word word word word word ${nothing} word"',
      'word word word word word word word word word word word word word word word word word',
    ],
    ['"${name/i/\\"}"', 'b"lling'],
    ['["${nope:=x", "y}"]', ['x', true]],
    ['1.0', 1],
    ['010', 8],
    ['"${port} ${port}"', '8080 8080'],
    ['"${nope:=${port}}"', 8080],
    ['["${port}","${name}"]', [8080, 'billing']],
  ])('%s → %j', (spec, expected) => {
    const node = specOf(spec);
    expect(node && toValue(node)).toEqual(expected);
  });

  it.each([
    '${accent:1:2}',
    '"${nothing}&${quoted}"',
    '${pair}',
    'x ${pair}',
    '${item}',
    '"# ${it}"',
    '${alias}',
    '${infinity}',
    '"${spaced}\\na\\n"',
    '"\\ttab ${quoted}"',
  ])('breaks the object: %s', (spec) => {
    const root = withSpec(spec);
    const { problems, failed, root: after } = run(root);
    expect(failed).toBe(true);
    expect(problems).toMatchObject([{ ruleId: 'substitution/invalid-name', at: { span: { path: 'object.yaml' } } }]);
    expect(after).toBe(root);
  });

  it('gives an object without variables back as it is', () => {
    const root = withSpec('{a: [1, "yes", 010]}');
    expect(run(root)).toEqual({ root, problems: [], failed: false, names: [] });
    expect(run(root).root).toBe(root);
  });

  it.each(['labels', 'annotations'])('leaves an object alone that opts out by %s, in this very case', (field) => {
    const text = (value: string) =>
      `kind: Foo\nmetadata: {name: "\${name}", ${field}: {kustomize.toolkit.fluxcd.io/substitute: ${value}}}\n`;
    const disabled = objectOf(text('disabled'));
    expect(run(disabled).root).toBe(disabled);
    expect(child(run(objectOf(text('Disabled'))).root, 'metadata', 'name')).toMatchObject({ value: 'billing' });
  });

  it.each([
    ['scalar by scalar', '{a: "${name}-${port}", b: {c: 1}}'],
    ['through the text', '{a: "${name}-${port}", b: {c: 1}, d: "${list}"}'],
  ])('keeps origins and shares what has no variable, %s', (_, spec) => {
    const root = withSpec(spec);
    const after = run(root).root;
    const before = child(root, 'spec', 'a');
    expect(child(after, 'spec', 'a')).toMatchObject({
      value: 'billing-8080',
      span: before?.span,
      via: [
        { type: 'substitution', at: origin.span, field: 'name' },
        { type: 'substitution', at: origin.span, field: 'port' },
      ],
    });
    expect(child(after, 'spec', 'b')).toBe(child(root, 'spec', 'b'));
    expect(child(after, 'metadata')).toBe(child(root, 'metadata'));
  });

  it('gives what was text within a scalar the origin of that scalar', () => {
    const root = withSpec('{a: "${list}"}');
    const item = child(run(root).root, 'spec', 'a', 0);
    expect(item).toMatchObject({ value: 'a', span: child(root, 'spec', 'a')?.span, via: [{ field: 'list' }] });
  });

  it('keeps the order of keys through the text', () => {
    const { root } = run(withSpec('{z: "${list}", "${name}": 1, a: 2}'));
    const spec = child(root, 'spec');
    expect(spec?.type === 'map' && spec.entries.map((entry) => entry.key.text)).toEqual(['z', 'a', 'billing']);
  });

  it('knows what it cannot know', () => {
    const { root, failed } = run(
      withSpec('{a: "x-${SECRET}", b: "${name}", c: "${nope:=${SECRET}}", d: "${name:=${SECRET}}", e: "${list}"}'),
      true,
    );
    expect(failed).toBe(false);
    expect(child(root, 'spec', 'a')).toMatchObject({ type: 'unknown', why: 'SECRET is encrypted' });
    expect(child(root, 'spec', 'b')).toMatchObject({ value: 'billing' });
    expect(child(root, 'spec', 'c')).toMatchObject({ type: 'unknown' });
    expect(child(root, 'spec', 'd')).toMatchObject({ value: 'billing' });
    expect(child(root, 'spec', 'e')).toMatchObject({ type: 'list' });
  });

  it('takes names for unknown where others may give them a value', () => {
    const open = 'the Secret cluster-secrets is not in git';
    const { root, failed } = substituteObject({
      root: withSpec('"${nope}"'),
      variables: { ...variables, open },
      strict: true,
      allowance: enough(),
      outcomes: createOutcomes(),
    });
    expect(failed).toBe(false);
    expect(child(root, 'spec')).toMatchObject({ type: 'unknown', why: 'the Secret cluster-secrets is not in git' });
  });

  it.each([
    ['scalar by scalar', '{a: "${nope}", b: "${name}"}'],
    ['through the text', '{a: "${nope}", b: "${name}", c: "${list}"}'],
  ])('tells what has no value, %s', (_, spec) => {
    const root = withSpec(spec);
    const lenient = run(root);
    expect(lenient.failed).toBe(false);
    expect(lenient.problems).toMatchObject([{ ruleId: 'substitution/undefined-variable', atMost: 'warning' }]);
    expect(child(lenient.root, 'spec', 'a')).toMatchObject({ value: null });
    const unknown = substituteObject({ root, variables, strict: undefined, allowance: enough(), outcomes: createOutcomes() });
    expect(unknown.failed).toBe(false);
    expect(unknown.problems).toMatchObject([{ atMost: 'warning', message: expect.stringMatching(/Flux 2.9 fails .* Older versions/) }]);
    const strict = run(root, true);
    expect(strict.failed).toBe(true);
    expect(strict.problems).toMatchObject([{ ruleId: 'substitution/undefined-variable', at: { span: child(root, 'spec', 'a')?.span } }]);
    expect(strict.problems[0]?.message).toContain('variable not set (strict mode): "nope"');
    expect(child(strict.root, 'spec', 'b')).toMatchObject({ value: 'billing' });
  });

  it.each([
    ['"${v-d}"', 'missing closing brace'],
    ['"${}"', 'unable to parse variable name'],
    ['"${v/a}"', 'bad substitution'],
    ['"${v:=never closed"', 'unable to parse substitution within function'],
  ])('says what Flux cannot read: %s', (spec, message) => {
    const root = withSpec(spec);
    const { problems, failed } = run(root);
    expect(failed).toBe(true);
    expect(problems).toMatchObject([{ ruleId: 'substitution/invalid-name', at: { span: child(root, 'spec')?.span } }]);
    expect(problems[0]?.message).toContain(message);
  });

  it('fails on a tag that the text cannot be decoded as', () => {
    const { failed, problems } = run(withSpec('"${misfit}"'));
    expect([failed, problems[0]?.message]).toEqual([true, expect.stringContaining('cannot decode `web` as a !!int')]);
    expect(run(withSpec('"${tag}"')).failed).toBe(false);
  });

  it('reads a form to its end in another field, as Flux does', () => {
    const { root, failed } = run(withSpec('{a: "${nope:=x", b: "z}"}'));
    expect(failed).toBe(false);
    expect(toValue(child(root, 'spec') ?? root)).toEqual({ a: 'x', b: 'z' });
  });

  it('lists the names that were asked for', () => {
    expect(run(withSpec('["${name} ${nope:=${port}}", "${name}"]')).names).toEqual(['name', 'port', 'nope']);
  });
});

describe('variablesIn', () => {
  it('names every variable, its place and whether it has a default', () => {
    const root = withSpec('{"${a}": "${b:=${c}} ${d^^} $${e}", f: ["${g}"]}');
    expect(variablesIn(root).map(({ name, hasDefault }) => [name, hasDefault])).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
      ['d', false],
      ['g', false],
    ]);
    expect(variablesIn(root).at(-1)?.node).toBe(child(root, 'spec', 'f', 0));
  });
});

it('refuses names as Flux does', () => {
  const names = ['_a', 'A1', 'a-b', 'a.b', '1a', '', 'é'].map((name) => [name, origin] as const);
  expect(invalidNames(names).map(({ message }) => message.split('"')[1])).toEqual(['a-b', 'a.b', '1a', '', 'é']);
});

it('gives up on texts that multiply, and says so', () => {
  const nested = withSpec(`"\${name//i/\${name//i/\${name}}}"`);
  const { problems, failed } = substituteObject({
    root: nested,
    variables,
    strict: false,
    allowance: { characters: 5 },
    outcomes: createOutcomes(),
  });
  expect(failed).toBe(true);
  expect(problems).toMatchObject([{ ruleId: 'manifest/limit-exceeded' }]);
});
