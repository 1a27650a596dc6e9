/** Random templates that exercise the whole language: mostly right, a few wrong. */

export interface TemplateRequest {
  readonly template: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface Random {
  /** A whole number from 0 to below `count`. */
  readonly below: (count: number) => number;
  readonly pick: <T>(choices: readonly T[]) => T;
  readonly chance: (probability: number) => boolean;
}

/** Mulberry32: the same numbers for the same seed. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    below,
    pick: (choices) => {
      const choice = choices[below(choices.length)];
      if (choice === undefined) throw new Error('nothing to pick from');
      return choice;
    },
    chance: (probability) => next() < probability,
  };
};

const texts = [
  'a',
  'billing',
  '',
  'Team A',
  'x: y',
  'é"q"',
  ' pad ',
  '1.20',
  '007',
  'yes',
  'a-b_c.d',
  'line\nnext',
  '<&>',
  'ünïcode ß',
  '日本',
  "it's",
  '12',
  '-3',
  '0x1F',
  'https://u:p@example.com:80/a/b?c=d#e',
  'a,b,,c',
  '/x//y/../z.tar.gz',
  '{"a":[1,2.5,null,true]}',
  'YWJj',
] as const;
const numbers = [0, 1, -1, 3, 2.5, 0.00001, -7, 42, 65] as const;

const randomValue = (random: Random, depth: number): unknown => {
  const kind = random.below(depth > 0 ? 8 : 5);
  if (kind < 2) return random.pick(texts);
  if (kind === 2) return random.pick(numbers);
  if (kind === 3) return random.chance(0.5);
  if (kind === 4) return random.chance(0.3) ? null : random.pick(texts);
  const size = random.below(4);
  if (kind === 5) return Array.from({ length: size }, () => randomValue(random, depth - 1));
  if (kind === 6) return Array.from({ length: size }, () => random.pick(texts));
  return Object.fromEntries(Array.from({ length: size }, () => [random.pick(['a', 'b', 'name', 'Z']), randomValue(random, depth - 1)]));
};

export const randomTemplate = (random: Random): TemplateRequest => {
  const inputs = {
    text: random.pick(texts),
    number: random.pick(numbers),
    flag: random.chance(0.5),
    list: Array.from({ length: random.below(5) }, () => random.pick(texts)),
    mixed: Array.from({ length: random.below(4) }, () => randomValue(random, 2)),
    map: { a: random.pick(texts), name: randomValue(random, 2), n: random.pick(numbers) },
    any: randomValue(random, 3),
    nothing: null,
    big: random.pick([1_000_000, 123_456_789, 1e20, 1e21]),
  };
  return { template: nodes(random, { depth: 3, variables: ['$'], inRange: false }), inputs };
};

interface Scope {
  readonly depth: number;
  readonly variables: readonly string[];
  readonly inRange: boolean;
  /** In a definition: it calls no template, which would go on for very long. */
  readonly isDefined?: boolean;
}

const literals = ['text ', '\n', 'key: ', '  ', ' - ', '{ ', ' }', 'x', '\t\n ', '>', '"'] as const;

const nodes = (random: Random, scope: Scope): string => {
  let result = '';
  let { variables } = scope;
  for (let count = 1 + random.below(4); count > 0; count--) {
    const made = node(random, { ...scope, variables });
    result += made.text;
    variables = [...variables, ...made.declares];
  }
  return result;
};

interface Made {
  readonly text: string;
  readonly declares: readonly string[];
}

const action = (random: Random, content: string): string =>
  `<<${random.chance(0.2) ? '- ' : random.chance(0.8) ? ' ' : ''}${content}${random.chance(0.2) ? ' -' : ' '}>>`;

