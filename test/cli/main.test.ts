import { expect, it } from 'vitest';
import { tool } from '../../src/model/tool.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { runMain } from './run-main.ts';

it.each([[['--version']], [['check', '--version']]])('%j says the version alone', async (argv) => {
  expect(await runMain(argv)).toEqual({ code: 0, stdout: `${tool.version}\n`, stderr: '' });
});

it('says how it is used', async () => {
  const { code, stdout, stderr } = await runMain(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const command of ['check [paths..]', 'rules', 'explain <rule>']) expect(stdout).toContain(`flux-lint ${command}`);
  expect(stdout).toContain('Exit code: 0');
});

it.each([
  [['--formt', 'json'], 'there is no option --formt. Did you mean --format?'],
  [['check', '-x'], 'there is no option -x. See flux-lint check --help.'],
  [['--hepl'], 'Did you mean --help?'],
  [['validate'], 'there is no path and no command "validate". Name a directory or a file, or see flux-lint --help.'],
  [['chek'], 'there is no path and no command "chek". Did you mean "flux-lint check"?'],
  [['--format', 'jsn'], '--format cannot be "jsn". Did you mean "json"?'],
  [['--fail-on', 'fatal'], '--fail-on cannot be "fatal". Use one of error, warning, info, never.'],
  [['--max-warnings', '1.5'], '--max-warnings cannot be "1.5".'],
  [['--root'], '--root wants a value.'],
  [['--root', 'a', '--root', 'b'], '--root is given more than once.'],
  [['--root', ''], '--root is empty. Give it a value, or leave it out.'],
  [['--cluster', 'prod', '--cluster', ''], '--cluster is empty.'],
  [['--rule', 'manifest/invalid-yaml'], '--rule cannot be "manifest/invalid-yaml". Write --rule RULE=off|error|warning|info.'],
  [['--rule', 'manifest/invalid-yaml=fatal'], '--rule cannot be "fatal".'],
  [['--repository', '../apps'], '--repository cannot be "../apps". Write --repository URL=DIR.'],
  [['explain'], 'explain wants a rule. See flux-lint explain --help.'],
  [['why', '--format', 'json'], 'why wants a place. See flux-lint why --help.'],
  [['-s', 'main'], 'there is no option -s. Did you mean --since or --staged or --stdin-filename or --statistics or --stats?'],
  [['-V'], 'there is no option -V. Did you mean --verbose or --version?'],
  [['version'], 'Did you mean "flux-lint --version"?'],
  [['fix'], 'Did you mean "flux-lint --fix"?'],
  [['explain', 'shared-bas'], 'Did you mean "blast-radius/shared-base"?'],
  [['explain', 'a', 'b'], '"b" is one argument too many.'],
  [['rules', '--output', '/dev/null/report'], 'cannot write /dev/null/report (E'],
])('%j is refused in one line', async (argv, message) => {
  const { code, stdout, stderr } = await runMain(argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).toMatch(/^flux-lint: [^\n]+\n$/);
});

it('says what the analysis could not do, and what to do', async () => {
  const analyze = async () => () => {
    throw new UsageError('clusters/prod does not exist', 'Name a directory\nor a file of the repository.');
  };
  expect(await runMain([], {}, { analyze })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'flux-lint: clusters/prod does not exist. Name a directory or a file of the repository.\n',
  });
});

it('says names so that they steer no terminal', async () => {
  const analyze = async () => () => {
    throw new Error('rule a/b', { cause: new TypeError('\u001b]0;title\u0007 is undefined') });
  };
  expect((await runMain(['--format', 'apps\u001b[2J'])).stderr).toContain('apps\u241b[2J');
  const { stderr } = await runMain([], {}, { analyze });
  expect(stderr).toContain('rule a/b: \u241b]0;title\u2407 is undefined\n');
  expect(stderr).not.toContain('\u001b');
});

it('names the step and the rule of a bug, and asks for a report', async () => {
  const analyze = async () => () => {
    throw new Error('rule references/unknown-source', { cause: new TypeError('spec is undefined') });
  };
  const { code, stdout, stderr } = await runMain([], {}, { analyze });
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toContain(`a bug in flux-lint ${tool.version}, during the analysis: rule references/unknown-source: spec is undefined\n`);
  expect(stderr).toContain('Please report it');
  expect(stderr).toContain('TypeError: spec is undefined\n    at ');
});
