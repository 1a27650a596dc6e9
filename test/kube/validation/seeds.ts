import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { MapNode } from '../../../src/yaml/node.ts';
import { parseObject } from '../schema/parse-object.ts';

const path = join(import.meta.dirname, '../../../scripts/differential/apiserver/seeds.yaml');

/** The objects that `compare:apiserver` begins with, which a real API server takes: as plain values, by kind. */
export const seeds: ReadonlyMap<string, object> = new Map(
  parseAllDocuments(readFileSync(path, 'utf8'), { version: '1.1' }).map((document) => {
    const object: { readonly kind: string } = document.toJS();
    return [object.kind, object];
  }),
);

export const rootOf = (object: object): MapNode => parseObject(stringify(object, { version: '1.1', aliasDuplicateObjects: false }));
