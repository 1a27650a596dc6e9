import fc from 'fast-check';

/**
 * Block texts as manifests have them, and a little beside: most are within the grammar of `readBlock`, the others show
 * that it knows where its grammar ends.
 */
export const blockText = (): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.oneof({ weight: 6, arbitrary: fc.constant('') }, { weight: 2, arbitrary: fc.constant('---\n') }, trivia, fc.constant('--- # c\n')),
      fc.array(fc.tuple(root, trivia), { minLength: 1, maxLength: 3 }),
      mostly(
        ['---\n', '---\n', '--- # c\n', '---  \n', '---\n# c\n', '---\n---\n', '---\n\n  # c\n---\n', '---\n  \n---\n'],
        ['...\n', '---#c\n', '--- a: b\n', '---\n%x\n', '%YAML 1.2\n---\n'],
      ),
      fc.constantFrom(0, 0, 0, 0, 1, 2),
      fc.tuple(fc.nat(), fc.constantFrom(...oddities)),
    )
    .map(([before, documents, marker, cut, [at, oddity]]) => {
      const text = before + documents.map(([lines, after]) => `${lines.join('\n')}\n${after}`).join(marker);
      const odd = oddity === '' ? text : text.slice(0, at % (text.length + 1)) + oddity + text.slice(at % (text.length + 1));
      return odd.slice(0, odd.length - cut);
    });

/** Put in anywhere. Nothing, most of the time. */
const oddities = [
  ...Array<string>(120).fill(''),
  ' ',
  '\n',
  ':',
  ': ',
  '-',
  '- ',
  '#',
  ' #',
  '"',
  "'",
  '\\',
  '|',
  '&a ',
  '*a',
  '!',
  '[',
  '}',
  ',',
  '\t',
  '\r\n',
  '\n\n',
  '\n  # c\n',
  '? ',
  '%',
  '---',
];

type Lines = readonly string[];

/** One of `good` nearly always: a text of many parts is outside the grammar as soon as one of them is. */
const mostly = <T>(good: readonly T[], rare: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 60, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: fc.constantFrom(...rare) });

const trivia: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.constantFrom(0, 0, 1, 2, 3, 4, 6), fc.constantFrom('', '# c', '#', '# a: b')), { maxLength: 3 })
  .map((lines) => lines.map(([indent, text]) => `${' '.repeat(indent)}${text}\n`).join(''))
  .chain((some) => fc.constantFrom('', '', '', some));

const comment = mostly(['', '', '', '', '', '', ' # c', '  ', ' #', '   # a: b'], ['# c']);

const plain = mostly(
  [
    'a',
    'b c',
    '1',
    '010',
    'true',
    'null',
    '~',
    'http://x.y/z',
    'a:b',
    'a#b',
    '-1',
    '--flag',
    ':a',
    '.5',
    '2024-01-01',
    '$(VAR)',
    '=',
    'a, b',
    'a]',
    '1_000',
    "it's",
    'say "x"',
    '---',
    'é',
    '😀 b',
    '-a',
    '?a',
    'x {y}',
    'a & b',
    '<<',
    'a \\ b',
    '&a b',
    '&b-1 c d',
    '*a',
    '*b-1',
  ],
  ['-', '{{ x }}', 'x: y', 'a:', '*a', '&a b', '!t b', '@a', '%a', '> 1', '| x', '?', ':', ',', '&a', '!!str 5', '`'],
);
const quoted = mostly(
  [
    "'a'",
    '"a"',
    "''",
    '""',
    "'it''s'",
    '"a\\nb"',
    '"\\\\"',
    '"\\\\\\""',
    "'a: b # c'",
    '"a # b"',
    '"a\\\\n"',
    "'\\'",
    '" "',
    "''''",
    '"\\\\\\\\n\\n"',
    '"\\t\\"\\/"',
    "'\"'",
    '"\'"',
    "' '' '",
    '"5"',
  ],
  ['"\\x41"', '"\\q"', '"a', "'a''", '"\\u00e9"', '"a\n  b"', "'a\n\n  b'", '"\\"', "'a'b", '"a" "b"', "'a': b", '"a":'],
);
const flowScalar = mostly(
  ['a', '1', 'b c', '"x"', "'y'", 'a:b', '-1', 'http://x', 'a#b', ':a', '$X', '=', 'null', '.x', "it's"],
  ['-', '', 'a #b', '?a', '*a', '<<', '-]', '?,', 'a: b', '"x":y', '&a', '!t', '# c'],
);
const deep = `\n${' '.repeat(20)}`;

/** What stands between a bracket and its first or last part. */
const inBracket = mostly(['', '', '', '', ' ', deep, `\n${deep}`], ['\n', '\n  ', `${deep}# c${deep}`, '\n---\n']);

