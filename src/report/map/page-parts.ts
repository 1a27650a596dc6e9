/**
 * The script and the style of the page, as texts. The bundle holds what this module comes to instead of the module, which
 * needs a bundler.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const folder = join(import.meta.dirname, 'page');

const built = buildSync({
  entryPoints: [join(folder, 'app.ts')],
  bundle: true,
  write: false,
  format: 'iife',
  target: 'es2022',
  minify: true,
  charset: 'ascii',
  legalComments: 'none',
});

export const pageScript: string = built.outputFiles[0]?.text ?? '';
export const pageStyle: string = readFileSync(join(folder, 'style.css'), 'utf8').replace(/\n\s*/g, '\n');
