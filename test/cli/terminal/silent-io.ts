import type { Io } from '../../../src/cli/terminal/io.ts';

/** A world without terminals or a clock that moves; what is said in it is lost. */
export const silentIo: Io = {
  stdout: () => {},
  stderr: () => {},
  env: {},
  cwd: process.cwd(),
  isTTY: false,
  columns: undefined,
  draw: () => {},
  stderrIsTTY: false,
  stderrColumns: undefined,
  now: () => 0,
  peakMemory: () => 0,
  interruptible: (run) => run(),
};
