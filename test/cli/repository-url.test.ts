import { expect, it } from 'vitest';
import { checkFormatNames } from '../../src/report/check/format-names.ts';
import { repositoryOf } from './repository.ts';

it.each(checkFormatNames)('the password of a checkout does not get into a report: %s', async (format) => {
  const { run, write } = repositoryOf({
    '.flux-lint.yaml': 'root: true\n',
    'clusters/prod/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
  });
  write('clusters/prod/apps.yaml', source);
  write('checkout/deploy/x.yaml', 'apiVersion: v1\nkind: ConfigMap\nkind: Secret\nmetadata: { name: a, namespace: b }\n');
  const { stdout, stderr } = await run([
    '--repository',
    'https://bot:hunter2@git.example/acme/apps=checkout',
    '--format',
    format,
    '--verbose',
  ]);
  expect(stdout).toContain('bot@git.example/acme/apps');
  expect(stdout + stderr).not.toContain('hunter2');
});

it.each(checkFormatNames)('a URL that no text can hold is found wrong as ever: %s', async (format) => {
  const { run, write } = repositoryOf({
    '.flux-lint.yaml': 'root: true\nrepositories: { "https://git.example/acme/apps\\uD800": checkout }\n',
    'clusters/prod/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
  });
  write('clusters/prod/apps.yaml', source.replace('/apps"', '/apps\\uD800"'));
  write('checkout/deploy/x.yaml', 'apiVersion: v1\nkind: ConfigMap\nkind: Secret\nmetadata: { name: a, namespace: b }\n');
  expect(await run(['--format', format])).toMatchObject({ code: 1, stdout: expect.stringContaining('duplicate-key') });
});

const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: apps, namespace: flux-system }
spec: { interval: 1h, url: "https://git.example/acme/apps" }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 1h, path: ./deploy, prune: true, sourceRef: { kind: GitRepository, name: apps } }
`;
