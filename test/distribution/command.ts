import { spawnSync } from 'node:child_process';

/** Runs a command to its end; a signal is an error. */
export const run = (command: string, argv: readonly string[], cwd: string) => {
  const { status, stdout, stderr, error } = spawnSync(command, argv, { cwd, encoding: 'utf8' });
  if (error) throw error;
  return { status, stdout, stderr };
};
