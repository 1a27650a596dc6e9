import { expect, it } from 'vitest';
import { repositoryOf } from '../repository.ts';
import { runMain } from '../run-main.ts';

const cwd = 'fixtures/repos/monorepo';

it('prints what kustomize build prints of a directory', async () => {
  const { code, stdout } = await runMain(['build', '--kustomize', 'infrastructure/cert-manager'], { cwd });
  expect(code).toBe(0);
  expect(stdout.match(/^kind: .*$/gm)).toEqual(['kind: Namespace', 'kind: HelmRepository', 'kind: HelmRelease']);
});

it('prints what one Kustomization applies, and which line wrote each field', async () => {
  const argv = ['build', 'prod-us-east-1', '--kustomization', 'flux-system/apps', '--origins'];
  const { code, stdout, stderr } = await runMain(argv, { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('retention: 30d # apps/overlays/prod/prometheus-values.yaml:9');
  expect(stderr).toBe('cluster prod-us-east-1, Kustomization flux-system/apps: 6 objects\n');
});

it.each([
  [['build', 'prod-us-east-2'], 'there is no cluster prod-us-east-2. Did you mean "prod-us-east-1"?'],
  [['build'], 'the repository has several clusters. Name one: prod-us-east-1, staging-eu-west-1.'],
  [['build', 'prod-us-east-1', '--kustomization', 'apps'], 'Did you mean "flux-system/apps"?'],
  [['build', 'prod-us-east-1', '--kustomize', '.'], '--kustomize builds a directory'],
  [['build', '--kustomize', '.', '--load-restrictor', 'none'], 'LoadRestrictionsNone'],
])('%j is refused', async (argv, part) => {
  const { code, stdout, stderr } = await runMain(argv, { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(part);
});

it('says names of files so that they steer no terminal', async () => {
  const directory = 'billing\u001b[2J';
  const { root } = repositoryOf({
    [`${directory}/kustomization.yaml`]: 'resources: [a.yaml]\n',
    [`${directory}/a.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n',
  });
  const { code, stdout } = await runMain(['build', '--kustomize', directory, '--root', '.', '--origins'], { cwd: root });
  expect(code).toBe(0);
  expect(stdout).toContain('kind: ConfigMap # billing\u241b[2J/a.yaml:2\n');
});