const node = (random: Random, scope: Scope): Made => {
  const { depth } = scope;
  const just = (text: string): Made => ({ text, declares: [] });
  const inner = (more: readonly string[] = [], inRange = scope.inRange) =>
    nodes(random, { depth: depth - 1, variables: [...scope.variables, ...more], inRange, isDefined: scope.isDefined ?? false });
  const pipe = () => pipeline(random, scope, 'any');
  const end = () => (random.chance(0.3) ? action(random, 'else') + inner() : '') + action(random, 'end');
  const kind = random.below(depth > 0 ? (scope.isDefined ? 14 : 16) : 8);
  if (kind < 3) return just(random.pick(literals));
  if (kind < 7) return just(action(random, pipe()));
  if (kind === 7) {
    if (random.chance(0.2)) return just(random.chance(0.5) ? '<</* note */>>' : '<<- /* note\n more */ ->>');
    const name = `$${random.pick(['x', 'y', 'z'])}`;
    if (scope.variables.includes(name) && random.chance(0.5)) return just(action(random, `${name} = ${pipe()}`));
    return { text: action(random, `${name} := ${pipe()}`), declares: [name] };
  }
  if (kind < 10) {
    const middle = random.chance(0.3) ? action(random, `else if ${pipe()}`) + inner() : '';
    return just(action(random, `if ${pipe()}`) + inner() + middle + end());
  }
  if (kind === 10) return just(action(random, `with ${pipe()}`) + inner() + end());
  if (kind < 14) {
    const over = random.chance(0.8)
      ? pipeline(random, { ...scope, variables: ['$'] }, random.pick(['list', 'list', 'map']))
      : operand(random, scope, 'any', 0);
    const stop = random.chance(0.2) ? action(random, random.pick(['break', 'continue'])) : '';
    const form = random.below(4);
    if (form === 0) return just(action(random, `range ${over}`) + inner([], true) + stop + end());
    if (form === 1) return just(action(random, `range $v := ${over}`) + inner(['$v'], true) + stop + end());
    return just(action(random, `range $i, $v := ${over}`) + inner(['$i', '$v'], true) + stop + end());
  }
  const name = random.pick(['one', 'two', 'three']);
  const body = nodes(random, { depth: depth - 1, variables: ['$'], inRange: false, isDefined: true });
  const unique = `${name}${random.below(1000)}`;
  if (kind === 14) return just(action(random, `block "${unique}" ${pipe()}`) + body + action(random, 'end'));
  const define = action(random, `define "${unique}"`) + body + action(random, 'end');
  const called = action(random, `template "${random.chance(0.95) ? unique : name}" ${pipe()}`);
  // Definitions stand at the top level only.
  return just(depth === 3 && !scope.isDefined ? define + called : action(random, pipe()));
};

type Type = 'any' | 'string' | 'int' | 'list' | 'map' | 'bool' | 'float';

const pipeline = (random: Random, scope: Scope, type: Type): string => {
  let here = type === 'any' ? random.pick(['string', 'string', 'int', 'float', 'list', 'map', 'bool', 'any'] as const) : type;
  let result = command(random, scope, here, 2);
  while (type === 'any' && random.chance(0.35)) {
    const wrong = random.chance(0.03);
    const [words, gives] = random.pick(random.chance(0.4) ? piped.any : piped[wrong ? 'string' : here]);
    result += ` | ${words}`;
    here = gives;
  }
  return result;
};

