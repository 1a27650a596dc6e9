/**
 * Builds `dist/` when npm prepares the package. Where npm installs a git repository globally, as pre-commit does, it runs
 * this without the packages that the build needs (https://github.com/npm/cli/issues/8440): they are installed first.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const npm = (...args) =>
  process.env.npm_execpath === undefined
    ? execFileSync('npm', args, { stdio: 'inherit' })
    : execFileSync(process.execPath, [process.env.npm_execpath, ...args], { stdio: 'inherit' });

if (!existsSync('node_modules/esbuild')) npm('ci', '--global=false', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund');
npm('run', 'build');
