/** Results as the analysis would give them, small enough to read beside their reports in `fixtures/reports/`. */
import { emptyResult } from '../../src/cli/command/staged.ts';
import type { CheckResult, Summary } from '../../src/lint/result.ts';
import type { RuleMeta } from '../../src/lint/rule-meta.ts';
import type { Finding, Location, Reach } from '../../src/model/finding.ts';
import { lineTable } from '../../src/yaml/lines.ts';

const overlay = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../infrastructure
  - ../../apps/overlays/dev # for the new agent
`;

const apps = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps/overlays/production
  dependsOn:
    - name: databases
`;

const agent = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: fluent-bit
spec:
  template:
    spec:
      containers:
        - name: fluent-bit
          image: fluent/fluent-bit:4.1
`;

const billing = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: billing\n';

const hostile = "title: '\u001b[2J\u8acb\u6c42\u66f8 \u202e$TOTAL'\n";

const minified = `{"kind":"ConfigMap","data":{${Array.from({ length: 60 }, (_, index) => `"key-${index}":"\${UNSET_${index}}"`).join(',')}}}\n`;

const billingUrl = 'ssh://git@github.com/your-org/billing-apps';

const sources = {
  'clusters/prod-db-01/kustomization.yaml': overlay,
  'clusters/production/apps.yaml': apps,
  'apps/base/fluent-bit.yaml': agent,
  'apps/base/billing settings.yaml': billing,
  'apps/base/hostile.yaml': hostile,
  'apps/base/minified.json': minified,
};

/** The place of `marked` in a file of the sample. */
const place = (path: keyof typeof sources, marked: string): Location => {
  const text = sources[path];
  const start = text.indexOf(marked);
  const { position } = lineTable(text);
  const [from, to] = [position(start), position(start + marked.length)];
  return { path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
};

const reach = (clusters: readonly string[], environments: readonly string[] = [], tenants: readonly string[] = []): Reach => ({
  clusters,
  environments,
  tenants,
});

const eighteen = Array.from({ length: 18 }, (_, index) => `prod-${String(index + 1).padStart(2, '0')}`);

const findings: readonly Finding[] = [
  {
    ruleId: 'manifest/invalid-yaml',
    severity: 'warning',
    message: 'A tab stands where YAML wants blanks. kustomize-controller cannot read the file and the whole build fails.',
    location: place('apps/base/billing settings.yaml', '\tname: billing'),
    related: [],
    reach: reach([]),
    fingerprint: '0c5f',
    fix: {
      description: 'Indent by two blanks',
      safety: 'safe',
      edits: [{ path: 'apps/base/billing settings.yaml', range: [41, 42], text: '  ' }],
    },
  },
  {
    ruleId: 'blast-radius/shared-base',
    severity: 'info',
    message: 'Production and staging build this Deployment from the same file: whoever edits it edits both at once.',
    location: place('apps/base/fluent-bit.yaml', agent.trimEnd()),
    related: [
      {
        flow: 'prod-01',
        location: place('clusters/production/apps.yaml', './apps/overlays/production'),
        message: 'prod-01 applies this path',
      },
      {
        flow: 'prod-01',
        location: place('clusters/prod-db-01/kustomization.yaml', '../../infrastructure'),
        message: 'which takes this overlay',
      },
      {
        flow: 'staging',
        location: place('clusters/prod-db-01/kustomization.yaml', '../../infrastructure'),
        message: 'staging takes it directly',
      },
    ],
    object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'logging', name: 'fluent-bit' },
    reach: reach([...eighteen, 'staging'], ['production', 'staging']),
    fingerprint: '1d20',
  },
  {
    ruleId: 'substitution/unintended-variable',
    severity: 'warning',
    message: 'Flux replaces $TOTAL by nothing \u001b[31mbefore\u001b[0m the title is seen.',
    location: place('apps/base/hostile.yaml', '$TOTAL'),
    related: [],
    reach: reach(['prod-01', 'prod-02', 'prod-03'], ['production'], ['billing']),
    fingerprint: '2b77',
    new: true,
  },
  {
    ruleId: 'substitution/undefined-variable',
    severity: 'warning',
    message: 'Nothing gives UNSET_41 a value. Flux 2.9 fails the build; earlier ones deploy an empty string.',
    location: place('apps/base/minified.json', '${UNSET_41}'),
    related: [],
    reach: reach(['prod-01'], ['production']),
    fingerprint: '3e01',
    new: false,
  },
  {
    ruleId: 'blast-radius/crosses-environments',
    severity: 'error',
    message: "Production builds from dev's overlay. Whatever is tried in dev reaches prod-db-01 with the next reconciliation.",
    hint: 'Build from apps/overlays/production, or give prod-db-01 an overlay of its own.',
    location: place('clusters/prod-db-01/kustomization.yaml', '../../apps/overlays/dev'),
    related: [
      { location: place('apps/base/fluent-bit.yaml', 'fluent/fluent-bit:4.1'), message: 'among others this image is meant for dev' },
    ],
    reach: reach(['prod-db-01'], ['production']),
    fingerprint: '4a9c',
  },
  {
    ruleId: 'references/unknown-dependency',
    severity: 'error',
    message: 'flux-system/apps waits for flux-system/databases, which is not on this cluster. Flux never deploys it.',
    location: place('clusters/production/apps.yaml', 'databases'),
    related: Array.from({ length: 7 }, (_, index) => ({
      location: { path: `tenants/team-${index}/databases.yaml`, line: 4, column: 9, endLine: 4, endColumn: 18, repository: billingUrl },
      message: `team-${index}/databases has the same name`,
    })),
    object: { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', namespace: 'flux-system', name: 'apps' },
    reach: reach(eighteen, ['production']),
    fingerprint: '5f3e',
  },
];

const rule = (id: string, severity: RuleMeta['severity'], summary: string, more: Partial<RuleMeta> = {}): RuleMeta => ({
  id,
  severity,
  summary,
  why: `Flux does as it is told,
    and a night is short.

    - It fails.
    - Or worse, it works.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/',
  examples: {
    bad: 'kind: Kustomization\n',
    good: { 'apps/kustomization.yaml': 'kind: Kustomization\n', 'apps/app.yaml': 'kind: ConfigMap\n' },
  },
  ...more,
});

