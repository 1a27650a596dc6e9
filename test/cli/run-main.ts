/** `main` in process: streams as buffers, parts as given. */
import { tmpdir } from 'node:os';
import type { Parts } from '../../src/cli/command.ts';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { sampleResult, sampleRules } from '../report/sample.ts';

const sampleParts: Parts = {
  analyze: async () => () => sampleResult,
  rules: async () => sampleRules,
};

export const runMain = async (argv: readonly string[], io: Partial<Io> = {}, parts: Partial<Parts> = {}) => {
  const output = { stdout: '', stderr: '' };
  const code = await main(
    argv,
    {
      stdout: (text) => {
        output.stdout += text;
      },
      stderr: (text) => {
        output.stderr += text;
      },
      env: {},
      cwd: tmpdir(),
      isTTY: false,
      columns: undefined,
      ...io,
    },
    { ...sampleParts, ...parts },
  );
  return { code, ...output };
};
