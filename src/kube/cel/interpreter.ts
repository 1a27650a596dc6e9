import { createRequire } from 'node:module';
import type * as Cel from '@marcbachmann/cel-js';

let loaded: typeof Cel | undefined;

/** The interpreter of CEL. Loaded when the first definition has a rule to hold an object to: most clusters bring none. */
export const interpreter = (): typeof Cel => {
  loaded ??= createRequire(import.meta.url)('@marcbachmann/cel-js') as typeof Cel; // what the package exports, by its own types
  return loaded;
};
