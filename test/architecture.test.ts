/**
 * Holds the layers and the rooms: which folder may import which, which room inside a folder may import which, that no
 * imports run in a circle, what only the two ends may touch, and that no clock or locale decides.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastGlob from 'fast-glob';
import { describe, expect, it } from 'vitest';

/** Lowest layer first; folders of one row may use each other. */
const rows = [
  ['model'],
  ['files'],
  ['yaml'],
  ['config'],
  ['kube'],
  ['kustomize'],
  ['hcl', 'gotemplate', 'terraform', 'crossplane', 'operator'],
  ['flux'],
  ['graph'],
  ['impact'],
  ['lint'],
] as const;

const upTo = (last: string): readonly string[] => rows.slice(0, rows.findIndex((row) => row.some((name) => name === last)) + 1).flat();

const evaluation = upTo('lint');

/** What each part may import besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  files: ['model'],
  yaml: ['model'],
  config: ['model', 'files', 'yaml'],
  kube: ['model', 'yaml'],
  kustomize: ['model', 'files', 'yaml', 'kube'],
  hcl: upTo('hcl'),
  gotemplate: upTo('hcl'),
  terraform: upTo('hcl'),
  crossplane: upTo('hcl'),
  operator: upTo('hcl'),
  flux: upTo('hcl'),
  graph: upTo('flux'),
  impact: upTo('graph'),
  lint: upTo('impact'),
  report: ['model', 'yaml', 'kube', 'graph', 'impact', 'lint'],
  'workspace.ts': evaluation,
  'analyze.ts': [...evaluation, 'workspace.ts', 'rules'],
  'analyze-change.ts': [...evaluation, 'workspace.ts', 'analyze.ts', 'rules'],
  'analyze-staged.ts': [...evaluation, 'analyze.ts', 'analyze-change.ts', 'rules'],
  'rule.ts': evaluation,
  'index.ts': [...evaluation, 'report', 'workspace.ts', 'analyze.ts', 'analyze-change.ts', 'rule.ts', 'rules'],
  cli: [...evaluation, 'report', 'workspace.ts', 'analyze.ts', 'analyze-change.ts', 'analyze-staged.ts', 'rules'],
  lsp: [...evaluation, 'report', 'workspace.ts', 'analyze.ts', 'analyze-change.ts', 'rules'],
  rules: ['rule.ts'],
};

/**
 * The rooms of a folder, lowest first: each may import those before it. A room is a folder, or a file where its words are
 * lower than the rest; `.` is what lies in the folder itself and is not named. What is missing here has no place.
 */
const rooms: Readonly<Record<string, readonly string[]>> = {
  kube: ['.', 'credential', 'schema'],
  kustomize: ['build.ts', 'resource', 'field', 'file', 'transform', 'generate', 'reference', 'patch', 'directory', '.'],
  flux: ['clamped-path.ts', 'kinds.ts', 'specs.ts', 'evaluation.ts', 'world.ts', 'source', 'substitution', 'cluster', '.'],
  lint: [
    'rule-meta.ts',
    'define-rule.ts',
    'known-rule.ts',
    'sources.ts',
    'baseline.ts',
    'fix',
    'result.ts',
    'hit.ts',
    'walk.ts',
    'settings.ts',
    'plugin',
    'suppression',
    'unmatched',
    '.',
  ],
  cli: [
    'completion/completes.ts',
    'terminal',
    'context.ts',
    'options.ts',
    'rule-options.ts',
    'command.ts',
    'workspace.ts',
    'command',
    'completion/completion.ts',
    'completion/completion-scripts.ts',
    'commands.ts',
    'completion',
    '.',
  ],
};

/** More files than this side by side are no room. */
const mostFiles = 20;

/** `src/yaml/node.ts` is of `yaml`, `src/rule.ts` of itself, everything under `rules/` of `rules`. */
const partOf = (path: string): string => {
  const [top = '', name = ''] = path.split('/');
  return top === 'src' ? name : top;
};