const flow: fc.Arbitrary<string> = fc.letrec<{ flow: string }>((tie) => ({
  flow: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom('[]', '{}', '[ ]', '{ }'),
    fc
      .tuple(
        inBracket,
        fc.array(fc.oneof(flowScalar, tie('flow')), { maxLength: 3 }),
        mostly([',', ', ', ' , ', ',  ', `,${deep}`, `${deep}, `], [' ,', ',,', ',\n']),
        mostly(['', '', '', ','], [',,']),
        inBracket,
      )
      .map(([open, items, comma, last, close]) => `[${open}${items.join(comma)}${items.length > 0 ? last : ''}${close}]`),
    fc
      .tuple(
        inBracket,
        fc.array(
          fc.tuple(flowScalar, mostly([': ', ':  ', ': ', ': ', `: ${deep}`], [':', ' : ', `:${deep}`]), fc.oneof(flowScalar, tie('flow'))),
          { maxLength: 3 },
        ),
        mostly([', ', ' ,', ',', `,${deep}`], [',,']),
        mostly(['', '', '', ','], [',,']),
        inBracket,
      )
      .map(([open, pairs, comma, last, close]) => {
        const parts = pairs.map((pair) => pair.join('')).join(comma);
        return `{${open}${parts}${pairs.length > 0 ? last : ''}${close}}`;
      }),
  ),
})).flow;

const key = mostly(
  [
    ...'abcdefghijklmn',
    'app.kubernetes.io/name',
    'x y',
    '"q"',
    "'q s'",
    '1',
    'null',
    'a:b',
    '-x',
    '$(A)',
    '"a: b"',
    "'# c'",
    'a#b',
    '=',
    ':x',
    '?y',
    '---x',
  ],
  ['<<', '*a', '&a b', '? a', '! a', '{a}', '[a]', 'a #b', '"a"b', '"a', '', '%a', '- a'],
);

/** The lines of a block scalar, as deep as its header's `by` says. */
const blockScalar = (parent: number): fc.Arbitrary<readonly [string, Lines]> =>
  fc.tuple(
    mostly(['|', '|', '|-', '>', '>-', '|', '|-', '|2', '|1-', '>2-'], ['|+', '>+', '|9', '> ', '| # c', '|-2', '|x']),
    fc
      .tuple(
        fc.constantFrom(1, 2, 2, 4),
        fc.array(
          fc.tuple(mostly([0, 0, 0, 0, 0, 2], [-1, 1, -8]), fc.constantFrom('text', 'a: b', '# c', '- x', '', '', ' ', '"', '---')),
          {
            maxLength: 6,
          },
        ),
      )
      .map(([by, lines]) =>
        lines.map(([more, text], index) =>
          text === '' ? '' : `${' '.repeat(Math.max(0, parent + by + (index === 0 ? 0 : more)))}${text}`,
        ),
      ),
  );

const folded = (parent: number): fc.Arbitrary<Lines> =>
  fc
    .array(fc.tuple(fc.constantFrom(1, 2, 4), mostly(['more', '', '', '- x', 'end  ', '"x"'], ['text # c', 'b: c', '# c', 'x:'])), {
      minLength: 1,
      maxLength: 3,
    })
    .map((lines) => lines.map(([by, text]) => (text === '' ? '' : ' '.repeat(parent + by) + text)));

/** A text in quotes that goes on below. */
const quotedLines = (parent: number): fc.Arbitrary<readonly [string, Lines]> =>
  fc
    .tuple(
      fc.constantFrom('"', "'"),
      fc.constantFrom('', 'a', ' a ', 'a: b', 'x  '),
      fc.array(
        fc.tuple(fc.constantFrom(1, 2, 4), mostly(['b', '', '  ', '# c', '- d', 'e: f', 'g  ', 'b', 'c'], ['\\n', "it''s", "'", '\\ h'])),
        {
          maxLength: 4,
        },
      ),
      mostly([' end', '  ', 'z '], ['\\q']),
      fc.constantFrom('', '', '\\'),
      comment,
    )
    .map(([quote, first, lines, last, backslash, rest]) => {
      const broken = quote === '"' ? backslash : '';
      const below = lines.map(([by, text]) => (text === '' ? '' : `${' '.repeat(parent + by)}${text}${broken}`));
      return [`${quote}${first}${broken}`, [...below, `${' '.repeat(parent + 1)}${last}${quote}${rest}`]] as const;
    });

/** What stands behind `key: ` or `- `, and the lines below it. */
const inline = (parent: number): fc.Arbitrary<readonly [string, Lines]> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.tuple(plain, comment).map(([text, rest]) => [text + rest, []] as const) },
    { weight: 3, arbitrary: fc.tuple(quoted, comment).map(([text, rest]) => [text + rest, []] as const) },
    { weight: 2, arbitrary: fc.tuple(flow, comment).map(([text, rest]) => [text + rest, []] as const) },
    { weight: 3, arbitrary: blockScalar(parent) },
    { weight: 1, arbitrary: fc.tuple(plain, folded(parent)) },
    { weight: 2, arbitrary: quotedLines(parent) },
  );

const between = (column: number): fc.Arbitrary<Lines> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant<Lines>([]) },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.tuple(fc.constantFrom(-2, -1, 0, 0, 1, 2, 4), fc.constantFrom('', '# c', '# d')), { minLength: 1, maxLength: 3 })
        .map((lines) => lines.map(([by, text]) => ' '.repeat(Math.max(0, column + by)) + text)),
    },
  );

