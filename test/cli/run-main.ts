/** `main` in process: streams as buffers, parts as given. */

import { tmpdir } from 'node:os';
import type { Parts } from '../../src/cli/context.ts';
import { main } from '../../src/cli/main.ts';
import type { Io } from '../../src/cli/terminal/io.ts';
import { sampleResult, sampleRules } from '../report/sample.ts';
import { silentIo } from './terminal/silent-io.ts';

const sampleParts: Parts = {
  analyze: async () => () => sampleResult,
  rules: async () => sampleRules,
};

export const runMain = async (argv: readonly string[], io: Partial<Io> = {}, parts: Partial<Parts> = {}) => {
  const output = { stdout: '', stderr: '' };
  const stderr = (text: string) => {
    output.stderr += text;
  };
  const code = await main(
    argv,
    {
      ...silentIo,
      stdout: (text) => {
        output.stdout += text;
      },
      stderr,
      draw: stderr,
      cwd: tmpdir(),
      ...io,
    },
    { ...sampleParts, ...parts },
  );
  return { code, ...output };
};
