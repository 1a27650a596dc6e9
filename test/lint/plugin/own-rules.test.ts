import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryOf } from '../../cli/repository.ts';
import { readTexts, type Texts, toFixture } from '../../fixture.ts';

const example = join(import.meta.dirname, '../../../fixtures/plugins/missing-owner');
const { texts, expected } = toFixture(readTexts(example));

interface Report {
  readonly findings: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly location: { readonly path: string; readonly line: number };
  }[];
  readonly notJudged: readonly { readonly reason: string; readonly examples: readonly string[] }[];
}

const lint = async (files: Texts, ...argv: readonly string[]) => {
  const { run } = repositoryOf(files);
  const { code, stdout, stderr } = await run(['--format', 'json', '--only', 'acme/*', ...argv]);
  // The report is JSON where there is one; its shape is held elsewhere.
  const report = (stdout === '' ? { findings: [], notJudged: [] } : JSON.parse(stdout)) as Report;
  return { code, stderr, ...report };
};

const withConfig = (config: string, more: Texts = {}): Texts => ({ ...texts, ...more, '.flux-lint.yaml': config });

const rule = (id: string, more = '') =>
  `export const one = { id: '${id}', severity: 'error', summary: 's', why: 'w', reference: 'https://acme.example', examples: { bad: '', good: '' },
    *kustomization(k) { yield { at: k.origin('/metadata/name'), message: 'found' }; }, ${more} };\n`;

it('runs the documented example', async () => {
  const { findings } = await lint(texts);
  const found = findings.map(({ ruleId, location }) => `${location.path}:${location.line} ${ruleId}`);
  expect(found).toEqual(expected.map(({ path, line, rule: id }) => `${path}:${line} ${id}`));
  for (const { rule: id, part = '' } of expected) expect(findings.find(({ ruleId }) => ruleId === id)?.message).toContain(part);
  const documentation = readFileSync(join(import.meta.dirname, '../../../docs/plugins.md'), 'utf8');
  expect(documentation).toContain(readFileSync(join(example, 'lint/our-rules.js'), 'utf8'));
});

describe('plugins', () => {
  it.each([
    ['a default export', rule('acme/one').replace('const one =', 'default'), './x.mjs'],
    ['a list', rule('acme/one').replace('const one =', 'default [').replace(/;\n$/, '];\n'), './x.mjs'],
    ['a package', rule('acme/one'), 'acme-rules'],
  ])('may be %s', async (_, code, module) => {
    const { findings, stderr } = await lint(
      withConfig(`plugins: [${module}]\n`, {
        'x.mjs': code,
        'node_modules/acme-rules/package.json': '{ "name": "acme-rules", "type": "module", "exports": "./index.js" }',
        'node_modules/acme-rules/index.js': code,
      }),
    );
    expect(stderr).toBe('');
    expect(new Set(findings.map(({ ruleId }) => ruleId))).toEqual(new Set(['acme/one']));
  });

  it('end the run where they throw, as a fault of the plugin that is told with its line', async () => {
    const falls = rule('acme/falls').replace("message: 'found' };", "message: 'found' }; throw new TypeError('no such field');");
    const { code, stderr } = await lint(withConfig('plugins: [./x.mjs]\n', { 'x.mjs': falls }));
    expect(code).toBe(2);
    expect(stderr).toMatch(/the rule acme\/falls of a plugin failed at .*x\.mjs.*: no such field/);
  });

  it('do not run where nobody wants them, and the report says so', async () => {
    const outside = repositoryOf({ 'lint.yaml': texts['.flux-lint.yaml'] ?? '' });
    for (const argv of [['--no-plugins'], ['--config', join(outside.root, 'lint.yaml')]]) {
      const { findings, notJudged, code } = await lint(texts, ...argv);
      expect(code).toBe(1);
      expect(findings.map(({ ruleId }) => ruleId)).toEqual(['acme/billing-owns-its-objects']);
      expect(notJudged).toContainEqual(expect.objectContaining({ reason: 'plugins were not run', examples: ['./lint/our-rules.js'] }));
    }
  });

  it('have no rules that could be missed where none is named', async () => {
    const refused = await lint(withConfig('rules: { acme/one: off }\n', {}), '--no-plugins');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('there is no rule "acme/one"')]);
  });

  it.each([
    ['./none.js', '', '.flux-lint.yaml:1: the plugin ./none.js cannot be loaded: '],
    ['no-such-package', '', "the plugin no-such-package cannot be loaded: Cannot find module 'no-such-package'"],
    ['./x.mjs', 'export const x = 1;\n', 'the plugin ./x.mjs exports no rule'],
    ['./x.mjs', 'throw new Error("broken");\n', 'cannot be loaded: broken'],
    ['./x.mjs', rule('Acme'), 'has a rule "Acme" that has no id such as acme/missing-owner'],
    ['./x.mjs', rule('acme/one', 'severity: "fatal"'), 'that has no severity'],
    ['./x.mjs', rule('acme/one', 'why: undefined'), 'that lacks "why"'],
    ['./x.mjs', rule('acme/one', 'object: 3'), 'has a hook "object" that is no function'],
    ['./x.mjs', rule('acme/one') + rule('acme/one').replace('one', 'two'), 'there is a rule "acme/one" already'],
    ['./x.mjs', rule('references/new-path'), `the category of "references/new-path" is one of flux-lint's own. Call it something of yours`],
    ['./x.mjs', rule('acme/one', 'kinds: "Secret"'), 'has "kinds" that are no list of names'],
    ['./x.mjs', rule('acme/one', 'documentKinds: "Secret"'), 'has "documentKinds" that are no list of names'],
  ])('%s is refused: %j', async (module, code, message) => {
    const refused = await lint(withConfig(`plugins: ["${module}"]\n`, { 'x.mjs': code }));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(message);
  });
});

