/** Small readers, each with one odd text: nothing is thrown but what is said to be, and nothing takes long. */

import { rules } from '../../rules/index.ts';
import { evaluateWorkspace } from '../../src/analyze.ts';
import { pathGlobs } from '../../src/config/path-globs.ts';
import { parseConfig } from '../../src/config/read-config.ts';
import { memoryFiles, textFile } from '../../src/files/memory.ts';
import { doublestar } from '../../src/flux/source/doublestar.ts';
import { goGlob } from '../../src/flux/source/go-glob.ts';
import { expandPathPattern, nameTemplateMatches } from '../../src/flux/source/path-pattern.ts';
import { gitArtifact } from '../../src/flux/source/source-ignore.ts';
import { hostAndOwner, isSameRepository, repositoryName, withoutCredentials } from '../../src/flux/source/source-url.ts';
import { parseTemplate } from '../../src/flux/substitution/envsubst.ts';
import { evaluateTemplate } from '../../src/flux/substitution/envsubst-evaluate.ts';
import { isCronSchedule } from '../../src/kube/cron.ts';
import { durationOf } from '../../src/kube/duration.ts';
import { matchesLabels, parseLabelSelector } from '../../src/kube/label-selector.ts';
import { isSemverRange } from '../../src/kube/semver-range.ts';
import { splitFieldPath } from '../../src/kustomize/field/field-path.ts';
import { goRegexp } from '../../src/kustomize/field/go-regexp.ts';
import { checkOptions } from '../../src/lint/plugin/check-options.ts';
import { expressionRule } from '../../src/lint/plugin/expressions.ts';
import { settingsOf } from '../../src/lint/settings.ts';
import { directivesOf, directiveWords, suppressionsOf } from '../../src/lint/suppression/suppressions.ts';
import { walk } from '../../src/lint/walk.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { globMatcher } from '../../src/pattern/glob.ts';
import { printObjects } from '../../src/report/build/yaml.ts';
import { isMap, toValue } from '../../src/yaml/node.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { wholeFile } from '../../src/yaml/place.ts';
import { workspaceOf } from '../fixture.ts';
import { babble, type Chance, chanceOf, planted, sentence, times, word } from './chance.ts';
import { celText, configText } from './config-grammar.ts';
import { within } from './within.ts';

/** One small reader with one odd text; throws, with the seed, where something does not hold. */
export const judgeUnit = (seed: number): void => {
  const chance = chanceOf(seed);
  within(`the unit of seed ${seed}`, { seconds: 1 }, () => chance.of(units)(chance));
};

type Unit = (chance: Chance) => void;

const globPieces = [
  '*',
  '**',
  '?',
  '[a-z]',
  '[!a]',
  '[',
  ']',
  '{a,b}',
  '{',
  '}',
  ',',
  '!',
  '/',
  'apps',
  '.yaml',
  '\\',
  '(a|b)',
  '+(a)',
  '@(b)',
];
const rangePieces = ['>=', '<', '=', '^', '~', '!=', ' ', ',', '||', '1', '.', '2', 'x', '*', '-0', '-rc.1', '+b', 'v1.2.3', ' - '];
const regexpPieces = [
  '(',
  ')',
  '|',
  '*',
  '+',
  '?',
  '{2,9}',
  '[^a]',
  '\\d',
  '\\b',
  '^',
  '$',
  '(?i)',
  '(?:',
  'a',
  'aa',
  '.',
  '\\pL',
  '{1000}',
  '\\',
];
const yamlPieces = [
  ...[
    'a: ',
    '- ',
    '\n',
    '\n  ',
    '{',
    '}',
    '[',
    ']',
    ',',
    '&a ',
    '*a',
    '!!str ',
    '!x ',
    '|',
    '>-',
    '|2+',
    '"',
    "'",
    '#',
    ' # c',
    '? ',
    ': ',
    '---\n',
  ],
  ...['...\n', '%YAML 1.2\n', '<<: ', '~', '0o17', '1e999', '\t', '\r\n', '\ufeff', 'kind', '-\n', '@', '`', '\\x', '2020-01-01T00:00:00Z'],
];
const templatePieces = [
  '$',
  '${',
  '}',
  'v',
  ':=',
  ':-',
  ':',
  '/',
  '//',
  '#',
  '##',
  '%',
  '^',
  ',',
  '@',
  '0',
  '${v}',
  '$$',
  '\\',
  '\n',
  '${v/a/b}',
];
const schedulePieces = ['*', ' ', '/', '5', '-', ',', '0', '60', 'MON', '@daily', '@every 1h', 'TZ=UTC ', '?', '#'];
const durationPieces = ['1', '0', '.', 'h', 'm', 's', 'ms', 'µs', 'ns', '-', '+', '99999999999'];
const selectorPieces = ['a', '=', '==', '!=', ',', ' in ', '(', ')', ' notin ', '!', 'b', ' ', '/', '.', 'example.com/x', '>', '1'];
const pathPieces = ['a', '.', '[', ']', '*', '-', '[a=b]', '\\.', '/', '"', '[0]', "'", '=', '\\'];
const ignorePieces = ['*', '**', '/', '!', '#', '\\', 'apps', '.yaml', '\n', ' ', '[a-z]', '?', '\r\n'];
const urlPieces = ['https://', 'ssh://', 'git@', 'git.example.com', ':', '/', 'acme', '.git', '@', 'user', '%', '?', '#', 'oci://', '..'];

