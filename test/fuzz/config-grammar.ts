/** Texts as `.flux-lint.yaml`, and expressions in CEL. */

import { configSchema } from '../../src/config/config-schema.ts';
import { type Shape, valueBySchema, yamlOf } from './by-schema.ts';
import { anyOf, babble, type Chance, sentence, times, word } from './chance.ts';

const definitions: Readonly<Record<string, Shape>> = configSchema.definitions;
const properties: Readonly<Record<string, Shape>> = configSchema.properties;
const ownWays = new Set(['rules', 'expressions']);
const names = Object.keys(properties).filter((name) => !ownWays.has(name));

/** A configuration of the right shape for the most part, with rules that there are and expressions that compile. */
export const configText = (chance: Chance): string => {
  if (chance.is(0.05)) return sentence(chance);
  const wanted = times(1 + chance.below(3), () => anyOf(chance, names) ?? 'root');
  const fieldText = (name: string): string =>
    yamlOf({ [name]: valueBySchema(properties[name] ?? {}, { chance, definitions, share: 0.5 }) }, chance);
  const fields = new Map(wanted.map((name) => [name, fieldText(name)] as const));
  if (chance.is(0.4)) fields.set('rules', `rules: ${JSON.stringify({ [chance.of(ruleIds)]: setting(chance) })}\n`);
  if (chance.is(0.3))
    fields.set('expressions', `expressions: ${JSON.stringify(times(1 + chance.below(2), (index) => expression(chance, index)))}\n`);
  return [...fields.values()].join('');
};

const ruleIds = [
  'reliability/missing-timeout',
  'build/stray-file',
  'references/unknown-dependency',
  'constructor',
  'a/b',
  '__proto__',
] as const;

const setting = (chance: Chance): unknown =>
  chance.is(0.7)
    ? chance.of(['error', 'warning', 'info', 'off', word(chance)])
    : [chance.of(['error', 'off']), { [word(chance)]: word(chance) }];

const expression = (chance: Chance, index: number): unknown => ({
  id: chance.of([`acme/rule-${index}`, `acme/rule-${index}`, word(chance)]),
  message: `${word(chance)}.`,
  assert: celText(chance),
  ...(chance.is(0.3) ? { match: { kind: chance.of(['ConfigMap', 'Deployment', word(chance)]), namespace: word(chance) } } : {}),
});

/** An expression that a person might write, or pieces of the language one behind the other. */
export const celText = (chance: Chance): string => (chance.is(0.15) ? babble(chance, celPieces, 12) : bool(chance, 3));

const celPieces = [
  ...['object', '.', '[', ']', '(', ')', '{', '}', ',', ':', '?', '!', '-', '+', '*', '/', '%', '==', '!=', '<', '<=', '&&', '||', ' in '],
  ...[
    'has(',
    'all(',
    'x',
    '"a"',
    "'b'",
    'r"\\d"',
    'b"x"',
    '1',
    '1u',
    '1.5',
    '0x1f',
    'true',
    'null',
    '// c\n',
    '"""',
    '\\u',
    'size(',
    'matches(',
  ],
];

const bool = (chance: Chance, depth: number): string => {
  if (depth === 0) return chance.of(['true', 'has(object.metadata)', 'object.kind == "ConfigMap"']);
  const next = depth - 1;
  return chance.of<() => string>([
    () => `${bool(chance, next)} ${chance.of(['&&', '||'])} ${bool(chance, next)}`,
    () => `!(${bool(chance, next)})`,
    () => `(${bool(chance, next)} ? ${bool(chance, next)} : ${bool(chance, next)})`,
    () => `${text(chance, next)} ${chance.of(['==', '!=', '<', '>='])} ${text(chance, next)}`,
    () => `${number(chance, next)} ${chance.of(['==', '<', '>='])} ${number(chance, next)}`,
    () => `${text(chance, next)} in ${list(chance, next)}`,
    () => `${list(chance, next)}.${chance.of(['all', 'exists', 'exists_one'])}(x, ${bool(chance, next)})`,
    () => `${text(chance, next)}.${chance.of(['startsWith', 'endsWith', 'contains', 'matches'])}(${text(chance, next)})`,
    () => `has(${path(chance)})`,
  ])();
};

const text = (chance: Chance, depth: number): string => {
  if (depth <= 0) return chance.of([JSON.stringify(word(chance)), path(chance), '"aaaaaaaaaaaaaaaaaaaaaaaaaaaa!"', '"(a+)+$"']);
  const next = depth - 1;
  return chance.of<() => string>([
    () => `${text(chance, next)} + ${text(chance, next)}`,
    () => `${list(chance, next)}.join(${text(chance, next)})`,
    () => `string(${number(chance, next)})`,
    () => `${list(chance, next)}[${number(chance, next)}]`,
    () => path(chance),
    () => `${text(chance, next)}.${chance.of(['lowerAscii()', 'trim()', 'substring(1)', `replace("a", ${text(chance, next)})`])}`,
  ])();
};

const number = (chance: Chance, depth: number): string => {
  if (depth <= 0) return chance.of(['0', '1', '-1', '9223372036854775807', '1.5', 'size(object)']);
  const next = depth - 1;
  return chance.of<() => string>([
    () => `${number(chance, next)} ${chance.of(['+', '-', '*', '/', '%'])} ${number(chance, next)}`,
    () => `size(${chance.is(0.5) ? text(chance, next) : list(chance, next)})`,
    () => `int(${text(chance, next)})`,
  ])();
};

const list = (chance: Chance, depth: number): string => {
  if (depth <= 0) return chance.of(['[]', '["a", "b"]', '[1, 2, 3]', 'object.metadata', path(chance)]);
  const next = depth - 1;
  return chance.of<() => string>([
    () => `${list(chance, next)}.map(x, ${text(chance, next)})`,
    () => `${list(chance, next)}.filter(x, ${bool(chance, next)})`,
    () => `${list(chance, next)} + ${list(chance, next)}`,
    () => `${text(chance, next)}.split(${text(chance, next)})`,
  ])();
};

const path = (chance: Chance): string =>
  chance.of([
    'object.metadata.name',
    'object.data',
    'object.spec.replicas',
    'object["kind"]',
    'object.spec.template.spec.containers',
    'x',
    `object[${JSON.stringify(word(chance))}]`,
  ]);
