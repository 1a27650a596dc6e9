/** Names that strangers gave to files and objects, in everything that people read. */
import { expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { repositoryOf } from './repository.ts';
import { runMain } from './run-main.ts';

const evil = '::error::a\u001b[2J ##vso[task.prependpath]b ##[error]c \u202ed';
const directory = `clusters/production/${evil}`;

const texts = {
  'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
  [`${directory}/sync.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${JSON.stringify(evil)}, namespace: ${JSON.stringify(evil)} }
spec:
  path: ${JSON.stringify(`apps/${evil}`)}
  dependsOn: [{ name: ${JSON.stringify(evil)} }]
`,
  [`apps/${evil}/kustomization.yaml`]: `resources: []\nconfigMapGenerator: [{ name: web, literals: [${JSON.stringify(`a=\${${evil}}`)}] }]\n`,
};

// Windows has no such names.
it
  .skipIf(process.platform === 'win32')
  .each([
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
  ])('%j gives neither the terminal nor the log of a pipeline a command', async (...argv) => {
  const { root } = repositoryOf(texts);
  const { stdout, stderr } = await runMain([...argv, '--root', '.'], { cwd: root }, { analyze: async () => analyze });
  const said = `${stdout}${stderr}`;
  expect(said).toMatch(/task\.prependpath/);
  expect(said.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  expect(said).not.toMatch(/^\s*::/m);
  expect(said).not.toMatch(/##\w*\[/);
});
