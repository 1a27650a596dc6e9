/**
 * Credentials of every form in every place: no command prints one in any format, beside a finding on the next line or in a
 * message. `build --show-secrets` alone does.
 */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { commitAll, removeDirectory, repositoryOf, write } from '../git-repository.ts';
import { runMain } from './run-main.ts';

const letters = (seed: number, length: number): string =>
  Array.from({ length }, (_, index) => 'aZ3kQ9mW2xB7nR5tV8cL4pD6sF1gH'[(seed * 7 + index * (3 + (seed % 5))) % 29]).join('');

/** Made up, each in the form that its issuer documents. */
const tokens: readonly string[] = [
  `ghp_${letters(1, 36)}`,
  `gho_${letters(2, 36)}`,
  `github_pat_${letters(3, 40)}`,
  `glpat-${letters(4, 22)}`,
  `glrt-${letters(5, 22)}`,
  'AKIAQ7ZLN2KXW5TBVRMD',
  'ASIAQ7ZLN2KXW5TBVRMC',
  `xoxb-123456789012-${letters(6, 24)}`,
  `https://hooks.slack.com/services/T0ABCDEF1/B0ABCDEF2/${letters(7, 24)}`,
  `https://discord.com/api/webhooks/123456789012345678/${letters(8, 64)}`,
  `AIza${letters(9, 35)}`,
  `GOCSPX-${letters(10, 28)}`,
  `sk_live_${letters(11, 24)}`,
  `npm_${letters(12, 36)}`,
  `pypi-AgEI${letters(13, 60)}`,
  `dckr_pat_${letters(14, 27)}`,
  `SG.${letters(15, 22)}.${letters(16, 43)}`,
  `hvs.${letters(17, 30)}`,
  `dop_v1_${'0a1b2c3d4e5f6789'.repeat(4)}`,
  `glsa_${letters(18, 32)}_0a1b2c3d`,
  `sk-ant-api03-${letters(19, 50)}`,
  `sk-proj-${letters(20, 48)}`,
  `123456789:AA${letters(21, 33)}`,
  `AccountKey=${letters(22, 60)}==`,
  `AGE-SECRET-KEY-1${'Q3Z7'.repeat(14)}`,
  `https://robot:${letters(23, 12)}@git.example.com/acme/apps`,
  `https://${letters(24, 30)}@git.example.com/acme/apps`,
  `postgres://shop:${letters(25, 14)}@db.example.com:5432/shop`,
  `https://ci.example.com/hook?token=${letters(26, 20)}`,
  `Bearer ${letters(27, 24)}`,
  `Basic ${letters(28, 24)}=`,
  `eyJhbGciOiJIUzI1NiJ9.${letters(29, 30)}.${letters(30, 40)}`,
];
/** What only its place gives away. */
const passwords: readonly string[] = [
  'hunter2-Hunter',
  'correct horse battery',
  'Tr0ub4dor&3',
  'p@ss:w0rd/x',
  'quote\'d"one',
  'ünïcode-pässwörd',
  '90817263',
  'ZXhhbXBsZQ',
];

/** The part that nobody may read. */
const core = (token: string): string => {
  const [, behind] = /(?:Bearer |Basic |AccountKey=|token=|services\/T0ABCDEF1\/B0ABCDEF2\/|webhooks\/\d+\/)(.+)$/.exec(token) ?? [];
  const [, user] = /:\/\/(?:[^:@/]*:)?([^@/]+)@/.exec(token) ?? [];
  return (behind ?? user ?? token).replace(/=+$/, '');
};