/** What may stand behind a `|`, by the type it takes, with the type it gives. */
const piped: Readonly<Record<Type, readonly (readonly [words: string, gives: Type])[]>> = {
  any: [
    ...[
      'quote',
      'squote',
      'toString',
      'toJson',
      'printf "%v"',
      'printf "%q"',
      'printf "%5s|"',
      'printf "%-8v|"',
      'toPrettyJson',
      'kindOf',
      'typeOf',
      'html',
      'js',
      'urlquery',
      'print "x"',
      'cat "c"',
      'toRawJson',
      'join ","',
    ].map((words) => [words, 'string'] as const),
    ...['int', 'toDecimal | int'].map((words) => [words, 'int'] as const),
    ...['not', 'empty', 'kindIs "string"', 'all', 'any 0'].map((words) => [words, 'bool'] as const),
    ...['default "d"', 'coalesce ""', 'and 1', 'or ""'].map((words) => [words, 'any'] as const),
    ...['int64 | add 1', 'add 1', 'mul 2', 'max 3'].map((words) => [words, 'any'] as const),
    ...['float64', 'ceil', 'floor'].map((words) => [words, 'float'] as const),
    ...['sortAlpha', 'toStrings', 'list', 'list 1'].map((words) => [words, 'list'] as const),
    ['dict "a"', 'map'],
  ],
  string: [
    ...[
      'upper',
      'lower',
      'title',
      'trim',
      'indent 2',
      'nindent 4',
      'replace "a" "b"',
      'b64enc | trunc 3',
      'b64enc | trunc -2',
      'trimSuffix "g"',
      'trimPrefix "b"',
      'trimAll "ab"',
      'b64enc',
      'b64enc | b64dec',
      'b32enc',
      'b32enc | b32dec',
      'sha1sum',
      'sha256sum',
      'adler32sum',
      'base',
      'dir',
      'ext',
      'clean',
      'repeat 2',
      'b64enc | substr 0 1',
      'regexFind "[a-z]+"',
      'printf "%x"',
      'printf "%+q"',
      'printf "%#q"',
      'regexQuoteMeta',
      'quote',
    ].map((words) => [words, 'string'] as const),
    ...['len', 'atoi'].map((words) => [words, 'int'] as const),
    ...['isAbs', 'contains "a"', 'hasPrefix "b"', 'hasSuffix "g"', 'eq "a"', 'regexMatch "^[a-z]"', 'lt "b"'].map(
      (words) => [words, 'bool'] as const,
    ),
    ...['splitList ","', 'splitList ""', 'regexSplit "," | list'].map((words) => [words, 'list'] as const),
    ['fromJson', 'any'],
    ['urlParse', 'map'],
  ],
  int: [
    ...['plural "one" "many"', 'printf "%03d"', 'printf "%x"', 'printf "%c"', 'min 9 | max -9 | int | seq'].map(
      (words) => [words, 'string'] as const,
    ),
    ...['eq 1', 'lt 2', 'ge 0'].map((words) => [words, 'bool'] as const),
    ['min 5 | int | until', 'list'],
  ],
  float: [
    ...['printf "%.2f"', 'printf "%g"', 'printf "%08.3f"', 'printf "%e"'].map((words) => [words, 'string'] as const),
    ['lt 2.5', 'bool'],
  ],
  list: [
    ...['uniq', 'rest', 'reverse', 'compact', 'initial', 'without "a"', 'prepend 1 | list', 'chunk 2', 'concat'].map(
      (words) => [words, 'list'] as const,
    ),
    ...['first', 'last'].map((words) => [words, 'any'] as const),
    ['has "a"', 'bool'],
    ['len', 'int'],
  ],
  map: [
    ['keys | sortAlpha', 'list'],
    ['len', 'int'],
    ['pluck "a"', 'list'],
    ['dig "a" "b"', 'any'],
  ],
  bool: [
    ['ternary "y" "n"', 'string'],
    ['printf "%t"', 'string'],
  ],
};

