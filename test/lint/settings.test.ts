import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { defaultConfig } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/read-config.ts';
import { textFile } from '../../src/files/memory.ts';
import { checkOptions } from '../../src/lint/plugin/check-options.ts';
import { settingsOf } from '../../src/lint/settings.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { lintTexts, readTexts, toFixture } from '../fixture.ts';

const config = (text: string) => parseConfig(textFile('.flux-lint.yaml', text), '/fleet/.flux-lint.yaml');
const settings = (text: string, given: Partial<Parameters<typeof settingsOf>[0]> = {}) =>
  settingsOf({ rules, config: config(text), only: [], severities: {}, rulesMissing: false, ...given });

const failureOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof UsageError) return `${error.message} | ${error.whatToDo}`;
    throw error;
  }
  return 'valid';
};

describe('severities', () => {
  it('are those of the preset, the configuration, the last override that holds, and the command line', () => {
    const text = `
extends: strict
rules: { references/unknown-path: warning }
overrides:
  - { files: ["apps/**"], rules: { references/unknown-path: info, references/unknown-source: off } }
  - { files: ["apps/web/**"], rules: { references/unknown-path: error } }
`;
    const { severityOf } = settings(text);
    expect(severityOf('blast-radius/shared-base', 'x.yaml')).toBe('warning');
    expect(severityOf('blast-radius/change-crosses-environments', 'x.yaml')).toBe('error');
    expect(settings('').severityOf('blast-radius/change-crosses-environments', 'x.yaml')).toBe('error');
    expect(severityOf('references/unknown-path', 'x.yaml')).toBe('warning');
    expect(severityOf('references/unknown-path', 'apps/x.yaml')).toBe('info');
    expect(severityOf('references/unknown-path', 'apps/web/x.yaml')).toBe('error');
    expect(severityOf('references/unknown-source', 'apps/web/x.yaml')).toBe('off');
    const given = settings(text, { severities: { 'unknown-path': 'off' } });
    expect(given.severityOf('references/unknown-path', 'apps/web/x.yaml')).toBe('off');
    expect(given.active.map(({ rule }) => rule.id)).not.toContain('references/unknown-path');
  });

  it('turn a rule on for some files alone', () => {
    const { active, severityOf } = settings(`
rules: { references/unknown-path: off }
overrides: [{ files: ["apps/**"], rules: { references/unknown-path: error } }]
`);
    expect(active.map(({ rule }) => rule.id)).toContain('references/unknown-path');
    expect(severityOf('references/unknown-path', 'x.yaml')).toBe('off');
  });

  it('are off for all but the rules asked for', () => {
    const { active } = settings('', { only: ['manifest/*', 'unknown-path'] });
    expect(new Set(active.map(({ rule }) => rule.id.split('/')[0]))).toEqual(new Set(['manifest', 'references']));
  });

  it('of an override hold in the clusters that it means, by a longer name as well', () => {
    const override = (cluster: string) => `overrides: [{ clusters: ["${cluster}"], rules: { manifest/duplicate-key: off } }]\n`;
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web, name: web, namespace: shop }\n';
    const files = { 'clusters/oslo/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n', 'clusters/oslo/pod.yaml': pod };
    const told = (text: string) => lintTexts({ ...files, '.flux-lint.yaml': text }, { only: ['manifest/duplicate-key'] }).findings.length;
    expect(['', override('oslo'), override('clusters-oslo'), override('clusters-bern')].map(told)).toEqual([1, 0, 0, 1]);
  });
});

