import { Ajv } from 'ajv';
import configSchema from '../../schemas/config.schema.json' with { type: 'json' };

export const ajv = new Ajv({ allErrors: true, verbose: true, code: { source: true, esm: true } });

/**
 * Holds a plain value against `schemas/config.schema.json`. Compiling a schema costs as much as starting Node, so the
 * bundle has this module's code ready made (`scripts/build.ts`).
 */
export const validate = ajv.compile(configSchema);