const texts = (chance: Chance, pieces: readonly string[], most = 10): string =>
  chance.is(0.2) ? sentence(chance) : babble(chance, pieces, most);

/** Now and then so long that what is not linear takes too long. */
const subject = (chance: Chance): string => (chance.is(0.02) ? babble(chance, ['a', 'aa', '/', 'b'], 4).repeat(2000) : sentence(chance));

const glob: Unit = (chance) => {
  const pattern = texts(chance, globPieces);
  globMatcher(pattern)(subject(chance));
  doublestar(pattern)?.(subject(chance));
  pathGlobs([pattern, texts(chance, globPieces)])(subject(chance));
  goGlob(someFiles, pattern);
};

const someFiles = memoryFiles({ 'apps/a.yaml': '', 'apps/web/b.yaml': '', 'base/é/[c].yaml': '', '.hidden': '' });

const pathPattern: Unit = (chance) => {
  const template = texts(chance, ['{app}', '{env}', '-', 'x', '{', '}', '/']);
  expandPathPattern({
    pathPattern: `@a/${texts(chance, ['{app}', '{env}', '/', '*', 'apps', '-', '{', '}'])}`,
    directories: ['apps', 'apps/web', 'apps/web/prod', subject(chance)],
    artifacts: [{ name: template, copy: [] }],
  });
  nameTemplateMatches(template, subject(chance));
};

const yaml: Unit = (chance) => {
  const text = texts(chance, yamlPieces, 20);
  const { documents, problems } = parseYaml(text, wholeFile('a.yaml'));
  for (const { at } of problems) {
    if (at.span.start < 0 || at.span.start > at.span.end || at.span.end > text.length) throw new Error('a problem lies outside its text');
  }
  for (const { root } of documents) {
    if (root && (root.span.start < 0 || root.span.end > text.length)) throw new Error('a document lies outside its text');
    // Nothing that kustomize builds is empty, or is printed.
    if (!isMap(root) || root.entries.length === 0 || problems.length > 0) continue;
    const value = toValue(root);
    const printed = printObjects([{ root, origin: () => root }]);
    const again = parseYaml(printed, wholeFile('b.yaml')).documents.map((document) => document.root && toValue(document.root));
    if (jsonOf(again) !== jsonOf([value])) throw new Error(`${jsonOf(value)} is printed as ${printed}`);
  }
};

/** In the order of their keys: printing sorts them. */
const jsonOf = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'bigint') return String(item);
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });

const suppressions: Unit = (chance) => {
  const comment = () =>
    `${chance.of(['', '  ', 'a: 1 ', '- "x" '])}#${chance.of([' ', ''])}flux-lint-${chance.of([...directiveWords, 'x', ''])}${babble(chance, [' ', 'build/stray-file', ',', '*', '--', ' reason', '\t'], 6)}`;
  const text = times(1 + chance.below(6), () => (chance.is(0.8) ? comment() : sentence(chance))).join(chance.of(['\n', '\r\n']));
  for (const { line, start, end, list } of suppressionsOf(directivesOf('a.yaml', text)).map(({ directive }) => directive)) {
    if (line < 1 || start < 0 || end > text.length || list.start < start || list.end > end)
      throw new Error('a directive lies outside its text');
  }
};

