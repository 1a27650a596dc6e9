/**
 * fixtures/expand: what `expand` prints of a case, each field with the line that made it. `UPDATE_EXPECTED=1` writes the
 * answers anew; the values were compared with those of the Flux Operator.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fastGlob from 'fast-glob';
import { describe, expect, it } from 'vitest';
import { diskFiles } from '../../src/files/disk.ts';
import type { Files } from '../../src/files/files.ts';
import { memoryFiles } from '../../src/files/memory.ts';
import { expandFiles } from '../../src/generate/find-generators.ts';
import { createSources } from '../../src/lint/sources.ts';
import { expandText } from '../../src/report/expand/text.ts';
import { createFileParser } from '../../src/yaml/file-parser.ts';

const expanded = (files: Files) => expandFiles({ files, parse: createFileParser(), paths: [] });

const printed = (files: Files): string =>
  expandText({ generators: expanded(files), locate: createSources([{ prefix: '', files }]).location });

const folder = join(import.meta.dirname, '../../fixtures/expand');

describe('fixtures/expand', () => {
  it.each(fastGlob.sync('*', { cwd: folder, onlyDirectories: true }).sort())('%s', (name) => {
    const expected = join(folder, name, 'expected.txt');
    const text = printed(diskFiles(join(folder, name), { include: 'all' }));
    if (process.env.UPDATE_EXPECTED) writeFileSync(expected, text);
    expect(text).toBe(readFileSync(expected, 'utf8'));
  });
});

const setOf = (spec: string): Files =>
  memoryFiles({
    'set.yaml': `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: { name: fleet, namespace: flux-system }\nspec:\n${spec}`,
  });

describe('limits', () => {
  const inputs = Array.from({ length: 2000 }, (_, index) => `    - tenant: "t${index}"\n`).join('');

  it('makes 2,000 objects', () => {
    const [made] = expanded(
      setOf(`  inputs:\n${inputs}  resources:\n    - { apiVersion: v1, kind: Namespace, metadata: { name: << inputs.tenant >> } }\n`),
    );
    expect(made?.objects).toHaveLength(2000);
  });

  it('stops at 5,000', () => {
    const more = Array.from({ length: 5001 }, (_, index) => `    - tenant: "t${index}"\n`).join('');
    const [made] = expanded(
      setOf(`  inputs:\n${more}  resources:\n    - { apiVersion: v1, kind: Namespace, metadata: { name: << inputs.tenant >> } }\n`),
    );
    expect(made?.objects).toHaveLength(5000);
    expect(made?.gaps.map(({ reason }) => reason)).toEqual(['it makes more than 5000 objects: the others are not looked at']);
  });

  it('stops where aliases make each object large', () => {
    const sets = Array.from({ length: 100 }, (_, index) => `    - number: "${index}"\n`).join('');
    const ten = (name: string) => Array.from({ length: 10 }, () => name).join(', ');
    const levels = ['x', '*a', '*b', '*c'].map((name, index) => `    ${'abcd'[index]}: &${'abcd'[index]} [${ten(name)}]\n`).join('');
    const [made] = expanded(
      setOf(
        `  inputs:\n${sets}  resourcesTemplate: |\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: { name: "m<< inputs.number >>", namespace: a }\n${levels}`,
      ),
    );
    expect(made?.errors).toEqual([]);
    expect(made?.gaps.map(({ reason }) => reason)).toEqual(['what it makes holds more than 500000 values: the others are not looked at']);
  });

  it('refuses more than 10,000 combinations', () => {
    const many = Array.from({ length: 10_001 }, (_, index) => `    - n: "${index}"\n`).join('');
    const [made] = expanded(
      setOf(
        `  inputStrategy: { name: Permute }\n  inputs:\n${many}  resources:\n    - { apiVersion: v1, kind: Namespace, metadata: { name: x } }\n`,
      ),
    );
    expect(made?.errors.map(({ type }) => type)).toEqual(['too-many-permutations']);
  });

  it.each(['<< range 1000000000 >>x<< end >>', '<< define "a" >><< template "a" >><< end >><< template "a" >>'])('ends %s', (template) => {
    const [made] = expanded(setOf(`  resourcesTemplate: |\n    ${template}\n`));
    expect(made?.errors).toHaveLength(1);
  });
});

describe('combinations', () => {
  const two = `  inputStrategy: { name: Permute }
  inputs: [{ a: "x" }, { a: "y" }]
  inputsFrom: [{ name: p.one }]
  resources:
    - { apiVersion: v1, kind: Namespace, metadata: { name: "n-<< inputs.id >>" } }
`;
  const provider = (spec: string) =>
    `\n---\napiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSetInputProvider\nmetadata: { name: p.one, namespace: flux-system }\nspec: ${spec}\n`;

  // As `flux-operator build resourceset` 0.59.0 prints them.
  it('have ids that count their sets', () => {
    expect(printed(setOf(two + provider('{ type: Static, defaultValues: { b: c } }')))).toMatch(
      /name: n-727319851[\s\S]*name: n-727909676/,
    );
  });

  it('have ids that nobody knows where sets are yet to come', () => {
    expect(printed(setOf(two + provider('{ type: GitHubBranch, url: "https://github.com/example/app" }')))).toContain(
      'name: "n-(unknown)"',
    );
  });

  it('need a name of each provider', () => {
    const [made] = expanded(setOf(two.replace('p.one', '"-"') + provider('{ type: Static }').replace('p.one', '"-"')));
    expect(made?.errors[0]?.message).toContain('nothing is left of the name -');
  });
});
