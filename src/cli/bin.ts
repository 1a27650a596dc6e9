#!/usr/bin/env node
import { main } from './main.ts';

// A reader that has seen enough (`flux-lint | head`) closes the pipe: no reason to complain.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const code = main(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  env: process.env,
  cwd: process.cwd(),
  isTTY: process.stdout.isTTY === true,
  columns: process.stdout.columns,
});

// No await: the executable is a CommonJS script, which cannot wait at its top.
code.then((value) => {
  process.exitCode = value;
});