const template: Unit = (chance) => {
  const parsed = parseTemplate(texts(chance, templatePieces, 16));
  if (parsed.type === 'error') return;
  evaluateTemplate(parsed.parts, () => ({ type: 'value', value: word(chance) }), { characters: 100_000 });
};

const regexp: Unit = (chance) => {
  const pattern = goRegexp(texts(chance, regexpPieces, 8));
  if (pattern.type === 'regexp') pattern.test(subject(chance));
};

const words: Unit = (chance) => {
  isSemverRange(texts(chance, rangePieces, 12));
  isCronSchedule(texts(chance, schedulePieces));
  durationOf(texts(chance, durationPieces));
  splitFieldPath(texts(chance, pathPieces, 14));
  const selector = parseLabelSelector(texts(chance, selectorPieces, 12));
  if ('requirements' in selector) matchesLabels(selector, new Map([[word(chance), word(chance)]]));
};

const urls: Unit = (chance) => {
  const [url, other] = [texts(chance, urlPieces), texts(chance, urlPieces)];
  if (!isSameRepository(url, url)) throw new Error(`${url} is not itself`);
  if (isSameRepository(url, other) !== isSameRepository(other, url)) throw new Error(`${url} and ${other} are the same one way alone`);
  hostAndOwner(url);
  repositoryName(url);
  const credential = `https://${chance.of(['user', 'a%40b', ''])}:${planted}@git.example.com/${word(chance)}`;
  if (withoutCredentials(`${url} ${credential}`).includes(planted)) throw new Error(`the password of ${credential} stays`);
};

const ignore: Unit = (chance) => {
  gitArtifact(memoryFiles({ 'apps/a.yaml': '', 'b.yaml': '', '.sourceignore': texts(chance, ignorePieces, 16) }), sentence(chance)).paths
    .length;
};

/** Any text is a configuration or ends in a message that says what to do. */
const configuration: Unit = (chance) => {
  messaged(() => {
    const text = chance.is(0.3) ? texts(chance, [...yamlPieces, 'clusters', 'rules', 'expressions', 'extends'], 20) : configText(chance);
    const config = parseConfig(textFile('.flux-lint.yaml', text), '/fixture/.flux-lint.yaml');
    const own = config.expressions.map((expression) => expressionRule(expression, config));
    if (chance.is(0.1)) checkOptions(config, rules);
    settingsOf({ rules: [...rules, ...own], config, only: [], severities: {}, rulesMissing: false });
  });
};

const { graph } = evaluateWorkspace(
  workspaceOf({
    'clusters/prod/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
    'clusters/prod/a.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web, namespace: shop, labels: { app: web } }\ndata: { a: "1", b: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" }\n',
    'clusters/prod/b.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { replicas: 2, template: { spec: { containers: [{ name: a, image: "a:1" }, { name: b }] } } }\n',
  }),
);

const expression: Unit = (chance) => {
  messaged(() => {
    const text = `expressions: ${JSON.stringify([{ id: 'acme/rule', message: 'No.', assert: celText(chance) }])}\n`;
    const config = parseConfig(textFile('.flux-lint.yaml', text), '/fixture/.flux-lint.yaml');
    const active = config.expressions.map((each) => ({ rule: expressionRule(each, config), options: {} }));
    const { failed } = walk({ rules: active, graph, documents: [], overlays: [], impact: undefined });
    for (const { error } of failed) throw new Error(text, { cause: error });
  });
};

const messaged = (run: () => void): void => {
  try {
    run();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (error.message === '' || error.whatToDo === '') throw new Error('a message says nothing', { cause: error });
  }
};

const units: readonly [Unit, ...Unit[]] = [
  glob,
  pathPattern,
  yaml,
  suppressions,
  template,
  regexp,
  words,
  urls,
  ignore,
  configuration,
  expression,
];
