import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Detected } from '../../src/graph/detected.ts';
import { tool } from '../../src/model/tool.ts';
import { configFile, type Decisions } from '../../src/report/init/config-file.ts';
import { snippetFor } from '../../src/report/init/snippets.ts';
import { fc } from '../properties.ts';
import { uncommented } from './uncommented.ts';

const project = join(import.meta.dirname, '../..');
const nothing: Detected = { clusters: [], unapplied: [], environments: [], tenants: [], unmapped: [], readers: [] };
const undecided: Decisions = { isRoot: false, environments: new Map(), promotion: undefined, isStrict: false };

describe('configFile', () => {
  it('names a schema that the package holds', () => {
    const text = configFile({ detected: nothing, decisions: undecided, version: tool.version });
    const [, version, path = ''] = /\$schema=https:\/\/unpkg\.com\/flux-lint@([^/]+)\/(.*)/.exec(text) ?? [];
    const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
    expect(version).toBe(manifest.version);
    expect(existsSync(join(project, path))).toBe(true);
    expect(manifest.files).toContain(path.split('/')[0]);
  });

  const name = fc.oneof(
    fc.constantFrom('on', '1.5', '*', 'a: b', 'a # b', '- x', '"', "'", 'a\nb', '#', '~', 'a\u2028b', '\u2029', 'a\u0085b', '\u00a0x'),
    fc.string({ minLength: 1, unit: 'grapheme' }),
  );

  it('says any name so that it is read back, once its comment signs are gone', () => {
    fc.assert(
      fc.property(name, name, fc.webUrl(), (first, second, url) => {
        const detected: Detected = {
          ...nothing,
          clusters: [
            {
              name: first,
              directory: second,
              evidence: 'layout',
              file: second,
              environment: undefined,
              isProtected: false,
              hub: undefined,
            },
          ],
          environments: [{ name: first, clusters: [second], isProtected: true }],
          tenants: [{ name: first, because: second, kustomizations: [first, second], namespaces: [second] }],
          unmapped: [{ url, kustomizations: [] }],
        };
        const text = configFile({ detected, decisions: undecided, version: tool.version });
        expect(parse(text)).toBeNull();
        expect(text).not.toMatch(/[\u0085\u2028\u2029]/);
        expect(parse(uncommented(text))).toMatchObject({
          clusters: [{ name: first, path: second }],
          environments: { [first]: { match: [second], protected: true } },
          tenants: [{ name: first, kustomizations: [first, second], namespaces: [second] }],
          repositories: { [url]: expect.stringMatching(/^\.\.\/./) },
          extends: 'strict',
        });
      }),
    );
  });
});

describe('snippets', () => {
  it.each(['pre-commit', 'github', 'gitlab', 'azure'] as const)('%s is YAML, and of one version', (automation) => {
    const { text } = snippetFor(automation, '9.8.7');
    expect(Object.keys(parse(text)).length).toBeGreaterThan(0);
    expect(text.match(/\d+\.\d+\.\d+/g)).toEqual(['9.8.7']);
  });

  it('pre-commit runs the hook of this repository', () => {
    expect(parse(snippetFor('pre-commit', '9.8.7').text)).toEqual({
      repos: [{ repo: 'https://github.com/flux-lint/flux-lint', rev: 'v9.8.7', hooks: [{ id: 'flux-lint' }] }],
    });
  });

  it('CI names the file that it reads again', () => {
    const gitlab = parse(snippetFor('gitlab', '9.8.7').text)['flux-lint'];
    expect(gitlab.script[0]).toContain(`--report gitlab=${gitlab.artifacts.reports.codequality}`);
    const [, lint, upload] = parse(snippetFor('github', '9.8.7').text).jobs['flux-lint'].steps;
    expect(upload.with.sarif_file).toBe(lint.with['sarif-file']);
    const [, script, publish] = parse(snippetFor('azure', '9.8.7').text).steps;
    expect(script.script).toContain(`--report junit=${publish.inputs.testResultsFiles}`);
  });
});
