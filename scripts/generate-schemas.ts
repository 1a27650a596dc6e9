/** Writes `schemas/generated/`: JSON Schemas of the kinds that flux-lint knows, for editors and other tools. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generatedSchemas } from './generated-schemas.ts';

rmSync('schemas/generated', { recursive: true, force: true });
for (const [path, text] of generatedSchemas()) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
