/** Every fix of every fixture and example, applied: the files parse, no rule has anything new to say, and nothing else is built. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { textFile } from '../src/files/memory.ts';
import { applyFixes } from '../src/lint/fix/apply-fixes.ts';
import type { Finding } from '../src/model/finding.ts';
import { createFileParser } from '../src/yaml/file-parser.ts';
import { isChangeFixture } from './change-fixture.ts';
import { unexplained } from './effective-difference.ts';
import { exampleTexts, lintTexts, readTexts, type Texts, toFixture } from './fixture.ts';

const fixtures = join(import.meta.dirname, '../fixtures/rules');

interface Case {
  readonly name: string;
  readonly texts: Texts;
}

/** A change has two sides: its findings are about what happens between them. */
const casesOf = (rule: string): readonly string[] =>
  existsSync(join(fixtures, rule)) ? readdirSync(join(fixtures, rule)).filter((name) => name.startsWith('bad')) : [];

const cases: readonly Case[] = rules
  .filter(({ fixable }) => fixable !== undefined)
  .flatMap(({ id, examples }): readonly Case[] => [
    { name: `${id}, its example`, texts: toFixture(exampleTexts(examples.bad)).texts },
    ...casesOf(id).map((name) => ({ name: `${id}/${name}`, texts: toFixture(readTexts(join(fixtures, id, name))).texts })),
  ])
  .filter(({ texts }) => !isChangeFixture(texts));

/** By rule, file and words: lines move, and what was said of a place is said of it still. */
const told = ({ ruleId, location, message }: Finding): string => `${ruleId} ${location.path}: ${message}`;

const parsed = (path: string, text: string) => createFileParser()(textFile(path, text)).problems.map(({ message }) => message);

describe('no fix brings in what another rule reports', () => {
  it.each(cases.map(({ name, texts }) => [name, texts] as const))('%s', (_, texts) => {
    const before = lintTexts(texts, { only: [], isApart: true }).findings;
    const known = new Set(before.map(told));
    for (const finding of before.filter(({ fix }) => fix)) {
      const { texts: changed, count } = applyFixes([finding], (path) => texts[path], ['safe', 'unsafe']);
      expect(count).toBe(1);
      for (const [path, text] of Object.entries(changed)) expect(parsed(path, text)).toEqual(parsed(path, texts[path] ?? ''));
      const after = lintTexts({ ...texts, ...changed }, { only: [], isApart: true }).findings;
      expect(after.map(told).filter((words) => !known.has(words))).toEqual([]);
    }
  });
});

describe('no fix changes in the clusters what it does not touch', () => {
  it.each(cases.map(({ name, texts }) => [name, texts] as const))('%s', (_, texts) => {
    for (const finding of lintTexts(texts, { only: [], isApart: true }).findings) {
      if (!finding.fix) continue;
      const { texts: changed } = applyFixes([finding], (path) => texts[path], ['safe', 'unsafe']);
      expect(unexplained(texts, { ...texts, ...changed }, finding.fix.edits), `${finding.ruleId}: ${finding.fix.description}`).toEqual([]);
    }
  });
});