/** The lines of a collection at `column`; the first without its indentation. */
const collection = (column: number, depth: number): fc.Arbitrary<Lines> =>
  depth === 0 ? map(column, depth) : fc.oneof({ weight: 2, arbitrary: map(column, depth) }, { weight: 1, arbitrary: list(column, depth) });

const indented = (column: number, groups: readonly (readonly [Lines, Lines])[]): Lines =>
  groups.flatMap(([[first = '', ...rest], after], index) => [index === 0 ? first : ' '.repeat(column) + first, ...rest, ...after]);

const map = (column: number, depth: number): fc.Arbitrary<Lines> =>
  fc
    .array(fc.tuple(fc.oneof({ weight: 40, arbitrary: entry(column, depth) }, { weight: 1, arbitrary: aliased }), between(column)), {
      minLength: 1,
      maxLength: 3,
    })
    .map((entries) => indented(column, entries));

/** Of what is anchored at the top of some documents. */
const aliased: fc.Arbitrary<Lines> = mostly<Lines>(
  [['<<: *map'], ['!!merge <<: *map'], ['<<:', '      - *map', '      - *map'], ['*text : x'], ['*text: x'], ['z: *map'], ['z: *text']],
  [['<<: *text'], ['<<: {a: 1}'], ['*map : x'], ['<<: [*map]'], ['<<: x'], ['"<<": *map'], ['*text:x']],
);

const entry = (column: number, depth: number): fc.Arbitrary<Lines> =>
  fc
    .tuple(key, value(column, depth), mostly([':'], [' :']))
    .map(([name, [first, rest], colon]) => [`${name}${colon}${first === '' || first.startsWith('#') ? '' : ' '}${first}`, ...rest]);

const anchor = mostly(['', '', '', '', '', '&c', '&a'], ['&d? ', '&e &f']);

const value = (column: number, depth: number): fc.Arbitrary<readonly [string, Lines]> => {
  const nothing = comment.map((rest) => [rest, []] as const);
  if (depth === 0) return fc.oneof({ weight: 5, arbitrary: inline(column) }, { weight: 1, arbitrary: nothing });
  return fc.oneof(
    { weight: 4, arbitrary: inline(column) },
    { weight: 1, arbitrary: nothing },
    {
      weight: 4,
      arbitrary: fc
        .constantFrom(1, 2, 2, 2, 4)
        .chain((by) =>
          fc
            .tuple(anchor, comment, between(column + by), collection(column + by, depth - 1))
            .map(
              ([name, rest, before, [first = '', ...lines]]) =>
                [name + rest, [...before, ' '.repeat(column + by) + first, ...lines]] as const,
            ),
        ),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(comment, list(column, depth - 1))
        .map(([rest, [first = '', ...lines]]) => [rest, [' '.repeat(column) + first, ...lines]] as const),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(1, 2), inline(column))
        .map(([by, [first, lines]]) => ['', [' '.repeat(column + by) + first, ...lines]] as const),
    },
  );
};

const list = (column: number, depth: number): fc.Arbitrary<Lines> =>
  fc.array(fc.tuple(item(column, depth), between(column)), { minLength: 1, maxLength: 3 }).map((items) => indented(column, items));

const item = (column: number, depth: number): fc.Arbitrary<Lines> => {
  const scalar = inline(column).map(([first, rest]) => [`- ${first}`, ...rest]);
  if (depth === 0)
    return fc.oneof({ weight: 8, arbitrary: scalar }, { weight: 1, arbitrary: mostly<Lines>([['- a']], [['-'], ['- # c'], ['-  ']]) });
  return fc.oneof(
    scalar,
    fc
      .constantFrom(2, 2, 2, 4)
      .chain((by) => collection(column + by, depth - 1).map(([first = '', ...rest]) => [`-${' '.repeat(by - 1)}${first}`, ...rest])),
    fc
      .tuple(anchor, comment, fc.constantFrom(1, 2, 4))
      .chain(([name, rest, by]) =>
        fc
          .tuple(between(column + by), collection(column + by, depth - 1))
          .map(([before, [first = '', ...lines]]) => [
            `-${name === '' ? '' : ' '}${name}${rest}`,
            ...before,
            ' '.repeat(column + by) + first,
            ...lines,
          ]),
      ),
  );
};

const root: fc.Arbitrary<Lines> = fc.oneof(
  { weight: 6, arbitrary: map(0, 3) },
  { weight: 6, arbitrary: map(0, 3).map((lines) => ['top: &map', '  a: 1', '  zz: 2', 'name: &text y', ...lines]) },
  { weight: 2, arbitrary: list(0, 3) },
  { weight: 1, arbitrary: flow.map((text) => text.replaceAll(deep, '\n').split('\n')) },
  { weight: 1, arbitrary: mostly<Lines>([['x:'], ['x: # c']], [['a'], ['~'], [''], ['  a: b'], ['|', '  x']]) },
);
