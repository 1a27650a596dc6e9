import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/read-config.ts';
import { textFile } from '../../src/files/memory.ts';
import { UsageError } from '../../src/model/usage-error.ts';

const path = '/repo/.flux-lint.yaml';
const parse = (text: string) => {
  const { file, ...config } = parseConfig(textFile('.flux-lint.yaml', text), path);
  expect(file?.text).toBe(text);
  return config;
};

const failureOf = (text: string): string => {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof UsageError) return `${error.message} | ${error.whatToDo}`;
    throw error;
  }
  return 'valid';
};

describe('parseConfig', () => {
  it('resolves every default', () => {
    const { file: _, ...defaults } = defaultConfig;
    expect(parse('# nothing yet\n')).toEqual({ ...defaults, path });
    expect(parse('extends: recommended\n')).toEqual({ ...defaults, path });
  });

  it('reads every key', () => {
    const text = `
root: true
clusters:
  - name: prod-us-east-1
    path: ./clusters/prod-us-east-1/
    environment: production
    fluxVersion: "v2.9.2"
    variables: { CLUSTER_NAME: prod-us-east-1 }
environments:
  production: { match: ["prod-*"] }
  staging: { match: ["staging-*"], protected: false }
promotion: [staging, production]
tenants:
  - name: billing
    kustomizations: ["*/billing-*"]
repositories:
  ssh://git@example.com/your-org/billing: ../billing
external:
  - { kind: Secret, name: cluster-*, keys: [DOMAIN] }
  - { kind: Namespace, name: shared }
ignore: ["charts/**"]
extends: strict
rules:
  tenancy/missing-service-account: off
  blast-radius/shared-base: [error, { minClusters: 3 }]
overrides:
  - files: ["apps/legacy/**"]
    rules: { reliability/missing-timeout: info }
plugins: ["./lint/our-rules.js"]
expressions:
  - id: acme/team-label
    match: { kind: Deployment }
    assert: "'team' in object.metadata.labels"
    message: Deployments carry a team label
`;
    const config = parse(text);
    expect(config).toMatchObject({
      root: true,
      clusters: [{ name: 'prod-us-east-1', path: 'clusters/prod-us-east-1', environment: 'production', fluxVersion: '2.9' }],
      environments: [
        { name: 'production', match: ['prod-*'], protected: true },
        { name: 'staging', match: ['staging-*'], protected: false },
      ],
      promotion: ['staging', 'production'],
      tenants: [{ name: 'billing', kustomizations: ['*/billing-*'], namespaces: [] }],
      repositories: [{ url: 'ssh://git@example.com/your-org/billing', directory: '/billing', written: '../billing' }],
      external: [
        { kind: 'Secret', namespace: undefined, name: 'cluster-*', keys: ['DOMAIN'] },
        { kind: 'Namespace', name: 'shared', keys: undefined },
      ],
      ignore: ['charts/**'],
      extends: 'strict',
      rules: [
        { rule: 'tenancy/missing-service-account', severity: 'off', options: {} },
        { rule: 'blast-radius/shared-base', severity: 'error', options: { minClusters: 3 } },
      ],
      overrides: [{ files: ['apps/legacy/**'], rules: [{ rule: 'reliability/missing-timeout', severity: 'info' }] }],
      plugins: [{ module: './lint/our-rules.js' }],
      expressions: [{ id: 'acme/team-label', severity: 'error', match: { kind: 'Deployment', environment: undefined } }],
    });
    const variable = config.clusters[0]?.variables.get('CLUSTER_NAME');
    expect(variable?.value).toBe('prod-us-east-1');
    expect(text.slice(variable?.origin.span.start, variable?.origin.span.end)).toBe('prod-us-east-1');
  });

  it('reads JSON, with tabs too', () => {
    expect(parse('{\n\t"extends": "strict",\n\t"rules": {"a/b": "off"}\n}')).toMatchObject({ extends: 'strict', rules: [{ rule: 'a/b' }] });
  });

  it.each([
    ['root: true\nclustrs: []\n', '.flux-lint.yaml:2: unknown key "clustrs" | Did you mean "clusters"?'],
    ['zebra: 1\n', /:1: unknown key "zebra" \| Known here: .*clusters, environments/],
    [
      'clusters:\n  - name: a\n    path: b\n    fluxversion: "2.9"\n',
      ':4: unknown key "fluxversion" in clusters.0 | Did you mean "fluxVersion"?',
    ],
    ['clusters:\n  - name: a\n', ':2: clusters.0 lacks "path" | Add it.'],
    ['clusters:\n  - { name: a, path: b, fluxVersion: 2.9 }\n', 'clusters.0.fluxVersion must be a string | Put it in quotes: "2.9".'],
    ['clusters:\n  - { name: a, path: b, fluxVersion: "latest" }\n', 'must be a minor version of Flux in quotes, such as "2.9"'],
    ['clusters:\n  - { name: a, path: ../b }\n', 'clusters.0.path must be a directory below the root'],
    ['clusters:\n  - { name: a, path: b/../.. }\n', 'clusters.0.path must be a directory below the root'],
    ['clusters: {}\n', 'clusters must be a list'],
    [
      'extends: all\n',
      ':1: extends must be one of recommended, strict, a file such as ./lint/base.yaml or a package; or a list of them | Correct the value.',
    ],
    [
      'extends: strct\n',
      ':1: extends must be one of recommended, strict, a file such as ./lint/base.yaml or a package; or a list of them | Did you mean "strict"?',
    ],
    ['rules:\n  a/b: fatal\n', ':2: rules.a/b must be off, info, warning or error, or a list of one of them and the options of the rule'],
    ['rules:\n  a/b: [error, 3]\n', ':2: rules.a/b must be off, info'],
    ['rules:\n  a/b: off\nignore: []\nrules: {}\n', ':1: the key "rules" is written twice | Join the two.'],
    ['- a\n', 'the configuration must be a map'],
    ['root: [\n', ':2: Not valid YAML'],
    ['__proto__: {}\n', 'unknown key "__proto__"'],
    [`ignore: ${'['.repeat(200)}`, /:1: [^|]*[^.|] \| /],
  ])('refuses %j', (text, message) => {
    if (typeof message === 'string') expect(failureOf(text)).toContain(message);
    else expect(failureOf(text)).toMatch(message);
  });
});