describe('options', () => {
  const texts = toFixture(readTexts(join(import.meta.dirname, '../../fixtures/rules/blast-radius/shared-base/bad'))).texts;
  const found = (text: string) => lintTexts({ ...texts, '.flux-lint.yaml': text }, { only: ['blast-radius/shared-base'] }).findings.length;

  it('of an override hold in its files alone', () => {
    const override = (files: string) =>
      `overrides: [{ files: ["${files}"], rules: { blast-radius/shared-base: [info, { minClusters: 3 }] } }]\n`;
    expect(found('')).toBeGreaterThan(0);
    expect(found(override('clusters/**'))).toBe(0);
    expect(found(override('other/**'))).toBe(found(''));
  });

  it.each([
    [
      'rules:\n  blast-radius/shared-base:\n    - info\n    - minCluster: 3\n',
      '.flux-lint.yaml:4: unknown key "minCluster" in the options of blast-radius/shared-base | Did you mean "minClusters"?',
    ],
    ['rules: { blast-radius/shared-base: [info, { minClusters: many }] }\n', ':1: minClusters must be an integer'],
    ['rules: { references/unknown-path: [error, { deep: true }] }\n', ':1: references/unknown-path takes no options'],
    ['overrides:\n  - files: [a]\n    rules: { blast-radius/shared-base: [info, { minCluster: 3 }] }\n', ':3: unknown key "minCluster"'],
    ['rules: { blast-radius/shared-base: [info, { minClusters: 3 }] }\n', 'valid'],
  ])('%j', (text, message) => {
    expect(failureOf(() => checkOptions(config(text), rules))).toContain(message);
  });
});

it.each([
  [
    'rules:\n  refrences/unknown-path:\n    error\n',
    {},
    '.flux-lint.yaml:2: there is no rule "refrences/unknown-path" | Did you mean "references/unknown-path"? "flux-lint rules" lists them.',
  ],
  ['overrides:\n  - files: [a]\n    rules: { references/unknown-pth: off }\n', {}, ':3: there is no rule "references/unknown-pth"'],
  ['', { severities: { 'manifest/invalid-yml': 'off' } as const }, 'there is no rule "manifest/invalid-yml" | Did you mean "manifest/inv'],
  ['', { only: ['refrences/unknown-dependency'] }, 'Did you mean "references/unknown-dependency"?'],
])('refuses a rule that does not exist: %j', (text, given, message) => {
  expect(failureOf(() => settings(text, given))).toContain(message);
});

it('needs no configuration', () => {
  expect(settingsOf({ rules, config: defaultConfig, only: [], severities: {}, rulesMissing: false }).active.length).toBeGreaterThan(0);
});

describe('overrides by place', () => {
  const place = (cluster: string, environment: string, tenant?: string) => ({ cluster, environment, tenant });
  const { severityOf } = settings(`
overrides:
  - { environments: [development], rules: { references/unknown-path: info } }
  - { clusters: ["edge-*"], rules: { references/unknown-path: warning } }
  - { tenants: [billing], files: ["apps/**"], rules: { references/unknown-path: off } }
`);
  it.each([
    ['x.yaml', place('prod', 'production'), 'error'],
    ['x.yaml', place('dev', 'development'), 'info'],
    ['x.yaml', place('edge-1', 'development'), 'warning'],
    ['apps/x.yaml', place('prod', 'production', 'billing'), 'off'],
    ['x.yaml', place('prod', 'production', 'billing'), 'error'],
    ['x.yaml', undefined, 'error'],
  ] as const)('%s in %j is %s', (path, where, severity) => {
    expect(severityOf('references/unknown-path', path, where)).toBe(severity);
  });

  it('say where they hold', () => {
    expect(failureOf(() => settings('overrides: [{ rules: { references/unknown-path: off } }]'))).not.toBe('valid');
  });

  it('hold for what is found in one cluster, and no more than in the worst of several', () => {
    const apps = (path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 10m, path: ./${path}, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;
    const lint = (overrides: string) =>
      lintTexts(
        {
          '.flux-lint.yaml': `root: true
clusters:
  - { name: dev, path: clusters/dev, environment: development }
  - { name: prod, path: clusters/prod, environment: production }
${overrides}`,
          'clusters/dev/apps.yaml': apps('missing'),
          'clusters/prod/apps.yaml': apps('missing'),
        },
        { only: ['references/unknown-path'] },
      ).findings.map(({ severity, location }) => `${location.path} ${severity}`);
    expect(lint('')).toHaveLength(2);
    expect(lint('overrides: [{ environments: [development], rules: { references/unknown-path: off } }]')).toEqual([
      'clusters/prod/apps.yaml error',
    ]);
  });
});
