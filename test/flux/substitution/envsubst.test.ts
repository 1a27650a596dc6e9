import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../../src/flux/substitution/envsubst.ts';
import { evaluateTemplate } from '../../../src/flux/substitution/envsubst-evaluate.ts';

const values = new Map([
  ['name', 'billing'],
  ['path', '/srv/apps/web.tar.gz'],
  ['word', 'abcABC123ABCabc'],
  ['empty', ''],
  ['other', 'x${name}'],
  ['é', 'accent'],
  ['1', 'one'],
  ['accented', 'ünï'],
]);

const evaluate = (text: string) => {
  const template = parseTemplate(text);
  if (template.type === 'error') throw new Error(template.message);
  return evaluateTemplate(
    template.parts,
    (name) => {
      const value = values.get(name);
      if (name.startsWith('SECRET')) return { type: 'unknown', why: `${name} is in a Secret` };
      return value === undefined ? { type: 'undefined' } : { type: 'value', value };
    },
    { characters: 1_000_000 },
  );
};
const textOf = (text: string) => {
  const { parts, unknown } = evaluate(text);
  return unknown ?? parts.map((part) => part.text).join('');
};

/** Expectations are what fluxcd/pkg envsubst v1.7.1 prints for the same texts. */
describe('evaluateTemplate', () => {
  it.each([
    ['no dollar', 'no dollar'],
    ['${name}', 'billing'],
    ['a-${name}-${empty}-b', 'a-billing--b'],
    ['${é}${1}', 'accentone'],
    ['${accented:0:2}|${accented:2}', 'ü|nï'],
    ['${#accented}', '5'],
    ['${nope:=d}', 'd'],
    ['${nope:-d}', 'd'],
    ['${nope=d}', 'd'],
    ['${empty:=d}', 'd'],
    ['${empty=d}', 'd'],
    ['${name:=d}', 'billing'],
    ['${nope:=}', ''],
    ['${nope:=a-${name}-${empty:=z}}', 'a-billing-z'],
    ['${nope:=a$$b}', 'a$$b'],
    ['${name:+x}', 'billing'],
    ['${nope:+x}', 'x'],
    ['${nope:?must be set}', 'must be set'],
    ['${#name}', '7'],
    ['${#é}', '6'],
    ['${name^}', 'Billing'],
    ['${name^^}', 'BILLING'],
    ['${word,}', 'abcABC123ABCabc'],
    ['${word,,}', 'abcabc123abcabc'],
    ['${name:2}', 'lling'],
    ['${name:2:3}', 'lli'],
    ['${name:20}', ''],
    ['${name:2:30}', 'lling'],
    ['${name:2:-1}|${name:5:-3}', 'llin|'],
    ['${name: -3}', 'billing'],
    ['${path#*/}', 'srv/apps/web.tar.gz'],
    ['${path##*/}', 'web.tar.gz'],
    ['${accented#?n}${accented##*}|${accented%ï}', 'ï|ün'],
    ['${accented%?}', 'ün\ufffd'],
    ['${path%.*}', '/srv/apps/web.tar'],
    ['${path%%.*}', '/srv/apps/web'],
    ['${word#[a-c]}', 'bcABC123ABCabc'],
    ['${word/abc/X}', 'XABC123ABCabc'],
    ['${word//abc/X}', 'XABC123ABCX'],
    ['${word/#abc/X}', 'XABC123ABCabc'],
    ['${word/%abc/X}', 'abcABC123ABCX'],
    ['${word//abc/}', 'ABC123ABC'],
    ['${path//\\//-}', '-srv-apps-web.tar.gz'],
    ['$name $(name) $((1+1)) $', '$name $(name) $((1+1)) $'],
    ['$${name}', '${name}'],
    ['$$name $$$$ $$$', '$name $$ $$'],
    ['$$${name}', '$billing'],
    ['${other}', 'x${name}'],
  ])('%s → %s', (text, expected) => {
    expect(textOf(text)).toBe(expected);
  });

  it.each([
    ['${SECRET}', 'SECRET is in a Secret'],
    ['a ${SECRET:=d}', 'SECRET is in a Secret'],
    ['${nope:=${SECRET}}', 'SECRET is in a Secret'],
    ['${name:=${SECRET}}', 'billing'],
  ])('knows what it cannot know: %s', (text, expected) => {
    expect(textOf(text)).toBe(expected);
  });

  it.each([
    ['${nope}', ['nope']],
    ['${#nope}${nope^}', ['nope']],
    ['${nope:0}${nada%x}', ['nope', 'nada']],
    ['${nope:=${nada}}', ['nada']],
    ['${name:=${nada}}', ['nada']],
    ['${nope:=x}', []],
    ['${empty}', []],
  ])('says which have neither value nor default: %s', (text, names) => {
    expect(evaluate(text).undefinedNames).toEqual(names);
  });

  it('says where a length is negative', () => {
    expect(evaluate('${name:2:-1}').countsBack).toBe('name:2:-1');
    expect(evaluate('${name:2:1}').countsBack).toBeUndefined();
  });
});

describe('parseTemplate', () => {
  it.each([
    ['${v-d}', 'missing closing brace'],
    ['${v+x}', 'missing closing brace'],
    ['${v?m}', 'missing closing brace'],
    ['${a.b}', 'missing closing brace'],
    ['${a[0]}', 'missing closing brace'],
    ['${v }', 'missing closing brace'],
    ['${v@Q}', 'missing closing brace'],
    ['${}', 'unable to parse variable name'],
    ['${ v }', 'unable to parse variable name'],
    ['${!v}', 'unable to parse variable name'],
    ['${', 'unable to parse variable name'],
    ['${v/a}', 'bad substitution'],
    ['${#}', 'bad substitution'],
    ['${#v[@]}', 'bad substitution'],
    ['${v#a${b}}', 'bad substitution'],
    ['${v:=never closed', 'unable to parse substitution within function'],
    ['${v:}', 'unable to parse substitution within function'],
    ['${v%}', 'unable to parse substitution within function'],
    ['${v:='.repeat(10_000), 'unable to parse substitution within function'],
  ])('cannot read %s', (text, message) => {
    expect(parseTemplate(`ok ${text}`)).toEqual({ type: 'error', message, start: 3 });
  });
});
