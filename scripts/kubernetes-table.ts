/**
 * Makes the tables of what Kubernetes serves and what its kinds hold, of the OpenAPI that each release carries
 * (`api/openapi-spec/swagger.json` in the Go module k8s.io/kubernetes): `npm run generate:kubernetes`, which wants Go and
 * the module proxy. Facts alone go in, no sentence: types, required fields, keys of lists, scopes, and since when and until
 * when each is there.
 *
 * - `src/kube/schema/kubernetes/kinds.json`: every kind with its scope and its versions, since 1.15.
 * - `src/kube/schema/kubernetes/types.json`: the fields of each type, for the minors that are judged.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kindsOf, type Release } from './kubernetes/kinds.ts';
import type { Swagger } from './kubernetes/swagger.ts';
import { typesOf } from './kubernetes/types.ts';

/** The minors whose fields are judged: the eight newest. */
const judged: readonly string[] = ['v1.30.14', 'v1.31.14', 'v1.32.13', 'v1.33.13', 'v1.34.4', 'v1.35.4', 'v1.36.3', 'v1.37.2'];

/** Those before, for the versions that are gone. */
const earlier: readonly string[] = [
  'v1.15.12',
  'v1.16.15',
  'v1.17.17',
  'v1.18.20',
  'v1.19.16',
  'v1.20.15',
  'v1.21.14',
  'v1.22.17',
  'v1.23.17',
  'v1.24.17',
  'v1.25.16',
  'v1.26.15',
  'v1.27.16',
  'v1.28.15',
  'v1.29.6',
];

/** The newest of each minor is checked by nobody but whoever runs this: `go list -m -versions k8s.io/kubernetes`. */
const readRelease = (version: string): Release => {
  const answer = execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@${version}`], {
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=mod' },
  });
  const { Dir: directory }: { readonly Dir: string } = JSON.parse(answer);
  const swagger: Swagger = JSON.parse(readFileSync(join(directory, 'api/openapi-spec/swagger.json'), 'utf8'));
  return { minor: Number(version.split('.')[1]), swagger };
};

const source = (versions: readonly string[]): string =>
  `Facts of api/openapi-spec/swagger.json in k8s.io/kubernetes ${versions.join(', ')} (The Kubernetes Authors, Apache-2.0); made by scripts/kubernetes-table.ts`;

/** One entry a line, so that a new minor is a diff that can be read. */
const written = (table: Readonly<Record<string, unknown>>, open: string): string => {
  const lines = Object.entries(table).map(([name, value]) => {
    const isOpen = name === open && typeof value === 'object' && value !== null;
    if (!isOpen) return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    const inner = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${JSON.stringify(entry)}`);
    return `${JSON.stringify(name)}: {\n${inner.join(',\n')}\n}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
};

const folder = join(import.meta.dirname, '../src/kube/schema/kubernetes');
const newest = judged.map(readRelease);
const all = [...earlier.map(readRelease), ...newest];
const kinds = kindsOf(all);
const [first, last] = [newest[0]?.minor, newest.at(-1)?.minor];
writeFileSync(
  join(folder, 'kinds.json'),
  written({ source: source([...earlier, ...judged]), oldest: all[0]?.minor, first, last, kinds }, 'kinds'),
);
writeFileSync(join(folder, 'types.json'), written({ source: source(judged), ...typesOf(newest) }, 'types'));