describe('expressions', () => {
  const expression = (assert: string, match = '{ kind: ConfigMap }') =>
    `expressions:\n  - id: acme/one\n    match: ${match}\n    message: no\n    assert: ${assert}\n`;
  const config = `apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: billing, labels: { tier: "1" } }
data: { replicas: "3" }
spec: { replicas: 3, host: "\${HOST}", hosts: [a, "\${HOST}"] }
`;
  const apps = (texts['clusters/production/apps.yaml'] ?? '').replaceAll(
    'path: ./apps\n',
    'path: ./apps\n  postBuild: { substituteFrom: [{ kind: Secret, name: hosts }] }\n',
  );
  const judge = async (assert: string, match?: string) => {
    const { findings, notJudged, stderr } = await lint(
      withConfig(expression(assert, match), { 'apps/config.yaml': config, 'clusters/production/apps.yaml': apps }),
    );
    return { found: findings.length, notJudged: notJudged.map(({ reason }) => reason).join(), stderr };
  };

  it.each([
    ['object.spec.replicas >= 3', undefined, 0],
    ['object.spec.replicas > 3', undefined, 1],
    ['object.spec.replicas == 4', undefined, 1],
    ["object.data.replicas == '4'", '{ kind: Deployment }', 0],
    ["object.data.replicas == '4'", '{ kind: ConfigMap, group: "", labels: { tier: "1" }, environment: production }', 1],
    ["object.data.replicas == '4'", '{ labels: { tier: "2" } }', 0],
    ["object.data.replicas == '4'", '{ namespace: "other-*" }', 0],
    ["object.data.replicas == '4'", '{ namespace: "bill*" }', 1],
    ["object.data.replicas == '4'", '{ group: apps }', 0],
    ["object.data.replicas == '4'", '{ environment: staging }', 0],
  ])('%s for %s', async (assert, match, found) => {
    expect(await judge(assert, match)).toMatchObject({ found, notJudged: '', stderr: '' });
  });

  it.each([
    ["object.spec.host == 'a'", 0, /HOST|Secret/],
    ["'b' in object.spec.hosts", 0, /HOST|Secret/],
    ['object.data.absent == "a"', 0, /the expression acme\/one ends with "No such key: absent"/],
    ["object.spec.host == 'a' || object.spec.replicas == 3", 0, /^$/],
  ])('%s is not judged where it cannot be', async (assert, found, reason) => {
    const judged = await judge(`'${assert.replaceAll("'", "''")}'`);
    expect(judged.found).toBe(found);
    expect(judged.notJudged).toMatch(reason);
  });

  it.each([
    ['object..a', '.flux-lint.yaml:5: the expression acme/one does not compile: Expected IDENTIFIER, got DOT'],
    ['objet.kind == "a"', 'does not compile: Unknown variable: objet'],
    ['"\'text\'"', 'does not compile: it is string, not true or false'],
    ['1 + true == 2', 'does not compile: no such overload'],
  ])('%s is refused at its line', async (assert, message) => {
    expect((await judge(assert)).stderr).toContain(message);
  });
});
