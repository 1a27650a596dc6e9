/** The functions of function-go-templating (`function_maps.go`) over sprig's, in the first round: nothing is observed yet. */
import { createHash } from 'node:crypto';
import { failCall } from '../../../gotemplate/failure.ts';
import { type Functions, type GoFunction, goFunction, textFunction } from '../../../gotemplate/function.ts';
import { hermeticSprig } from '../../../gotemplate/functions/sprig.ts';
import { type GoMap, type GoValue, goFloat, goList, goMap, goNil, goString, type Unknown } from '../../../gotemplate/value.ts';
import { parseYaml } from '../../../yaml/parse.ts';
import { wholeFile } from '../../../yaml/place.ts';
import { goValueOf } from '../values.ts';
import { toYaml } from './to-yaml.ts';

const nilMap: GoValue = { ...goMap([]), isNil: true };
const nilList: GoValue = { ...goList([]), isNil: true };

/** What only the cluster knows, or nobody. */
const unknownFunction = (name: string, why: string): GoFunction =>
  goFunction({ takes: [], rest: 'any', unknowns: 'structure', gives: (): Unknown => ({ type: 'unknown', why, key: name }) });

/** mergo over maps: the first one's values win, or the last one's. */
const mergedMaps = (maps: readonly GoMap[], overwrites: boolean): GoValue => {
  const [first, ...rest] = maps;
  if (first === undefined) return nilMap;
  for (const other of rest) mergeInto(first, other, overwrites);
  return first;
};

const mergeInto = (target: GoMap, source: GoMap, overwrites: boolean) => {
  for (const [key, value] of source.entries) {
    const known = target.entries.get(key);
    if (known?.type === 'map' && value.type === 'map') mergeInto(known, value, overwrites);
    else if (known === undefined || isZero(known) || (overwrites && value.type !== 'nil')) target.entries.set(key, value);
  }
};

const isZero = (value: GoValue): boolean => {
  switch (value.type) {
    case 'nil':
      return true;
    case 'bool':
      return !value.value;
    case 'string':
      return value.value === '';
    case 'int':
      return value.value === 0n;
    case 'float64':
      return value.value === 0;
    case 'list':
      return value.items.length === 0;
    case 'map':
      return value.entries.size === 0;
    case 'unknown':
      return false;
    default:
      return value satisfies never;
  }
};

const copied = (value: GoValue): GoValue => {
  if (value.type === 'list') return { ...value, items: value.items.map(copied) };
  return value.type === 'map' ? { ...value, entries: new Map([...value.entries].map(([key, item]) => [key, copied(item)])) } : value;
};

const fromYaml = (text: string): GoValue => {
  const { documents, problems } = parseYaml(text, wholeFile(''));
  const [wrong] = problems;
  if (wrong) return failCall(`yaml: ${wrong.message}`);
  const root = documents[0]?.root;
  return root ? withoutPlaces(goValueOf(root, 'int64')) : goNil;
};

/** What is read out of a text has no place of its own. */
const withoutPlaces = (value: GoValue): GoValue => {
  if (value.type === 'list') return { ...value, at: undefined, items: value.items.map(withoutPlaces) };
  if (value.type === 'map')
    return { ...value, at: undefined, entries: new Map([...value.entries].map(([key, item]) => [key, withoutPlaces(item)])) };
  return { ...value, at: undefined };
};

const numberOf = (value: GoValue): number => {
  if (value.type === 'int') return Number(value.value);
  return value.type === 'float64' ? value.value : value.type === 'string' ? Number(value.value) || 0 : 0;
};

const floating = (combine: (a: number, b: number) => number): GoFunction =>
  goFunction({
    takes: ['any'],
    rest: 'any',
    gives: ([first], _context, rest) => goFloat(rest.reduce<number>((sum, next) => combine(sum, numberOf(next)), numberOf(first))),
  });

const include: GoFunction = {
  ...goFunction({ takes: ['string', 'any'], unknowns: 'structure', gives: () => goNil }),
  rendersTemplate: true,
};

/** The XR of `.`, which they are given. */
const compositeIn = (request: GoValue): GoValue =>
  ['observed', 'composite', 'resource'].reduce<GoValue>(
    (here, key) => (here.type === 'map' ? (here.entries.get(key) ?? goNil) : here.type === 'unknown' ? here : goNil),
    request,
  );

