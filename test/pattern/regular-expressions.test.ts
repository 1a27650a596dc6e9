/**
 * No text of a repository becomes a regular expression of JavaScript, which may try for ever: patterns go through
 * `src/pattern/`. And no expression of our own tries long on a hostile text.
 */
import { readFileSync } from 'node:fs';
import fastGlob from 'fast-glob';
import { expect, it } from 'vitest';
import * as kinds from '../../src/kube/schema/described-kinds.ts';
import { isSemverRange } from '../../src/kube/semver-range.ts';
import { matchesPattern } from '../../src/pattern/own-pattern.ts';

const sources = fastGlob.sync(['src/**/*.ts', 'rules/**/*.ts']).sort();

/** `new RegExp(` and its like with anything but a text that is written there. */
const doors = (text: string): readonly string[] => text.match(/\bRegExp\((?!'[^']*'(?:, '[a-z]*')?\))/g) ?? [];

it('makes expressions of texts in one place alone', () => {
  expect(sources.filter((path) => doors(readFileSync(path, 'utf8')).length > 0)).toEqual(['src/pattern/own-pattern.ts']);
  expect(doors('new RegExp(`^${name}$`)')).toHaveLength(1);
  expect(doors("new RegExp('^a$')")).toHaveLength(0);
});

it('loads no other matcher', () => {
  const matchers = /from '(picomatch|minimatch|micromatch|ignore|semver)'/;
  expect(sources.filter((path) => path.startsWith('src/') && matchers.test(readFileSync(path, 'utf8')))).toEqual([]);
});

const patternsIn = (value: unknown, found: Set<string> = new Set(), seen: Set<unknown> = new Set()): ReadonlySet<string> => {
  if (typeof value !== 'object' || value === null || seen.has(value)) return found;
  seen.add(value);
  for (const [key, inner] of value instanceof Map ? value : Object.entries(value)) {
    if (key === 'pattern' && typeof inner === 'string') found.add(inner);
    patternsIn(inner, found, seen);
  }
  return found;
};

it('has patterns for schemas that do not try long', () => {
  const patterns = patternsIn(kinds);
  expect(patterns.size).toBeGreaterThan(5);
  const attacks = ['1', 'a', '0h', 'a.', 'a-', '/a', '1.', ' ', 'a/a@'].map((part) => `${part.repeat(4000)}!`);
  for (const pattern of patterns) {
    for (const attack of attacks) {
      const start = performance.now();
      matchesPattern(attack, pattern);
      expect(performance.now() - start, `${pattern} on ${attack.slice(0, 10)}…`).toBeLessThan(500);
    }
  }
});

it('reads ranges from left to right', () => {
  const start = performance.now();
  expect(isSemverRange(`${'1  '.repeat(50_000)}!`)).toBe(false);
  expect(isSemverRange(`${' '.repeat(100_000)}!`)).toBe(false);
  expect(performance.now() - start).toBeLessThan(1000);
});