const command = (random: Random, scope: Scope, type: Type, depth: number): string => {
  const arg = (wanted: Type): string => {
    const wrong = random.chance(0.01);
    return operand(random, scope, wrong ? 'any' : wanted, depth - 1);
  };
  if (depth <= 0 || random.chance(0.25)) return operand(random, scope, type, depth);
  switch (type) {
    case 'string':
      return random.pick([
        () =>
          `printf ${random.pick(['"%s-%s"', '"%s/%v"', '"%q %s"', '"%-6s|%6s"', '"%.2s%x"', '"%v%%%d"'])} ${arg('string')} ${arg('string')}`,
        () =>
          `printf ${random.pick(['"%d"', '"%03d"', '"%x"', '"%5d|"', '"%-5d|"', '"%+d"', '"%c"', '"%o"', '"%U"', '"%q"', '"%s"'])} ${arg('int')}`,
        () => `printf ${random.pick(['"%f"', '"%.2f"', '"%g"', '"%e"', '"%8.3f|"', '"%v"', '"%d"', '"%G"', '"%06.1f"'])} ${arg('float')}`,
        () => `print ${arg('any')} ${arg('any')} ${arg('any')}`,
        () => `println ${arg('any')} ${arg('any')}`,
        () => `join ${arg('string')} ${arg('list')}`,
        () => `replace ${arg('string')} ${arg('string')} ${arg('string')}`,
        () => `trunc ${arg('int')} (b64enc ${arg('string')})`,
        () => `substr ${random.below(3)} ${random.below(6)} (sha1sum ${arg('string')})`,
        () => `repeat ${random.below(4)} ${arg('string')}`,
        () => `quote ${arg('any')} ${arg('any')}`,
        () => `cat ${arg('any')} ${arg('any')}`,
        () => `trimAll ${arg('string')} ${arg('string')}`,
        () =>
          `regexReplaceAll ${random.pick(['"[aeiou]"', '"(a)(.)?"', '"x*"', '"^."', '"(?P<n>l+)"', '"\\\\b"'])} ${arg('string')} ${random.pick(['"-"', '"$1"', '"${1}z"', '"<$0>"', '"${n}"', '"$$"'])}`,
        () => `regexFind ${random.pick(['"[a-z]+"', '"z*"', '"("'])} ${arg('string')}`,
        () => `seq ${random.below(5)} ${random.below(9)}`,
        () => `toJson ${arg('any')}`,
        () => `plural "a" "b" ${arg('int')}`,
        () => `index (split ${arg('string')} ${arg('string')}) "_0"`,
        () => `html ${arg('any')}`,
        () => `regexQuoteMeta ${arg('string')}`,
        () => `slice ${arg('list')} ${random.below(3)} ${random.below(4)} | toJson`,
        () =>
          `get (urlParse ${arg('string')}) ${random.pick(['"host"', '"path"', '"scheme"', '"query"', '"hostname"', '"fragment"', '"userinfo"'])}`,
      ])();
    case 'int':
      return random.pick([
        () => `len ${arg(random.pick(['string', 'list', 'map']))}`,
        () => `int ${arg('any')}`,
        () => `add ${arg('any')} ${arg('any')}`,
        () => `sub ${arg('any')} ${arg('any')}`,
        () => `mul ${arg('any')} ${arg('any')}`,
        () => `div ${arg('any')} ${arg('any')}`,
        () => `mod ${arg('any')} ${arg('any')}`,
        () => `max ${arg('any')} ${arg('any')}`,
        () => `min ${arg('any')} ${arg('any')}`,
        () => `add1 ${arg('any')}`,
        () => `atoi ${arg('string')}`,
        () => `toDecimal ${arg('any')}`,
        () => `index (sha1sum ${arg('string')}) ${random.below(3)}`,
      ])();
    case 'float':
      return random.pick([
        () => `float64 ${arg('any')}`,
        () => `round ${arg('any')} ${random.below(4)}`,
        () => `ceil ${arg('any')}`,
        () => `floor ${arg('any')}`,
        () => `maxf ${arg('any')} ${arg('any')}`,
        () => `minf ${arg('any')} ${arg('any')}`,
      ])();
    case 'list':
      return random.pick([
        () => `list ${arg('any')} ${arg('any')} ${arg('any')}`,
        () => `until ${random.below(5)}`,
        () => `untilStep ${random.below(3)} ${random.below(9)} ${1 + random.below(3)}`,
        () => `append ${arg('list')} ${arg('any')}`,
        () => `prepend ${arg('list')} ${arg('any')}`,
        () => `concat ${arg('list')} ${arg('list')}`,
        () => `sortAlpha ${arg('list')}`,
        () => `uniq ${arg('list')}`,
        () => `without ${arg('list')} ${arg('any')}`,
        () => `reverse ${arg('list')}`,
        () => `rest ${arg('list')}`,
        () => `initial ${arg('list')}`,
        () => `compact ${arg('list')}`,
        () => `chunk ${1 + random.below(3)} ${arg('list')}`,
        () => `splitList ${arg('string')} ${arg('string')}`,
        () => `regexSplit ${random.pick(['","', '"[ab]+"', '"x*"', '" "'])} ${arg('string')} ${random.pick(['-1', '0', '1', '2'])}`,
        () => `regexFindAll ${random.pick(['"[a-z]"', '"a*"', '"."', '"\\\\d+"'])} ${arg('string')} ${random.pick(['-1', '1', '2'])}`,
        () => `keys ${arg('map')} | sortAlpha`,
        () => `pluck "a" ${arg('map')} ${arg('map')}`,
        () => `toStrings ${arg('any')}`,
        () => `slice ${arg('list')} ${random.below(2)}`,
      ])();
    case 'map':
      return random.pick([
        () => `dict ${arg('string')} ${arg('any')} ${arg('string')} ${arg('any')}`,
        () => `set ${arg('map')} "k" ${arg('string')}`,
        () => `unset ${arg('map')} "a"`,
        () => `pick ${arg('map')} "a" "name"`,
        () => `omit ${arg('map')} "a"`,
        () => `splitn ${arg('string')} 2 ${arg('string')}`,
      ])();
    case 'bool':
      return random.pick([
        () => `eq ${arg('string')} ${arg('string')}`,
        () => `ne ${arg('int')} ${arg('int')}`,
        () => `lt ${arg('int')} ${arg('int')}`,
        () => `le ${arg('float')} ${arg('float')}`,
        () => `gt ${arg('string')} ${arg('string')}`,
        () => `ge ${arg('any')} ${arg('any')}`,
        () => `eq ${arg('any')} ${arg('any')} ${arg('any')}`,
        () => `and ${arg('any')} ${arg('any')}`,
        () => `or ${arg('any')} ${arg('any')}`,
        () => `not ${arg('any')}`,
        () => `hasKey ${arg('map')} ${random.pick(['"a"', '"q"'])}`,
        () => `has ${arg('any')} ${arg('list')}`,
        () => `empty ${arg('any')}`,
        () => `contains ${arg('string')} ${arg('string')}`,
        () => `hasPrefix ${arg('string')} ${arg('string')}`,
        () => `regexMatch ${random.pick(['"^a"', '"("', '"."'])} ${arg('string')}`,
        () => `deepEqual ${arg('any')} ${arg('any')}`,
        () => `kindIs ${random.pick(['"string"', '"slice"', '"int"'])} ${arg('any')}`,
        () => `typeIs ${random.pick(['"string"', '"float64"', '"[]interface {}"'])} ${arg('any')}`,
        () => `all ${arg('any')} ${arg('any')}`,
        () => `any ${arg('any')} ${arg('any')}`,
      ])();
    default:
      return random.pick([
        () => command(random, scope, random.pick(['string', 'string', 'int', 'float', 'list', 'map', 'bool']), depth),
        () => `get ${arg('map')} ${random.pick(['"a"', '"q"', '"name"'])}`,
        () => `default ${arg('any')} ${arg('any')}`,
        () => `coalesce ${arg('any')} ${arg('any')} ${arg('any')}`,
        () => `ternary ${arg('any')} ${arg('any')} ${arg('bool')}`,
        () => `first ${arg('list')}`,
        () => `last ${arg('list')}`,
        () => `index ${arg('list')} ${random.below(2)}`,
        () => `index ${arg('map')} ${random.pick(['"a"', '"q"'])}`,
        () => `dig "a" "b" ${arg('any')} ${arg('map')}`,
        () => `fromJson ${arg('string')}`,
        () => `mustFromJson ${arg('string')}`,
        () => `mustFirst ${arg('any')}`,
        () =>
          `printf ${random.pick(['"%v"', '"%T"', '"%t"', '"%s"', '"%d"', '"%q"', '"%x"', '"%6v|"', '"%v %v"', '"%!"', '"%"', '"%z"', '"%[1]v%[1]T"', '"%*d"', '"%+v"', '"%05v"'])} ${arg('any')}`,
      ])();
  }
};

