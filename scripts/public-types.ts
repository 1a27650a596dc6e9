/** Keeps of the declarations in `dist/types` those that the entries lead to: the compiler writes one for every source. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Removes every declaration below `directory` that none of `entries` imports, directly or through others. */
export const keepPublicTypes = (directory: string, entries: readonly string[]): void => {
  const reached = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const imported of importsOf(readFileSync(file, 'utf8'))) visit(join(dirname(file), imported.replace(/\.ts$/, '.d.ts')));
  };
  for (const entry of entries) visit(join(directory, entry));
  for (const { name, parentPath } of readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
    if (!reached.has(join(parentPath, name))) rmSync(join(parentPath, name));
  }
};

const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/\b(?:from\s*|import\s*\(?\s*)['"](\.[^'"]+)['"]/g)].flatMap(([, path]) => (path === undefined ? [] : [path]));