const random = [
  ...['randomChoice', 'randAlphaNum', 'randAlpha', 'randAscii', 'randNumeric', 'randBytes', 'shuffle', 'uuidv4', 'bcrypt', 'htpasswd'],
  ...['genPrivateKey', 'genCA', 'genCAWithKey', 'genSelfSignedCert', 'genSelfSignedCertWithKey', 'genSignedCert', 'genSignedCertWithKey'],
];
const ofTheMoment = ['now', 'ago', 'date', 'date_in_zone', 'date_modify', 'dateInZone', 'dateModify', 'htmlDate', 'htmlDateInZone'];
const notKnownHere = [
  ...['must_date_modify', 'mustDateModify', 'mustToDate', 'toDate', 'unixEpoch', 'duration', 'durationRound', 'getHostByName'],
  ...['abbrev', 'abbrevboth', 'initials', 'snakecase', 'camelcase', 'kebabcase', 'wrap', 'wrapWith', 'swapcase', 'derivePassword'],
  ...['buildCustomCert', 'encryptAES', 'decryptAES', 'semver', 'semverCompare', 'getCredentialData', 'getResourceCondition'],
];

const named = (names: readonly string[], why: (name: string) => string) =>
  names.map((name) => [name, unknownFunction(name, why(name))] as const);

const known: ReadonlyMap<string, GoFunction> = new Map([
  ...hermeticSprig,
  ...named(random, (name) => `${name} is random`),
  ...named(ofTheMoment, (name) => `${name} depends on the moment`),
  ...named(notKnownHere, (name) => `what ${name} gives is not known here`),
  ...Object.entries({
    include,
    toYaml: goFunction({ takes: ['any'], unknowns: 'text', gives: ([value], context) => goString(toYaml(value, context)) }),
    fromYaml: goFunction({ takes: ['string'], gives: ([text]) => fromYaml(text) }),
    setResourceNameAnnotation: textFunction(['string'], ([name]) => `gotemplating.fn.crossplane.io/composition-resource-name: ${name}`),
    getCompositeResource: goFunction({ takes: ['any'], unknowns: 'structure', gives: ([request]) => compositeIn(request) }),
    getComposedResource: goFunction({ takes: ['any', 'string'], unknowns: 'structure', gives: () => nilMap }),
    getComposedConnectionDetails: goFunction({ takes: ['any', 'string'], unknowns: 'structure', gives: () => nilMap }),
    getExtraResources: goFunction({ takes: ['any', 'string'], unknowns: 'structure', gives: () => nilList }),
    getExtraResourcesFromContext: goFunction({ takes: ['any', 'string'], unknowns: 'structure', gives: () => nilList }),
    sha512sum: goFunction({ takes: ['string'], gives: ([text]) => goString(createHash('sha512').update(text).digest('hex')) }),
    nospace: textFunction(['string'], ([text]) => text.replace(/\s/gu, '')),
    untitle: textFunction(['string'], ([text]) => text.replace(/(?<=^|\s)\S/gu, (letter) => letter.toLowerCase())),
    merge: goFunction({ takes: ['map'], rest: 'map', gives: ([first], _context, rest) => mergedMaps([first, ...rest], false) }),
    mustMerge: goFunction({ takes: ['map'], rest: 'map', gives: ([first], _context, rest) => mergedMaps([first, ...rest], false) }),
    mergeOverwrite: goFunction({ takes: ['map'], rest: 'map', gives: ([first], _context, rest) => mergedMaps([first, ...rest], true) }),
    mustMergeOverwrite: goFunction({ takes: ['map'], rest: 'map', gives: ([first], _context, rest) => mergedMaps([first, ...rest], true) }),
    deepCopy: goFunction({ takes: ['any'], unknowns: 'structure', gives: ([value]) => copied(value) }),
    mustDeepCopy: goFunction({ takes: ['any'], unknowns: 'structure', gives: ([value]) => copied(value) }),
    add1f: goFunction({ takes: ['any'], gives: ([number]) => goFloat(numberOf(number) + 1) }),
    addf: floating((a, b) => a + b),
    subf: floating((a, b) => a - b),
    mulf: floating((a, b) => a * b),
    divf: floating((a, b) => a / b),
  }),
]);

export const templateFunctions: Functions = (name) => known.get(name);
