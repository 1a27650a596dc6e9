/** Bundles the command into `dist/`: one entry that starts fast and loads the rest when it is needed. */
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

const entryPoints: Record<string, string> = { yaml: 'src/yaml/file-parser.ts' };

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints,
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  minifySyntax: true,
});
