/** The only test for all rules: every example and every case under fixtures/rules, with that rule alone. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { applyFixes } from '../src/lint/fix/apply-fixes.ts';
import type { Rule } from '../src/rule.ts';
import { exampleTexts, type Fixture, fixturePath, lintTexts, readTexts, type Texts, toFixture } from './fixture.ts';

const fixtures = join(import.meta.dirname, '../fixtures/rules');

const casesOf = (rule: string, kind: 'bad' | 'good'): readonly string[] => {
  const directory = join(fixtures, rule);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name === kind || name.startsWith(`${kind}-`))
    .sort();
};

/** With that rule alone; what a rule about the linting finds, only the others' runs can tell. */
const lint = (texts: Texts, rule: string) =>
  lintTexts(texts, { only: rule.startsWith('lint/') ? [] : [rule], isApart: true }).findings.filter(({ ruleId }) => ruleId === rule);

/** A finding that is milder than its rule must be marked so: what lowers it is part of what the rule promises. */
const check = ({ id: rule, severity: own }: Rule, { texts, expected }: Fixture) => {
  const findings = lint(texts, rule).map((finding) => ({
    ...finding,
    location: { ...finding.location, path: fixturePath(texts, finding.location) },
  }));
  const found = findings.map(({ location, ruleId, severity }) => `${location.path}:${location.line} ${ruleId} ${severity}`);
  expect(found.sort()).toEqual(expected.map(({ path, line, rule: id, severity = own }) => `${path}:${line} ${id} ${severity}`).sort());
  for (const { path, line, part } of expected) {
    if (part === undefined) continue;
    const messages = findings.filter(({ location }) => location.path === path && location.line === line).map(({ message }) => message);
    expect(messages.join('\n')).toContain(part);
  }
  for (const { location, message } of findings) {
    const text = texts[location.path];
    if (text !== undefined) expect(location.endLine, message).toBeLessThanOrEqual(text.split('\n').length);
  }
  return findings;
};

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('says why, and where to read more', () => {
    expect(rule.why.length).toBeGreaterThan(80);
    expect(rule.summary).not.toMatch(/\.$/);
    expect(rule.reference).toMatch(/^https:\/\//);
  });

  it('finds what its bad example shows, and nothing in its good one', () => {
    const bad = toFixture(exampleTexts(rule.examples.bad));
    expect(bad.expected.length, 'the bad example marks nothing').toBeGreaterThan(0);
    check(rule, bad);
    check(rule, { texts: toFixture(exampleTexts(rule.examples.good)).texts, expected: [] });
  });

  it('has a bad and a good case', () => {
    expect(casesOf(id, 'bad').length, `fixtures/rules/${id}/bad`).toBeGreaterThan(0);
    expect(casesOf(id, 'good').length, `fixtures/rules/${id}/good`).toBeGreaterThan(0);
  });

  it.each(casesOf(id, 'bad'))('%s', (name) => {
    const fixture = toFixture(readTexts(join(fixtures, id, name)));
    expect(fixture.expected.length, 'the case marks nothing').toBeGreaterThan(0);
    const findings = check(rule, fixture);
    const fixed = join(fixtures, id, name.replace(/^bad/, 'fixed'));
    if (!existsSync(fixed)) return;
    const mended: Texts = { ...fixture.texts, ...applyFixes(findings, (path) => fixture.texts[path], ['safe', 'unsafe']).texts };
    expect(mended).toEqual(readTexts(fixed));
    expect(lint(mended, id).filter((finding) => finding.fix)).toEqual([]);
  });

  it.each(casesOf(id, 'good'))('%s', (name) => {
    check(rule, { texts: toFixture(readTexts(join(fixtures, id, name))).texts, expected: [] });
  });
});

it('knows every fixture folder', () => {
  const folders = readdirSync(fixtures).flatMap((category) => readdirSync(join(fixtures, category)).map((name) => `${category}/${name}`));
  const ids = new Set(rules.map((rule) => rule.id));
  expect(folders.filter((folder) => !ids.has(folder))).toEqual([]);
});
