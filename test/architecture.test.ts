/**
 * Holds the layers and the rooms: which folder may import which, which room inside a folder may import which, that no
 * imports run in a circle, what only the two ends may touch, and that no clock or locale decides.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fastGlob from 'fast-glob';
import { describe, expect, it } from 'vitest';
import { rooms, rows } from './rooms.ts';

const upTo = (last: string): readonly string[] => rows.slice(0, rows.findIndex((row) => row.some((name) => name === last)) + 1).flat();

const evaluation = upTo('lint');

/** What each part may import besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  pattern: ['model'],
  files: ['model'],
  yaml: ['model'],
  config: ['model', 'pattern', 'files', 'yaml'],
  kube: ['model', 'pattern', 'yaml'],
  kustomize: ['model', 'pattern', 'files', 'yaml', 'kube'],
  hcl: upTo('hcl'),
  gotemplate: upTo('hcl'),
  generate: upTo('hcl'),
  flux: upTo('hcl'),
  graph: upTo('flux'),
  impact: upTo('graph'),
  lint: upTo('impact'),
  report: ['model', 'yaml', 'kube', 'generate', 'graph', 'impact', 'lint'],
  'workspace.ts': evaluation,
  'expand.ts': [...evaluation, 'workspace.ts'],
  'analyze.ts': [...evaluation, 'workspace.ts', 'rules'],
  'analyze-change.ts': [...evaluation, 'workspace.ts', 'analyze.ts', 'rules'],
  'analyze-staged.ts': [...evaluation, 'analyze.ts', 'analyze-change.ts', 'rules'],
  'rule.ts': evaluation,
  'index.ts': [...evaluation, 'report', 'workspace.ts', 'analyze.ts', 'analyze-change.ts', 'rule.ts', 'rules'],
  cli: [
    ...evaluation,
    'report',
    'workspace.ts',
    'expand.ts',
    'analyze.ts',
    'analyze-change.ts',
    'analyze-staged.ts',
    'language-server.ts',
    'rules',
  ],
  'language-server.ts': ['lsp'],
  lsp: [...evaluation, 'report', 'workspace.ts', 'analyze.ts', 'analyze-change.ts', 'rules'],
  rules: ['rule.ts'],
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

/** The room of a file, as its folder's list calls it; undefined where the list has no place for it. */
const roomOf = (path: string): string | undefined => {
  const inside = path.split('/').slice(2);
  const names = rooms[partOf(path)];
  if (names === undefined || !path.startsWith('src/')) return undefined;
  const file = inside.join('/');
  if (names.includes(file)) return file;
  return names.find((name) => (inside.length === 1 ? name === '.' : name === inside[0]));
};

/** What goes against the rooms of the file's own folder, in words. */
const misplaced = (path: string, targets: readonly string[]): readonly string[] => {
  const part = partOf(path);
  const names = rooms[part];
  if (names === undefined || !path.startsWith('src/')) return [];
  const room = roomOf(path);
  if (room === undefined) {
    const folders = names.filter((name) => name !== '.' && !name.endsWith('.ts'));
    return [`${path} lies in no room of src/${part}: put it into ${folders.join('/, ')}/, or add a room to the list`];
  }
  return targets.flatMap((target) => {
    const other = partOf(target) === part ? roomOf(target) : undefined;
    return other !== undefined && names.indexOf(other) > names.indexOf(room)
      ? [`${path} (room ${room}) imports ${target}, which lies above it (room ${other})`]
      : [];
  });
};

/**
 * Every circle of imports, types included, as one way around it (Tarjan's strongly connected components, walked without
 * recursion being a concern: chains of imports are short).
 */
const circles = (imports: ReadonlyMap<string, readonly string[]>): readonly string[] => {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const found: string[] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.size - 1);
    stack.push(file);
    for (const target of imports.get(file) ?? []) {
      if (!order.has(target)) visit(target);
      if (stack.includes(target)) lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(target) ?? 0));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const members = stack.splice(stack.indexOf(file)).sort();
    if (members.length > 1 || imports.get(file)?.includes(file)) found.push(`${members.join(', ')} import each other in a circle`);
  };
  for (const file of [...imports.keys()].sort()) if (!order.has(file)) visit(file);
  return found;
};

const targetsOf = (path: string, text: string): readonly string[] =>
  importsOf(text)
    .filter((specifier) => specifier.startsWith('.') && !isData(specifier))
    .map((specifier) => join(path, '..', specifier));

const isData = (specifier: string): boolean => specifier.endsWith('.json');

/** Everything in a file that goes against the table, in words. */
const offences = (path: string, text: string): readonly string[] => {
  const part = partOf(path);
  const allowed = mayImport[part];
  if (allowed === undefined) return [`${path} lies in a folder that the table does not know`];
  const imports = importsOf(text);
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  return [
    ...targetsOf(path, text)
      .filter((target) => !isAllowed(path, target, allowed))
      .map((target) => `${path} imports ${target}`),
    ...misplaced(path, targetsOf(path, text)),
    ...imports
      .filter((specifier) => /^(node:)?(fs|child_process)(\/|$)/.test(specifier) && !['files', 'cli'].includes(part))
      .map((specifier) => `${path} imports ${specifier}`),
    ...(/\bconsole\.\w|\bprocess\.\w/.test(code) && !['cli', 'lsp', 'files'].includes(part) ? [`${path} speaks to the process`] : []),
    ...(dependsOnMoment.test(code) && part !== 'cli' ? [`${path} depends on the moment or the machine`] : []),
    // Once, where all that was said is written.
    ...(/\bprocess\.exit\b/.test(code) && path !== 'src/cli/bin.ts' ? [`${path} ends the process`] : []),
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

it('finds no circle of imports', () => {
  expect(circles(new Map(files.map((path) => [path, targetsOf(path, readFileSync(path, 'utf8'))])))).toEqual([]);
});

it('finds no folder that holds more files than one can see', () => {
  const counts = new Map<string, number>();
  for (const path of files) if (path.startsWith('src/')) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count > mostFiles)).toEqual([]);
});

describe('circles', () => {
  it.each([
    [{ 'a.ts': ['b.ts'], 'b.ts': ['c.ts'], 'c.ts': ['b.ts'] }, ['b.ts, c.ts import each other in a circle']],
    [{ 'a.ts': ['a.ts'] }, ['a.ts import each other in a circle']],
    [{ 'a.ts': ['b.ts', 'c.ts'], 'b.ts': ['c.ts'], 'c.ts': [] }, []],
  ])('of %j', (imports, expected) => {
    expect(circles(new Map(Object.entries<readonly string[]>(imports)))).toEqual(expected);
  });
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
    ['src/graph/order/order.ts', 'names.sort((a, b) => a.localeCompare(b));', 'depends on the moment or the machine'],
    ['src/report/check/junit.ts', 'const timestamp = new Date().toISOString();', 'depends on the moment or the machine'],
    ['src/cli/main.ts', 'process.exit(1);', 'ends the process'],
    ['src/utils/text.ts', '', 'lies in a folder that the table does not know'],
    [
      'src/kustomize/resource/resource.ts',
      "import { merge } from '../patch/merge.ts';",
      '(room resource) imports src/kustomize/patch/merge.ts, which lies above it (room patch)',
    ],
    [
      'src/flux/cluster/find-roots.ts',
      "import type { Round } from '../round.ts';",
      '(room cluster) imports src/flux/round.ts, which lies above it (room .)',
    ],
    [
      'src/kube/misc/text.ts',
      '',
      'lies in no room of src/kube: put it into credential/, cel/, schema/, validation/, or add a room to the list',
    ],
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
