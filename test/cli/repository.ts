/** A repository on disk, and the whole program run in it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import type { Io } from '../../src/cli/terminal/io.ts';
import type { Texts } from '../fixture.ts';
import { runMain } from './run-main.ts';

export const repositoryOf = (texts: Texts) => {
  const root = mkdtempSync(join(tmpdir(), 'flux-lint-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(texts)) write(path, text);
  const run = (argv: readonly string[], io: Partial<Io> = {}) =>
    runMain(['check', '--root', root, ...argv], { cwd: root, ...io }, { analyze: async () => analyze });
  return { root, write, run };
};
