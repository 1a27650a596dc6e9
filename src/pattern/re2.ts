import { createRequire } from 'node:module';
import type * as Re2 from 're2js';

let loaded: typeof Re2 | undefined;

/**
 * Go's regular expressions. Loaded when the first pattern needs them: most repositories have none, and reading the
 * package takes as long as reading all of the evaluator.
 */
export const re2 = (): typeof Re2 => {
  loaded ??= createRequire(import.meta.url)('re2js') as typeof Re2; // what the package exports, by its own types
  return loaded;
};
