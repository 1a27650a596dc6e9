import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findingsBefore, lintHead } from '../../src/analyze-change.ts';
import { evaluatedChange } from '../change-fixture.ts';
import { everyRule, readTexts, workspaceOf } from '../fixture.ts';

describe('what the base has of the findings of the head', () => {
  const after = readTexts(join(import.meta.dirname, '../../fixtures/repos/monorepo'));
  const before = Object.fromEntries(
    Object.entries(after).map(([path, text]) => [path, /kustomization\.yaml$/.test(path) ? `# before\n${text}` : text]),
  );
  const change = evaluatedChange({ before, after, head: workspaceOf(after) });
  const { findings } = lintHead(change, { ...everyRule, isApart: true }, { isChangeOnly: false });

  it('is the same as where every rule is asked', () => {
    const [first] = findings;
    if (!first) throw new Error('the fixture has findings');
    // A rule about the linting has all others run.
    const all = findingsBefore(change, everyRule, [...findings, { ...first, ruleId: 'lint/unused-suppression' }]);
    const some = findingsBefore(change, everyRule, findings);
    const ids = new Set(findings.map(({ ruleId }) => ruleId));
    expect([...some.keys()].sort()).toEqual(
      [...all]
        .filter(([, { ruleId }]) => ids.has(ruleId))
        .map(([key]) => key)
        .sort(),
    );
    expect(findings.filter(({ fingerprint }) => !some.has(fingerprint))).toEqual([]);
  });

  it('has what a comment suppresses, and what is wrong with comments', () => {
    const [first] = findings;
    if (!first) throw new Error('the fixture has findings');
    const { path } = first.location;
    const comments = `# flux-lint-disable-file ${first.ruleId} -- later\n# flux-lint-disable-file build/cycle -- never\n`;
    const commented = evaluatedChange({ before: { ...before, [path]: comments + after[path] }, after, head: workspaceOf(after) });
    const about = { ...first, ruleId: 'lint/unused-suppression' };
    const known = [...findingsBefore(commented, { ...everyRule, reportUnusedSuppressions: true }, [first, about]).values()];
    expect(known.map(({ fingerprint }) => fingerprint)).toContain(first.fingerprint);
    const unused = known.filter(({ ruleId, location }) => ruleId === about.ruleId && location.path === path);
    expect(unused.map(({ message }) => message)).toContainEqual(expect.stringContaining('build/cycle'));
  });

  it('is nothing where the head has none', () => expect(findingsBefore(change, everyRule, []).size).toBe(0));
});
