import { Ajv } from 'ajv';
import { configSchema } from './config-schema.ts';
import { withoutWords } from './without-words.ts';

export const ajv = new Ajv({ allErrors: true, verbose: true, code: { source: true, esm: true } });

/**
 * Holds a plain value against `config-schema.ts`. Compiling a schema costs as much as starting Node, so the bundle has
 * this module's code ready made (`scripts/build.ts`).
 */
export const validate = ajv.compile(withoutWords(configSchema));
