/** What an editor shows of a repository is what `check` prints of it: the same ids, severities, places and words. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnostic, Range } from 'vscode-languageserver-protocol';
import { check, type Finding } from '../../src/index.ts';
import { readTexts } from '../fixture.ts';
import { removeDirectory, repositoryOf } from '../git-repository.ts';
import { type Client, startClient } from './client.ts';

const repositories = join(import.meta.dirname, '../../fixtures/repos');
const names = readdirSync(repositories);

const roots = new Map<string, string>();
let client: Client;

beforeAll(async () => {
  for (const name of names) roots.set(name, repositoryOf(readTexts(join(repositories, name))));
  const folders = [...roots.values()];
  client = await startClient(folders[0] ?? '', { folders });
});

afterAll(async () => {
  await client.end();
  for (const root of roots.values()) removeDirectory(root);
});

const severities = { error: 1, warning: 2, info: 4 } as const;

const rangeOf = ({ line, column, endLine, endColumn }: Finding['location']): Range => ({
  start: { line: line - 1, character: column - 1 },
  end: { line: endLine - 1, character: endColumn - 1 },
});

const isHere = ({ repository, revision }: Finding['location']): boolean => repository === undefined && revision === undefined;

/** A finding of `check` as an editor is to have it. */
const expected = ({ ruleId, severity, message, hint, location, related, fingerprint }: Finding, uri: (path: string) => string) => ({
  code: ruleId,
  severity: severities[severity],
  message: hint === undefined ? message : `${message}\n${hint}`,
  range: rangeOf(location),
  places: related.filter((each) => isHere(each.location)).map((each) => [uri(each.location.path), rangeOf(each.location), each.message]),
  data: { fingerprint },
});

const shown = ({ code, severity, message, range, relatedInformation = [], data }: Diagnostic) => ({
  code,
  severity,
  message,
  range,
  places: relatedInformation.map(({ location, message: why }) => [location.uri, location.range, why]),
  data,
});

describe('fixtures/repos', () => {
  it.each(names)('%s', async (name) => {
    const root = roots.get(name) ?? '';
    const { findings } = await check({ cwd: root });
    const below = (path: string) => join(relative([...roots.values()][0] ?? '', root), path);
    const own = findings.filter(({ location }) => isHere(location));
    expect(own.length).toBeGreaterThan(0);
    for (const path of new Set(own.map(({ location }) => location.path))) {
      const wanted = own.filter(({ location }) => location.path === path);
      await client.open(below(path), readFileSync(join(root, path), 'utf8'));
      const diagnostics = await client.diagnostics(below(path), (all) => all.length > 0);
      expect(diagnostics.map(shown)).toEqual(wanted.map((finding) => expected(finding, (other) => client.uri(below(other)))));
    }
  });
});
