/** Names that strangers gave to files and objects, in everything that people read. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { makeRepository } from '../git-repository.ts';
import { repositoryOf } from './repository.ts';
import { runMain } from './run-main.ts';

const evil = '::error::a\u001b[2J ##vso[task.prependpath]b ##[error]c \u202ed';
const directory = `clusters/production/${evil}`;

const generator = `configMapGenerator: [{ name: web, literals: [${JSON.stringify(`a=\${${evil}}`)}] }]\n`;

const texts = {
  '.flux-lint.yaml': `clusters: [{ name: ${JSON.stringify(evil)}, path: clusters/production, environment: ${JSON.stringify(evil)} }]\n`,
  'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
  [`${directory}/sync.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${JSON.stringify(evil)}, namespace: ${JSON.stringify(evil)} }
spec:
  path: ${JSON.stringify(`apps/${evil}`)}
  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
  dependsOn: [{ name: ${JSON.stringify(evil)} }]
`,
  [`apps/${evil}/kustomization.yaml`]: generator,
};

const expectHarmless = ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) => {
  const said = `${stdout}${stderr}`;
  expect(said).toMatch(/task\.prependpath/);
  expect(said.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  expect(said).not.toMatch(/^\s*::/m);
  expect(said).not.toMatch(/##\w*\[/);
};

// Windows has no such names.
describe.skipIf(process.platform === 'win32')('gives neither the terminal nor the log of a pipeline a command:', () => {
  it.each([
    ['check'],
    ['check', '--verbose'],
    ['check', '--quiet'],
    ['check', '--format', 'markdown'],
    ['check', evil],
    ['graph'],
    ['graph', '--format', 'dot'],
    ['graph', '--format', 'mermaid'],
    ['why', `apps/${evil}/kustomization.yaml`],
    ['why', `${directory}/sync.yaml:3`],
  ])('%#: %s', async (...argv) => {
    const { root } = repositoryOf(texts);
    expectHarmless(await runMain([...argv, '--root', '.'], { cwd: root }, { analyze: async () => analyze }));
  });

  it.each([[], ['--verbose'], ['--quiet', '--cluster', evil], ['--format', 'markdown']])('impact, %#: %s', async (...argv) => {
    const { root, write } = repositoryOf(texts);
    makeRepository(root);
    write(`apps/${evil}/kustomization.yaml`, `namePrefix: a\n${generator}`);
    write(`unread/${evil}.yaml`, '# nobody reads it\n');
    expectHarmless(await runMain(['impact', '--since', 'HEAD', ...argv], { cwd: root }));
  });
});
