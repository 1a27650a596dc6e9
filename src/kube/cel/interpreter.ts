import { createRequire } from 'node:module';
import type * as Cel from '@marcbachmann/cel-js';

let loaded: typeof Cel | undefined;

/** The interpreter of CEL. Loaded for the first rule of a definition or expression of a configuration: most repositories have none. */
export const interpreter = (): typeof Cel => {
  loaded ??= createRequire(import.meta.url)('@marcbachmann/cel-js') as typeof Cel; // what the package exports, by its own types
  return loaded;
};
