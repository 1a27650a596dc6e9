/** What the editor shows of a repository is what `check` prints of it: the same ids, places and words. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/index.ts';
import { diagnosticOf } from '../../src/lsp/diagnostics.ts';
import { openSession } from '../../src/lsp/session/session.ts';
import { readTexts } from '../fixture.ts';
import { removeDirectory, repositoryOf } from '../git-repository.ts';

const repositories = join(import.meta.dirname, '../../fixtures/repos');

describe('fixtures/repos', () => {
  it.each(readdirSync(repositories))('%s', async (name) => {
    const root = repositoryOf(readTexts(join(repositories, name)));
    try {
      const { findings } = await check({ cwd: root });
      const session = await openSession(root);
      const shown = session.analysis().result.findings.map((finding) => ({ finding, diagnostic: diagnosticOf(session, finding) }));
      expect(
        shown.map(({ diagnostic: { code, message, range, data } }) => ({
          code,
          message: String(message).split('\n')[0],
          line: range.start.line + 1,
          column: range.start.character + 1,
          data,
        })),
      ).toEqual(
        findings.map(({ ruleId, message, location, fingerprint }) => ({
          code: ruleId,
          message: message.split('\n')[0],
          line: location.line,
          column: location.column,
          data: { fingerprint },
        })),
      );
    } finally {
      removeDirectory(root);
    }
  });
});
