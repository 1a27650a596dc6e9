#!/usr/bin/env node
import { readFileSync, writeSync } from 'node:fs';
import { main } from './main.ts';
import { setPatience } from './start/v8-patience.ts';
import { exitCodes } from './terminal/exit-code.ts';
import { interruptible } from './terminal/interruptible.ts';

// The executable starts here. The package has done it by now: its code of an earlier run goes by it (`start/start.ts`).
setPatience(process.argv[2]);

let isReportLost = false;

// A reader that has seen enough (`flux-lint | head`) closes the pipe: no reason to complain. Half a report is one.
process.stdout.on('error', ({ code: why }: NodeJS.ErrnoException) => {
  if (why === 'EPIPE' || isReportLost) return;
  isReportLost = true;
  process.exitCode = exitCodes.usage;
  process.stderr.write(`flux-lint: cannot write to standard output (${why}). Make room there, or send it elsewhere.\n`);
});

// Nobody listens, so nobody can be told. The exit code still says how it went.
process.stderr.on('error', () => {});

/** A terminal that cannot take it now, or went away, misses a line that was to vanish anyway. */
const draw = (text: string) => {
  try {
    writeSync(2, text);
  } catch {}
};

/** Not by `process.stdin`, which is opened by looking at it; and only terminals pay for the question. */
const isConversation = process.stdout.isTTY && process.getBuiltinModule('node:tty').isatty(0);

const code = main(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  env: process.env,
  cwd: process.cwd(),
  isTTY: process.stdout.isTTY === true,
  // A terminal that was told no size says 0.
  columns: process.stdout.columns || undefined,
  draw,
  stderrIsTTY: process.stderr.isTTY === true,
  stderrColumns: process.stderr.columns || undefined,
  now: () => performance.now(),
  peakMemory: () => process.resourceUsage().maxRSS * 1024,
  interruptible,
  stdin: () => readFileSync(0, 'utf8'),
  ...(isConversation ? { questions: async () => (await import('./terminal/questions.ts')).openQuestions() } : {}),
});

/** To take down what a run has built costs up to a twentieth of it. An error of a stream is told by its listener, which is called later. */
const endNow = () =>
  process.stdout.write('', (lost) => {
    if (!lost) process.stderr.write('', () => process.exit());
  });

// No await: the executable is a CommonJS script, which cannot wait at its top.
code.then((value) => {
  process.exitCode = isReportLost ? exitCodes.usage : value;
  // A shell ends its script or loop where it sees that the signal was the end, not a code.
  if (value === exitCodes.interrupted) process.kill(process.pid, 'SIGINT');
  else endNow();
});
