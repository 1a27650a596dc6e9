/** Random expressions of Terraform: mostly sound ones, since what fails says little. */
export type Random = () => number;

/** A number from 0 up to 1, the same row for the same seed (mulberry32). */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

export const randomExpression = (random: Random): string => anyOf({ random, depth: 3, names: [] });

interface Maker {
  readonly random: Random;
  readonly depth: number;
  /** Names of `for` expressions around, each a text. */
  readonly names: readonly string[];
}

type Make = (maker: Maker) => string;

const pick = <T>(random: Random, items: readonly T[]): T => {
  const found = items[Math.floor(random() * items.length)];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
};

const deeper = (maker: Maker): Maker => ({ ...maker, depth: maker.depth - 1 });
const some = (maker: Maker, make: Make, most = 3): readonly string[] =>
  Array.from({ length: Math.floor(maker.random() * (most + 1)) }, () => make(deeper(maker)));

const anyOf: Make = (maker) => pick(maker.random, [text, text, number, bool, list, list, map, map])(maker);

const words = [
  '',
  'a',
  'b',
  'prod',
  'dev-1',
  'a.b.c',
  ' x ',
  'Ä',
  'yes',
  '10',
  'a\\nb\\n',
  'k8s_1',
  '$${X}',
  '"q\\"'.slice(1),
  '%%{',
  'v1.2.3',
];
const literalText: Make = ({ random, names }) => (names.length > 0 && random() < 0.5 ? pick(random, names) : `"${pick(random, words)}"`);

const text: Make = (maker) => {
  const { random, depth } = maker;
  if (depth <= 0) return literalText(maker);
  const inner = deeper(maker);
  const t = () => text(inner);
  const short = () => literalText(maker);
  return pick<() => string>(random, [
    () => literalText(maker),
    () => `"x-\${${t()}}-\${${number(inner)}}"`,
    () => `"%{ if ${bool(inner)} }${pick(random, ['yes', ' a '])}%{ else }no%{ endif }"`,
    () => `"%{ for v in ${texts(inner)} ~} \${v}, %{ endfor ~} end"`,
    () => `upper(${t()})`,
    () => `lower(${t()})`,
    () => `title(${t()})`,
    () => `trimspace(${t()})`,
    () => `trim(${t()}, ${short()})`,
    () => `trimprefix(${t()}, ${short()})`,
    () => `trimsuffix(${t()}, ${short()})`,
    () => `replace(${t()}, ${short()}, ${short()})`,
    () => `replace(${t()}, "/[a-c.]+/", "<$0>")`,
    () => `join(${short()}, ${texts(inner)})`,
    () => `format("%s|%5s|%-4s|%q", ${t()}, ${short()}, ${short()}, ${short()})`,
    () => `format("%d %03d %v", ${integer(inner)}, ${integer(inner)}, ${anyOf(inner)})`,
    () => `jsonencode(${anyOf(inner)})`,
    () => `yamlencode(${anyOf(inner)})`,
    () => `base64encode(${t()})`,
    () => `substr(${t()}, ${pick(random, ['0', '1', '-2'])}, ${pick(random, ['1', '2', '-1', '5'])})`,
    () => `indent(2, ${t()})`,
    () => `strrev(${t()})`,
    () => `chomp(${t()})`,
    () => `md5(${t()})`,
    () => `urlencode(${t()})`,
    () => `coalesce(${t()}, ${t()}, "z")`,
    () => `try(${list(inner)}[${pick(random, ['0', '1', '7'])}], ${t()})`,
    () => `lookup(${mapOfTexts(inner)}, ${short()}, ${t()})`,
    () => `(${bool(inner)} ? ${t()} : ${t()})`,
    () => `tostring(${pick(random, [number, bool, text])(inner)})`,
    () => `element(concat(${texts(inner)}, ["e"]), ${integer(inner)})`,
  ])();
};

const integer: Make = ({ random }) => pick(random, ['0', '1', '2', '7', '42', '-3', '100']);
const number: Make = (maker) => {
  const { random, depth } = maker;
  if (depth <= 0) return pick(random, ['0', '1', '2', '10', '3.5', '0.1', '1e3', '-4']);
  const inner = deeper(maker);
  return pick<() => string>(random, [
    () => number({ ...maker, depth: 0 }),
    () => `(${number(inner)} ${pick(random, ['+', '-', '*'])} ${number(inner)})`,
    () => `(${integer(inner)} % ${pick(random, ['3', '5', '-2'])})`,
    () => `(${number(inner)} / ${pick(random, ['2', '4', '5'])})`,
    () => `length(${anyList(inner)})`,
    () => `length(${text(inner)})`,
    () => `max(${number(inner)}, ${number(inner)})`,
    () => `floor(${number(inner)})`,
    () => `ceil(${number(inner)})`,
    () => `abs(${number(inner)})`,
    () => `-${number(inner)}`,
    () => `tonumber(${pick(random, ['"5"', '"1.50"', '"-2"'])})`,
    () => `sum([${number(inner)}, ${number(inner)}])`,
    () => `parseint("${pick(random, ['ff', '10', '7'])}", 16)`,
  ])();
};