const operand = (random: Random, scope: Scope, type: Type, depth: number): string => {
  if (depth > 0 && random.chance(0.35)) {
    const inner = `(${command(random, scope, type, depth)})`;
    return type === 'map' && random.chance(0.2) ? `${inner}.a` : inner;
  }
  if (random.chance(0.06))
    return random.pick([
      '.',
      'nil',
      '$',
      'true',
      '"x"',
      '3',
      '-1.5',
      "'a'",
      '0x1F',
      '1_000',
      '1e3',
      '.5',
      '`raw`',
      '.a',
      'inputs.missing',
      '.name',
    ]);
  const variable = scope.variables.length > 1 && random.chance(0.3) ? random.pick(scope.variables) : undefined;
  if (variable !== undefined) return random.chance(0.1) ? `${variable}.a` : variable;
  switch (type) {
    case 'string':
      return random.pick(['inputs.text', '"a"', '"lit"', '`r\\w`', '"e\\u00e9\\n"', 'inputs.map.a', '""', '"-"', 'inputs.text']);
    case 'int':
      return random.pick(['1', '0', '3', '-2', "'x'", '0x10', '0b11', '(int inputs.number)', '7']);
    case 'float':
      return random.pick(['1.5', 'inputs.number', '-0.25', '1e2', '(float64 "2.75")', 'inputs.map.n']);
    case 'list':
      return random.pick(['inputs.list', 'inputs.mixed', 'inputs.list', '(list)', '(list 1 "a")']);
    case 'map':
      return random.pick(['inputs.map', 'inputs', 'inputs.map', '(dict "a" 1)', '(dict "b" (dict "a" "deep"))']);
    case 'bool':
      return random.pick(['true', 'false', 'inputs.flag']);
    default:
      return random.pick([
        'inputs.text',
        'inputs.number',
        'inputs.flag',
        'inputs.list',
        'inputs.map',
        'inputs.any',
        'inputs.mixed',
        'inputs.nothing',
        '.',
        '"s"',
        '2',
        'inputs.map.name',
        '(print inputs.big)',
        '(toJson inputs.big)',
      ]);
  }
};
