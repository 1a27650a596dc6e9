/**
 * The script and the style of the page, as texts. The bundle holds what this module comes to instead of the module, which
 * needs a bundler.
 */
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const built = (file: string): string =>
  buildSync({
    entryPoints: [join(import.meta.dirname, 'page', file)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    minify: true,
    charset: 'ascii',
    legalComments: 'none',
  }).outputFiles[0]?.text ?? '';

export const pageScript: string = built('app.ts');
export const pageStyle: string = built('style.css');
