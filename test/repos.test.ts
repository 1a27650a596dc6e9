/** Whole repositories, all rules on: what their READMEs tell the reader to look for. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkoutPrefix } from '../src/config/checkouts.ts';
import { defaultConfig } from '../src/config/config.ts';
import { memoryFiles } from '../src/files/memory.ts';
import { unknownRepository } from '../src/files/repository.ts';
import { lintAll, lintTexts, readTexts, type Texts } from './fixture.ts';

const repositories = join(import.meta.dirname, '../fixtures/repos');
const textsOf = (name: string): Texts => readTexts(join(repositories, name));

type Findings = ReturnType<typeof lintTexts>['findings'];

const placesOf = (findings: Findings, severity: string) =>
  findings.filter((finding) => finding.severity === severity).map(({ location, ruleId }) => `${location.path}:${location.line} ${ruleId}`);

const lineOf = (texts: Texts, path: string, text: string): number =>
  (texts[path] ?? '').split('\n').findIndex((line) => line.includes(text)) + 1;

describe('monorepo', () => {
  it('has nothing above info', () => {
    const { findings } = lintTexts(textsOf('monorepo'));
    expect(placesOf(findings, 'error')).toEqual([]);
    expect(placesOf(findings, 'warning')).toEqual([]);
  });
});

describe('monorepo-outage', () => {
  const texts = textsOf('monorepo-outage');
  const path = 'clusters/prod-db-01/kustomization.yaml';
  const { findings } = lintTexts(texts);

  it('reports the line that caused the outage, and nothing else at error', () => {
    const line = lineOf(texts, path, 'fluent-bit/overlays/dev');
    expect(placesOf(findings, 'error')).toEqual([`${path}:${line} blast-radius/crosses-environments`]);
    expect(placesOf(findings, 'warning')).toEqual([]);
  });

  it('says why the cluster counts as production, on the way that leads there', () => {
    const [crossing] = findings.filter(({ ruleId }) => ruleId === 'blast-radius/crosses-environments');
    expect(crossing?.reach).toEqual({ clusters: ['prod-db-01'], environments: ['production'], tenants: [] });
    expect(crossing?.related.map(({ flow }) => flow)).toContain('prod-db-01');
    expect(crossing?.related.map(({ message }) => message).join('\n')).toContain('because of "prod"');
  });
});

const tenantUrl = 'ssh://git@github.com/acme/billing-team-apps-repo';

/** Both repositories, joined as their configuration joins them; without a tenant's checkout where there is none. */
const lintHub = (platform: Texts, tenant: Texts | undefined) => {
  const prefix = checkoutPrefix(tenantUrl);
  const checkouts = tenant ? [{ url: tenantUrl, prefix, files: memoryFiles(tenant, { prefix }) }] : [];
  const workspace = {
    files: memoryFiles(platform),
    config: defaultConfig,
    checkouts,
    missing: [],
    folders: [],
    repository: unknownRepository,
  };
  return lintAll(workspace);
};

describe('hub-and-spoke', () => {
  const platform = textsOf('hub-and-spoke/platform-repo');
  const tenant = textsOf('hub-and-spoke/billing-team-apps-repo');
  const apps = 'clusters/prod/billing-team/apps.yaml';
  const specLine = lineOf(platform, apps, 'spec:');
  const withoutTarget = { ...platform, [apps]: (platform[apps] ?? '').replace('  targetNamespace: billing-prod\n', '') };

  it('as most of us write it: the account is missing, and nothing else is an error', () => {
    const { findings } = lintHub(platform, tenant);
    expect(placesOf(findings, 'error')).toEqual([`${apps}:${specLine} tenancy/missing-service-account`]);
    const announced = ['references/unknown-namespace', 'tenancy/lockdown-missing'];
    const warnings = findings.filter(({ severity }) => severity === 'warning');
    expect(warnings.map(({ ruleId }) => ruleId).filter((id) => !announced.includes(id))).toEqual([]);
    expect(findings.find(({ severity }) => severity === 'error')?.reach.tenants).toEqual(['billing-team']);
  });

  it('is judged by its fence alone where the tenant is not checked out', () => {
    expect(placesOf(lintHub(platform, undefined).findings, 'error')).toEqual([`${apps}:${specLine} tenancy/missing-service-account`]);
  });

  it('without targetNamespace: nothing confines what names no namespace, or is not known', () => {
    const missing = `${apps}:${specLine} tenancy/missing-target-namespace`;
    expect(placesOf(lintHub(withoutTarget, tenant).findings, 'error')).toContain(missing);
    expect(placesOf(lintHub(withoutTarget, undefined).findings, 'error')).toContain(missing);
  });

  it('without targetNamespace, but with all objects in billing-prod: silent', () => {
    const kustomization = 'deploy/prod/kustomization.yaml';
    const confined = { ...tenant, [kustomization]: `${tenant[kustomization] ?? ''}namespace: billing-prod\n` };
    const { findings } = lintHub(withoutTarget, confined);
    expect(findings.map(({ ruleId }) => ruleId)).not.toContain('tenancy/missing-target-namespace');
  });

  it('with its fence: no error and no warning', () => {
    const { findings } = lintHub(textsOf('hub-and-spoke/platform-repo-fenced'), tenant);
    expect(placesOf(findings, 'error')).toEqual([]);
    expect(placesOf(findings, 'warning')).toEqual([]);
  });
});