export const sampleRules: readonly RuleMeta[] = [
  rule('blast-radius/crosses-environments', 'error', "Production builds from another environment's files", {
    hint: 'Give each environment files of its own.',
  }),
  rule('blast-radius/shared-base', 'info', 'Production and another environment build from the same files', {
    options: { type: 'object', properties: { minClusters: { type: 'integer', default: 2 } } },
  }),
  rule('manifest/invalid-yaml', 'error', 'A file that is not YAML', { fixable: 'safe' }),
  rule('references/unknown-dependency', 'error', 'A Kustomization depends on one that its cluster does not apply', { fixable: 'safe' }),
  rule('security/plaintext-secret', 'error', 'A Secret that everyone can read', { securitySeverity: 8.5 }),
  rule('substitution/undefined-variable', 'error', 'A variable that nothing gives a value'),
  rule('substitution/unintended-variable', 'warning', 'A text that Flux takes for a variable', { since: '0.2.0', change: true }),
];

const counts: Summary = { ...emptyResult.summary, files: 42, objects: 118, kustomizations: 9, clusters: 19 };

/** Nothing found, nothing left out. */
export const cleanResult: CheckResult = {
  ...emptyResult,
  tool: { name: 'flux-lint', version: '1.2.3' },
  summary: counts,
  protectedEnvironments: ['production'],
  rules: sampleRules,
};

/** One finding of every sort that a report has to cope with. */
export const sampleResult: CheckResult = {
  ...cleanResult,
  findings,
  suppressed: [
    {
      finding: {
        ruleId: 'blast-radius/crosses-environments',
        severity: 'error',
        message: 'Staging builds from production.',
        location: {
          path: 'overlays/\u00e4 b%.yaml',
          line: 3,
          column: 1,
          endLine: 3,
          endColumn: 9,
          revision: 'f00d',
          repository: billingUrl,
        },
        related: [],
        reach: reach(['staging'], ['staging']),
        fingerprint: '6c6c',
      },
      reason: 'until the move in May',
    },
  ],
  notJudged: [
    {
      reason: 'the source is not mapped to a checkout',
      count: 12,
      examples: ['flux-system/billing', 'flux-system/orders', 'flux-system/search'],
      howTo: 'Map it with --repository URL=DIR or `repositories` in .flux-lint.yaml.',
    },
  ],
  summary: { ...counts, errors: 2, warnings: 3, infos: 1, fixable: 1, suppressed: 1 },
  sources: new Map(Object.entries(sources)),
};
