import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { evaluateChange, findingsBefore, lintHead } from '../../src/analyze-change.ts';
import { textFile } from '../../src/files/memory.ts';
import { filesView } from '../../src/files/view.ts';
import { readTexts, workspaceOf } from '../fixture.ts';

const asked = {
  rules,
  only: [],
  paths: [],
  clusters: [],
  severities: {},
  reportUnusedSuppressions: true,
  baseline: undefined,
  rulesMissing: false,
} as const;

describe('what the base has of the findings of the head', () => {
  const after = readTexts(join(import.meta.dirname, '../../fixtures/repos/monorepo'));
  const head = workspaceOf(after);
  const changed = head.files.paths.filter((path) => /kustomization\.yaml$/.test(path));
  const files = filesView({
    paths: head.files.paths,
    open: (path) => (changed.includes(path) ? textFile(`git:before#${path}`, `# before\n${after[path]}`) : head.files.file(path)),
  });
  const change = evaluateChange({
    workspaces: { base: { ...head, files }, head },
    revision: 'before',
    basePrefix: 'git:before#',
    changes: changed.map((path) => ({ path, status: 'modified' })),
  });
  const { findings } = lintHead(change, { ...asked, isApart: true }, { isChangeOnly: false });

  it('is the same as where every rule is asked', () => {
    const [first] = findings;
    if (!first) throw new Error('the fixture has findings');
    // A rule about the linting has all others run.
    const all = findingsBefore(change, asked, [...findings, { ...first, ruleId: 'lint/unused-suppression' }]);
    const some = findingsBefore(change, asked, findings);
    const ids = new Set(findings.map(({ ruleId }) => ruleId));
    expect([...some.keys()].sort()).toEqual(
      [...all]
        .filter(([, { ruleId }]) => ids.has(ruleId))
        .map(([key]) => key)
        .sort(),
    );
    expect(findings.filter(({ fingerprint }) => !some.has(fingerprint))).toEqual([]);
  });

  it('is nothing where the head has none', () => expect(findingsBefore(change, asked, []).size).toBe(0));
});
