import { describe, expect, it } from 'vitest';
import { type GoFunction, goFunction } from '../../src/gotemplate/function.ts';
import { hermeticSprig } from '../../src/gotemplate/functions/sprig.ts';
import { type Holes, withoutHoles } from '../../src/gotemplate/hole.ts';
import { parseTemplate, type Rendered, render } from '../../src/gotemplate/render.ts';
import { type GoValue, goList, goMap, goString, type Unknown } from '../../src/gotemplate/value.ts';

const unknown = (key: string): Unknown => ({ type: 'unknown', why: 'nobody knows', key });

const inputs = () =>
  goMap([
    ['name', goString('billing')],
    ['branch', unknown('inputs.branch')],
    ['on', unknown('inputs.on')],
    ['teams', unknown('inputs.teams')],
    ['list', goList([goString('a'), unknown('b')])],
  ] satisfies (readonly [string, GoValue])[]);

const rendered = (text: string, holes: Holes = []): Rendered => {
  const own = new Map<string, GoFunction>([...hermeticSprig, ['inputs', goFunction({ takes: [], gives: inputs })]]);
  const functions = () => (name: string) => own.get(name);
  const parsed = parseTemplate(text, { left: '<<', right: '>>' }, functions());
  if (parsed.type === 'failed') throw new Error(parsed.failure.message);
  return render({ parsed, functions, holes });
};

/** What each way gives, or why it fails. */
const ways = (text: string): readonly string[] =>
  rendered(text).worlds.map(({ outcome }) =>
    outcome.type === 'rendered' ? withoutHoles(outcome.chunks.map((chunk) => chunk.text).join('')) : outcome.failure.message,
  );

describe('unknown values', () => {
  it.each([
    ['pr-<< inputs.branch >>', ['pr-(unknown)']],
    ['<< inputs.branch | quote >>', ['"(unknown)"']],
    ['<< printf "%03d-%s" 7 inputs.branch >>', ['007-(unknown)']],
    ['<< default "main" inputs.branch >>', ['(unknown)']],
    ['<< default inputs.branch "main" >>', ['main']],
    ['<< sha256sum inputs.branch >>', ['(unknown)']],
    ['<< len inputs.list >>', ['2']],
    ['<< inputs.list | join "," >>', ['a,(unknown)']],
    ['<< inputs.list | sortAlpha | join "," >>', ['(unknown)']],
    ['<< dict "a" inputs.branch | toJson >>', ['{"a":(unknown)}']],
    ['<< get (dict "a" inputs.branch) "b" >>x', ['x']],
  ])('%s', (text, results) => {
    expect(ways(text)).toEqual(results);
  });
});

describe('unknown conditions go each way once', () => {
  it.each([
    ['<< if inputs.on >>yes<< else >>no<< end >>', ['yes', 'no']],
    ['<< if inputs.on >>a<< end >><< if not inputs.on >>b<< end >>', ['a', 'b']],
    ['<< if eq inputs.branch "x" >>a<< end >><< if ne inputs.branch "x" >>b<< end >>', ['a', 'b']],
    ['<< range inputs.teams >>[<< .name >>]<< else >>none<< end >>', ['[(unknown)]', 'none']],
    ['<< with inputs.branch >><< . >><< end >>', ['(unknown)', '']],
    ['<< if and inputs.on inputs.branch >>both<< end >>', ['both', '', '']],
  ])('%s', (text, results) => {
    expect(ways(text)).toEqual(results);
  });

  it('says what may be repeated', () => {
    const [world] = rendered('a<< range inputs.teams >>b<< end >>').worlds;
    expect(world?.outcome.type === 'rendered' && world.outcome.chunks.map(({ isRepeated }) => isRepeated)).toEqual([false, true]);
  });

  it('stops at some number of ways', () => {
    const text = Array.from({ length: 12 }, (_, index) => `<< if eq inputs.branch "${index}" >>x<< end >>`).join('');
    expect(rendered(text).isCut).toBe(true);
  });
});

describe('chunks', () => {
  it('know where they stand in the template', () => {
    const text = 'a: << inputs.name >>\n';
    const [world] = rendered(text).worlds;
    const chunks = world?.outcome.type === 'rendered' ? world.outcome.chunks : [];
    expect(chunks.map(({ start, end, isLiteral }) => [text.slice(start, end), isLiteral])).toEqual([
      ['a: ', true],
      ['<< inputs.name >>', false],
      ['\n', true],
    ]);
  });
});

describe('what fails', () => {
  it.each([
    ['<< inputs.missing >>', 'map has no entry for key "missing"'],
    ['<< inputs.name.x >>', "can't evaluate field x in type string"],
    ['<< fail "no" >>', 'error calling fail: no'],
    ['<< until 1.5 >>', 'expected integer; found 1.5'],
  ])('%s', (text, message) => {
    expect(ways(text)).toEqual([message]);
  });
});

describe('hostile templates end at a limit', () => {
  it.each([
    ['a range over a large number', '<< range 1000000000 >>x<< end >>'],
    ['a large list', '<< until 1000000000 >>'],
    ['loops in loops', '<< range until 1000 >><< range until 1000 >><< range until 1000 >>x<< end >><< end >><< end >>'],
    ['a definition that calls itself', '<< define "a" >><< template "a" >><< end >><< template "a" >>'],
    ['text that doubles', '<< $s := "xx" >><< range until 60 >><< $s = printf "%s%s" $s $s >><< end >><< $s >>'],
    ['a list that holds itself twice', '<< $l := list 1 >><< range until 60 >><< $l = list $l $l >><< end >><< $l >>'],
    ['a list in a list without end', '<< $l := list 1 >><< range until 100000 >><< $l = list $l >><< end >><< $l >>'],
    ['a map that holds itself', '<< $d := dict >><< $x := set $d "a" $d >><< $d >>'],
    ['wide padding', '<< range until 1000 >><< printf "%1000000d" 1 >><< end >>'],
    ['repeated text', '<< repeat 1000000000 "x" >>'],
  ])('%s', (_, text) => {
    const [world] = rendered(text).worlds;
    expect(world?.outcome.type).toBe('failed');
  });
});