const bool: Make = (maker) => {
  const { random, depth } = maker;
  if (depth <= 0) return pick(random, ['true', 'false']);
  const inner = deeper(maker);
  return pick<() => string>(random, [
    () => bool({ ...maker, depth: 0 }),
    () => `(${number(inner)} ${pick(random, ['<', '>', '<=', '>=', '==', '!='])} ${number(inner)})`,
    () => `(${text(inner)} == ${text(inner)})`,
    () => `(${anyOf(inner)} == ${anyOf(inner)})`,
    () => `!${bool(inner)}`,
    () => `(${bool(inner)} && ${bool(inner)})`,
    () => `(${bool(inner)} || ${bool(inner)})`,
    () => `contains(${texts(inner)}, ${text(inner)})`,
    () => `can(${anyOf(inner)}[0])`,
    () => `startswith(${text(inner)}, ${literalText(inner)})`,
    () => `alltrue([${bool(inner)}, ${bool(inner)}])`,
    () => `anytrue([${bool(inner)}, ${bool(inner)}])`,
  ])();
};

const texts: Make = (maker) => {
  const { random, depth } = maker;
  if (depth <= 0) return `[${some(maker, literalText).join(', ')}]`;
  const inner = deeper(maker);
  return pick<() => string>(random, [
    () => `[${some(maker, text).join(', ')}]`,
    () => `split(",", ${text(inner)})`,
    () => `sort(${texts(inner)})`,
    () => `distinct(${texts(inner)})`,
    () => `compact(${texts(inner)})`,
    () => `keys(${mapOfTexts(inner)})`,
    () => `values(${mapOfTexts(inner)})`,
    () => `reverse(${texts(inner)})`,
    () => `tolist(toset(${texts(inner)}))`,
    () => `[for v in ${texts(inner)} : ${text({ ...inner, names: [...inner.names, 'v'] })} if v != "a"]`,
    () => `concat(${texts(inner)}, ${texts(inner)})`,
    () => `formatlist("%s!", ${texts(inner)})`,
  ])();
};

const list: Make = (maker) => {
  const { random } = maker;
  const inner = deeper(maker);
  return pick<() => string>(random, [
    () => texts(maker),
    () => `[${some(maker, number).join(', ')}]`,
    () => `[${some(maker, maker.depth > 0 ? anyOf : literalText).join(', ')}]`,
    () => `range(${pick(random, ['3', '1, 5', '5, 1', '0, 10, 3'])})`,
    () => `setunion(${texts(inner)}, ${texts(inner)})`,
    () => `setintersection(${texts(inner)}, ${texts(inner)})`,
    () => `setsubtract(${texts(inner)}, ${texts(inner)})`,
    () => `flatten([${texts(inner)}, [${texts(inner)}]])`,
    () => `chunklist(${texts(inner)}, 2)`,
    () => `setproduct(["a", "b"], ${texts(inner)})`,
    () => `slice(concat(${texts(inner)}, ["x", "y"]), 0, 2)`,
    () => `[for k, v in ${mapOfTexts(inner)} : "\${k}=\${v}"]`,
    () => `[for i, v in ${texts(inner)} : i]`,
    () => `[{ a = ${text(inner)} }, { a = ${text(inner)} }][*].a`,
    () => `regexall("[a-z]+", ${text(inner)})`,
    () => `coalescelist(${texts(inner)}, ["z"])`,
  ])();
};

const anyList: Make = (maker) => pick(maker.random, [list, map])(maker);

const mapOfTexts: Make = (maker) => {
  const { random, depth } = maker;
  const entries = Array.from({ length: Math.floor(random() * 4) }, () => pick(random, ['a', 'b', 'c', 'prod', '"x.y"']));
  const plain = () =>
    `{ ${[...new Set(entries)].map((key) => `${key} = ${depth > 0 ? text(deeper(maker)) : literalText(maker)}`).join(', ')} }`;
  if (depth <= 0) return plain();
  const inner = deeper(maker);
  return pick<() => string>(random, [
    plain,
    plain,
    () => `merge(${mapOfTexts(inner)}, ${mapOfTexts(inner)})`,
    () => `{ for k, v in ${mapOfTexts(inner)} : upper(k) => v }`,
    () => `{ for v in distinct(${texts(inner)}) : v => length(v) }`,
    () => `zipmap(["p", "q"], [${text(inner)}, ${text(inner)}])`,
    () => `tomap(${mapOfTexts(inner)})`,
  ])();
};

const map: Make = (maker) => {
  const { random } = maker;
  const inner = deeper(maker);
  return pick<() => string>(random, [
    () => mapOfTexts(maker),
    () => `{ a = ${maker.depth > 0 ? anyOf(inner) : 'null'}, b = ${maker.depth > 0 ? anyOf(inner) : '1'} }`,
    () => `merge({ a = ${number(inner)} }, ${mapOfTexts(inner)}, null)`,
    () => `{ for v in ${texts(inner)} : v => v... }`,
    () => `yamldecode(yamlencode(${maker.depth > 0 ? anyOf(inner) : '{}'}))`,
    () => `jsondecode(jsonencode(${maker.depth > 0 ? anyOf(inner) : '{}'}))`,
    () =>
      `yamldecode("${pick(random, ['a: yes\\nb: 010\\nc: [1, x]', 'k: {y: 1, n: ~}', '- a\\n- 0x1F\\n- 2024-01-02', 'x: |\\n  a\\n  b\\ny: >-\\n  a\\n  b'])}")`,
    () => `regex("(?P<head>[a-z])(?P<rest>.*)", "abc-\${${integer(inner)}}")`,
    () => `transpose({ a = ${texts(inner)} })`,
  ])();
};