const sync = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: https://git.example.com/acme/fleet, ref: { branch: main } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./clusters/prod, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;
const apps = (more = '') => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 10m
  path: ./apps
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
${more}`;

const yaml = (text: string): string => JSON.stringify(text);
/** A label that is a number has a fix, and a code frame with the lines around it. */
const meta = (name: string) => `metadata:\n  name: ${name}\n  namespace: default\n  labels: { tier: 1 }\n`;
const secret = (name: string, body: string) => `apiVersion: v1\nkind: Secret\n${meta(name)}${body}`;
const each = (values: readonly string[], make: (value: string, index: number) => string): string => values.map(make).join('');

type Texts = Readonly<Record<string, string>>;

const base = (kustomization: string, more: Texts = {}, cluster = apps()): Texts => ({
  'clusters/prod/sync.yaml': sync,
  'clusters/prod/apps.yaml': cluster,
  'apps/kustomization.yaml': kustomization,
  ...more,
});
const resources = (text: string, cluster?: string): Texts => base('resources: [all.yaml]\n', { 'apps/all.yaml': text }, cluster);

const places: readonly (readonly [name: string, forms: 'any' | 'tokens', make: (values: readonly string[]) => Texts])[] = [
  [
    'stringData',
    'any',
    (values) => resources(each(values, (v, i) => `${secret(`s${i}`, `stringData:\n  value: ${yaml(v)}\n  port: 5432\n`)}---\n`)),
  ],
  [
    'data',
    'any',
    (values) => resources(each(values, (v, i) => `${secret(`s${i}`, `data:\n  value: ${Buffer.from(v).toString('base64')}\n`)}---\n`)),
  ],
  [
    'data that is no base64',
    'any',
    (values) => resources(each(values, (v, i) => `${secret(`s${i}`, `data:\n  value: ${yaml(v)}\n`)}---\n`)),
  ],
  [
    'nested stringData',
    'any',
    (values) => resources(secret('nested', `stringData:\n  outer:\n${each(values, (v, i) => `    v${i}: ${yaml(v)}\n`)}`)),
  ],
  ['a block in stringData', 'any', (values) => resources(secret('block', `stringData:\n  file: |\n${each(values, (v) => `    ${v}\n`)}`))],
  [
    'literals',
    'any',
    (values) => base(`secretGenerator:\n  - name: login\n    literals:\n${each(values, (v, i) => `      - ${yaml(`k${i}=${v}`)}\n`)}`),
  ],
  [
    'fields that stand twice',
    'any',
    (values) =>
      resources(
        secret(
          'login',
          `stringData:\n${each(values, (v, i) => `  v${i}: ${yaml(v)}\n`)}stringData:\n${each(values, (v) => `  v: ${yaml(v)}\n`)}  v: later\n`,
        ),
      ),
  ],
  [
    'generators that stand twice',
    'any',
    (values) =>
      base(
        `secretGenerator:\n  - name: login\n    literals:\n${each(values, (v, i) => `      - ${yaml(`k${i}=${v}`)}\n`)}secretGenerator: [{ literals: [a=b] }]\n`,
      ),
  ],
  [
    'literals without a name',
    'any',
    (values) => base(`secretGenerator:\n${each(values, (v, i) => `  - name: login${i}\n    literals: [${yaml(v)}]\n`)}`),
  ],
  [
    'an env file',
    'any',
    (values) =>
      base('secretGenerator:\n  - name: login\n    envs: [login.env]\n', { 'apps/login.env': each(values, (v, i) => `K${i}=${v}\n`) }),
  ],
  [
    'a JSON patch',
    'any',
    (values) =>
      base(
        `resources: [all.yaml]\npatches:\n${each(values, (v) => `  - target: { kind: Secret }\n    patch: |\n      - { op: test, path: /stringData/value, value: ${yaml(v)} }\n`)}`,
        { 'apps/all.yaml': secret('login', 'stringData:\n  value: later\n') },
      ),
  ],
  [
    'a strategic patch',
    'any',
    (values) =>
      base(
        `resources: [all.yaml]\npatches:\n  - patch: |\n      apiVersion: v1\n      kind: Secret\n      metadata: { name: gone }\n      stringData:\n${each(values, (v, i) => `        v${i}: ${yaml(v)}\n`)}`,
        { 'apps/all.yaml': secret('login', 'stringData:\n  value: later\n') },
      ),
  ],
  [
    "a Kustomization's patch",
    'any',
    (values) =>
      resources(
        secret('login', 'stringData:\n  value: later\n'),
        apps(
          `  patches:\n${each(values, (v) => `    - target: { kind: Secret }\n      patch: |\n        - { op: test, path: /stringData/value, value: ${yaml(v)} }\n`)}`,
        ),
      ),
  ],
  [
    'a ConfigMap',
    'tokens',
    (values) => resources(`apiVersion: v1\nkind: ConfigMap\n${meta('settings')}data:\n${each(values, (v, i) => `  v${i}: ${yaml(v)}\n`)}`),
  ],
  [
    'annotations',
    'tokens',
    (values) =>
      resources(
        `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: notes\n  namespace: default\n  labels: { tier: 1 }\n  annotations:\n${each(values, (v, i) => `    v${i}: ${yaml(v)}\n`)}`,
      ),
  ],
  [
    'comments',
    'tokens',
    (values) =>
      resources(
        `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: notes\n  labels:\n    tier: 1\n${each(values, (v) => `    # ${v}\n    x${core(v).length}${v.length}: 1\n`)}`,
      ),
  ],
  [
    'environments of containers',
    'tokens',
    (values) =>
      resources(
        `apiVersion: apps/v1\nkind: Deployment\n${meta('shop')}spec:\n  template:\n    spec:\n      containers:\n        - name: shop\n          image: shop:1\n          env:\n${each(values, (v, i) => `            - { name: TOKEN_${i}, value: ${yaml(v)} }\n`)}`,
      ),
  ],
  [
    'variables',
    'tokens',
    (values) =>
      resources(
        `apiVersion: v1\nkind: ConfigMap\n${meta('settings')}data: { a: "\${v0}" }\n`,
        apps(`  postBuild:\n    substitute:\n${each(values, (v, i) => `      v${i}: ${yaml(v)}\n`)}`),
      ),
  ],
  [
    'inputs of a ResourceSet',
    'tokens',
    (values) =>
      resources(
        `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\n${meta('shops')}spec:\n  inputs:\n${each(values, (v, i) => `    - { id: "i${i}", token: ${yaml(v)} }\n`)}  resources:\n    - apiVersion: v1\n      kind: Secret\n      metadata: { name: "s<< inputs.id >>", namespace: default }\n      stringData: { token: "<< inputs.token >>" }\n    - apiVersion: v1\n      kind: ConfigMap\n      metadata: { name: "c<< inputs.id >>", namespace: default }\n      data: { other: "<< inputs.token | quote >>" }\n`,
      ),
  ],
  [
    'resources of a ResourceSet',
    'any',
    (values) =>
      resources(
        `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\n${meta('shops')}spec:\n  inputs: [{ id: a }]\n  resources:\n${each(values, (v, i) => `    - apiVersion: v1\n      kind: Secret\n      metadata: { name: "s${i}-<< inputs.id >>", namespace: default }\n      stringData: { value: ${yaml(v)} }\n`)}`,
      ),
  ],
  [
    'a template of a ResourceSet',
    'any',
    (values) =>
      resources(
        `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\n${meta('shops')}spec:\n  inputs: [{ id: a }]\n  resourcesTemplate: |\n${each(values, (v, i) => `    ---\n    apiVersion: v1\n    kind: Secret\n    metadata: { name: "s${i}-<< inputs.id >>", namespace: default }\n    stringData: { value: ${yaml(v)} }\n`)}`,
      ),
  ],
  [
    'URLs of sources',
    'tokens',
    (values) =>
      resources(
        each(
          values.filter((v) => v.includes('@git.example.com')),
          (v, i) =>
            `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: r${i}, namespace: flux-system }\nspec: { interval: 1m, url: ${yaml(v)}, ref: { branch: main } }\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: k${i}, namespace: flux-system }\nspec: { interval: 10m, path: ./, prune: true, sourceRef: { kind: GitRepository, name: r${i} } }\n---\n`,
        ),
      ),
  ],
];

const commands: readonly (readonly string[])[] = [
  ...['text', 'json', 'sarif', 'github', 'gitlab', 'junit', 'markdown', 'html'].map((format) => ['check', '--format', format]),
  ['check', '--verbose', '--stats'],
  ['check', '--fix-dry-run'],
  ['check', '--fix-dry-run', '--unsafe-fixes'],
  ['check', '--since', 'HEAD~1', '--format', 'markdown'],
  ...['text', 'json', 'markdown', 'html'].map((format) => ['impact', '--since', 'HEAD~1', '--verbose', '--format', format]),
  ...['tree', 'json', 'dot', 'mermaid'].map((format) => ['graph', '--format', format]),
  ['build'],
  ['build', '--format', 'json'],
  ['build', '--origins'],
  ['build', '--kustomize', 'apps'],
  ['why', 'apps/kustomization.yaml'],
  ['why', 'apps/kustomization.yaml:1', '--format', 'json'],
  ['why', 'Secret/default/s0', '/stringData'],
  ['why', 'Secret/default/s0', '--format', 'json'],
  ...['text', 'json', 'yaml'].map((format) => ['expand', '--format', format]),
];

/** Those that look at what a change took away, too. */
const comparing = commands.filter((argv) => argv.includes('--since'));

describe.each(places)('in %s', (_, forms, make) => {
  it('no credential is printed', async () => {
    const values = forms === 'any' ? [...tokens, ...passwords] : tokens;
    const directory = repositoryOf({ 'clusters/prod/sync.yaml': sync });
    onTestFinished(() => removeDirectory(directory));
    write(directory, make(values));
    commitAll(directory);
    const expectHidden = async (argv: readonly string[]) => {
      const { code, stdout, stderr } = await runMain(argv, { cwd: directory }, { analyze: async () => analyze });
      expect(code, `${argv.join(' ')}: ${stderr}`).toBeLessThan(3);
      // A page writes some letters as their numbers.
      const printed = `${stdout}\n${stderr}`.replace(/\\u([0-9a-f]{4})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)));
      const written = (value: string) => [value, JSON.stringify(value).slice(1, -1), Buffer.from(value).toString('base64')];
      const found = values.filter((value) => [...new Set([core(value), value].flatMap(written))].some((form) => printed.includes(form)));
      expect(found, argv.join(' ')).toEqual([]);
    };
    for (const argv of commands) await expectHidden(argv);
    for (const path of Object.keys(make(values))) if (path !== 'clusters/prod/sync.yaml') removeDirectory(join(directory, path));
    commitAll(directory);
    for (const argv of comparing) await expectHidden(argv);
  });
});

it('build shows them where it is asked to', async () => {
  const directory = repositoryOf(resources(secret('login', 'stringData:\n  value: hunter2-Hunter\n')));
  onTestFinished(() => removeDirectory(directory));
  const { stdout } = await runMain(['build', '--show-secrets'], { cwd: directory }, { analyze: async () => analyze });
  expect(stdout).toContain('hunter2-Hunter');
});