describe('endgame-crossplane', () => {
  const texts = textsOf('endgame-crossplane');
  const path = 'platform/composition.yaml';
  const spec = lineOf(texts, path, 'retryInterval: 2m') - 2;
  const fenced = (texts[path] ?? '').replace(
    'spec:\n                      interval: 10m',
    '$&\n                      serviceAccountName: flux',
  );

  it('reports the line of the Composition that every team deploys by, with the teams there are', () => {
    const { findings } = lintTexts(texts);
    expect(placesOf(findings, 'error')).toEqual([`${path}:${spec} tenancy/missing-service-account`]);
    const [error] = findings.filter(({ severity }) => severity === 'error');
    expect(error?.reach).toEqual({ clusters: ['production'], environments: ['production'], tenants: ['billing', 'search'] });
    expect(error?.message).toContain('Every claim is made by this line, now and later; 2 here.');
  });

  it('has no error once the account is named', () => {
    const { findings } = lintTexts({ ...texts, [path]: fenced });
    expect(placesOf(findings, 'error')).toEqual([]);
  });

  it('says what it does not see where a function makes it that nobody knows here', () => {
    const unknown = (texts[path] ?? '')
      .replace('function-patch-and-transform', 'function-kcl')
      .replace('pt.fn.crossplane.io', 'krm.kcl.dev');
    const { notJudged } = lintTexts({ ...texts, [path]: unknown });
    expect(notJudged.map(({ reason, count }) => [reason, count])).toContainEqual(['what function function-kcl makes is not known here', 3]);
  });
});

describe('endgame-terraform', () => {
  const texts = textsOf('endgame-terraform');
  const template = 'terraform/modules/tenant/sync.yaml.tftpl';
  const values = 'terraform/platform/env/production.tfvars';
  const { findings, summary } = lintTexts(texts);

  it('has a cluster for each file of values', () => {
    expect(summary.clusters).toBe(2);
    expect(summary.kustomizations).toBe(6);
  });

  it("reports production's tenant that builds from staging, at the template, and nothing else above info", () => {
    expect(placesOf(findings, 'error')).toEqual([`${template}:${lineOf(texts, template, 'path: ')} blast-radius/crosses-environments`]);
    expect(placesOf(findings, 'warning')).toEqual([]);
  });

  it('leads to the line that was copied', () => {
    const [crossing] = findings.filter(({ severity }) => severity === 'error');
    const [source] = crossing?.related.filter(({ message }) => message === 'the value comes from here') ?? [];
    expect(source?.location).toMatchObject({ path: values, line: lineOf(texts, values, 'billing/staging') });
    expect(crossing?.reach.clusters).toEqual(['production']);
  });

  it('has nothing to tell once it is mended', () => {
    const mended = { ...texts, [values]: (texts[values] ?? '').replace('billing/staging', 'billing/production') };
    expect(placesOf(lintTexts(mended).findings, 'error')).toEqual([]);
  });

  it('offers no fix inside of Terraform', () => {
    expect(findings.filter(({ fix, location }) => fix && /\.(tf|tftpl|tfvars)$/.test(location.path))).toEqual([]);
  });
});
