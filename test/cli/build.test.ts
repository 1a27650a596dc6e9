import { expect, it } from 'vitest';
import type { BuildRequest } from '../../src/cli/build-command.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { runMain } from './run-main.ts';

const buildKustomize = async () => (request: BuildRequest) => `${JSON.stringify(request)}\n`;

it('asks for the build of a directory and prints it', async () => {
  const { code, stdout } = await runMain(['build', '--kustomize', 'apps/base'], { cwd: '/somewhere' }, { buildKustomize });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ cwd: '/somewhere', directory: 'apps/base', loadRestrictor: 'LoadRestrictionsNone' });
});

it.each([
  [['build'], 'missing required argument: kustomize.'],
  [['build', '--kustomize', 'a', '--load-restrictor', 'RootOnly'], '--load-restrictor cannot be "RootOnly".'],
  [['build', '--kustomize', 'a', 'b'], '"b" is one argument too many.'],
])('%j is refused', async (argv, message) => {
  const { code, stdout, stderr } = await runMain(argv, {}, { buildKustomize });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.toLowerCase()).toContain(message.toLowerCase());
});

it('says why kustomize would reject it', async () => {
  const rejects = async () => () => {
    throw new UsageError('accumulating resources: base.yaml does not exist', 'Mend the kustomization.');
  };
  const { code, stderr } = await runMain(['build', '--kustomize', 'a'], {}, { buildKustomize: rejects });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'flux-lint: accumulating resources: base.yaml does not exist. Mend the kustomization.\n',
  });
});