/** What a file imports or exports from, types included. */
const importsOf = (text: string): readonly string[] => {
  const statements = text.matchAll(/^(?:import|export)\b(?:[^;'"=]*?\bfrom)?\s*['"]([^'"]+)['"]/gm);
  const expressions = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g);
  return [...statements, ...expressions].flatMap(([, specifier]) => (specifier === undefined ? [] : [specifier]));
};

const isData = (specifier: string): boolean => specifier.endsWith('.json');

/** Everything in a file that goes against the table, in words. */
const offences = (path: string, text: string): readonly string[] => {
  const part = partOf(path);
  const allowed = mayImport[part];
  if (allowed === undefined) return [`${path} lies in a folder that the table does not know`];
  const imports = importsOf(text);
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  return [
    ...imports
      .filter((specifier) => specifier.startsWith('.') && !isData(specifier))
      .map((specifier) => join(path, '..', specifier))
      .filter((target) => !isAllowed(path, target, allowed))
      .map((target) => `${path} imports ${target}`),
    ...imports
      .filter((specifier) => /^(node:)?(fs|child_process)(\/|$)/.test(specifier) && !['files', 'cli'].includes(part))
      .map((specifier) => `${path} imports ${specifier}`),
    ...(/\bconsole\.\w|\bprocess\.\w/.test(code) && !['cli', 'lsp', 'files'].includes(part) ? [`${path} speaks to the process`] : []),
    ...(dependsOnMoment.test(code) && part !== 'cli' ? [`${path} depends on the moment or the machine`] : []),
    ...(/\bprocess\.exit\b/.test(code) ? [`${path} ends the process`] : []),
  ];
};

/** Clocks, chance and the languages of a machine: two runs on the same input print the same bytes. */
const dependsOnMoment = /\bDate\.now\b|\bnew Date\(\)|\bperformance\.|\bMath\.random\b|\brandomUUID\b|\.localeCompare\(|\.toLocale\w*\(/;

const isAllowed = (path: string, target: string, allowed: readonly string[]): boolean => {
  const part = partOf(target);
  if (part !== partOf(path)) return allowed.includes(part);
  return part !== 'rules' || path === 'rules/index.ts';
};

const files = fastGlob.sync(['src/**/*.ts', 'rules/**/*.ts']).sort();

it('finds the files it judges', () => {
  expect(files).toContain('src/cli/main.ts');
  expect(files).toContain('rules/index.ts');
});

it('holds in every file', () => {
  expect(files.flatMap((path) => offences(path, readFileSync(path, 'utf8')))).toEqual([]);
});

describe('what it refuses', () => {
  it.each([
    ['src/model/span.ts', "import type { Node } from '../yaml/node.ts';", 'imports src/yaml/node.ts'],
    ['src/kustomize/build.ts', "import {\n  type Config,\n} from '../config/config.ts';", 'imports src/config/config.ts'],
    ['src/report/place.ts', "export { diskFiles } from '../files/disk.ts';", 'imports src/files/disk.ts'],
    ['src/lint/run.ts', "const text = await import('../report/check/text.ts');", 'imports src/report/check/text.ts'],
    ['src/cli/main.ts', "import '../lsp/server.ts';", 'imports src/lsp/server.ts'],
    ['rules/build/cycle.ts', "import { at } from '../../src/yaml/node.ts';", 'imports src/yaml/node.ts'],
    ['rules/build/cycle.ts', "import { stray } from './stray-file.ts';", 'imports rules/build/stray-file.ts'],
    ['src/yaml/parse.ts', "import { readFileSync } from 'node:fs';", 'imports node:fs'],
    ['src/graph/graph.ts', "import { execFile } from 'child_process';", 'imports child_process'],
    ['src/flux/world.ts', 'console.log(1);', 'speaks to the process'],
    ['src/graph/order/cluster-order.ts', 'names.sort((a, b) => a.localeCompare(b));', 'depends on the moment or the machine'],
    ['src/report/check/junit.ts', 'const timestamp = new Date().toISOString();', 'depends on the moment or the machine'],
    ['src/cli/main.ts', 'process.exit(1);', 'ends the process'],
    ['src/utils/text.ts', '', 'lies in a folder that the table does not know'],
  ])('%s: %s', (path, text, offence) => {
    expect(offences(path, text)).toEqual([`${path} ${offence}`]);
  });

  it.each([
    ['src/cli/terminal/output.ts', "import { writeFileSync } from 'node:fs';"],
    ['src/model/tool.ts', "import manifest from '../../package.json' with { type: 'json' };"],
    ['rules/index.ts', "import { cycle } from './build/cycle.ts';"],
    ['src/model/tool.ts', "export const tool = { module: '../yaml/node.ts' };"],
    ['rules/build/cycle.ts', "import { defineRule } from '../../src/rule.ts';\nimport semver from 'semver';"],
    ['src/graph/graph.ts', '/** A question of its own process. */\n// console.log is not for us'],
  ])('but not %s: %s', (path, text) => {
    expect(offences(path, text)).toEqual([]);
  });
});
