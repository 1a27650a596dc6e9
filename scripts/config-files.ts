import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../rules/index.ts';
import { configJsonSchema } from '../src/lsp/completion/config-json-schema.ts';
import { configKeys } from './config-keys.ts';

const page = 'docs/configuration.md';
const [start, end] = ['<!-- keys: written by npm run generate -->\n', '<!-- end of keys -->\n'];

/** The schema of the configuration, and its page with the part that is made of it, by their paths. */
export const configFiles = (): ReadonlyMap<string, string> => {
  const written = readFileSync(join(import.meta.dirname, '..', page), 'utf8');
  const [before, rest = ''] = written.split(start);
  const [, after] = rest.split(end);
  if (before === undefined || after === undefined) throw new Error(`${page} lacks the comments around the keys`);
  // Editors show descriptions as they are.
  const schema = JSON.stringify(configJsonSchema(rules), undefined, 2).replaceAll('`', '');
  return new Map([
    ['schemas/config.schema.json', `${schema}\n`],
    [page, `${before}${start}\n${configKeys()}\n${end}${after}`],
  ]);
};
