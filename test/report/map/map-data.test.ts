import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { analyze } from '../../../src/analyze.ts';
import type { MapData } from '../../../src/report/map/map-shape.ts';
import { runMain } from '../../cli/run-main.ts';
import { commitAll, removeDirectory, repositoryFrom, repositoryOf, write } from '../../git-repository.ts';

const outage = join(import.meta.dirname, '../../../fixtures/repos/monorepo-outage');
const parts = { analyze: async () => analyze };

const dataOf = (html: string): MapData => JSON.parse(/id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '{}');

describe('the data of a fleet', () => {
  it('says which clusters get what, by whom', async () => {
    const { stdout } = await runMain(['check', '--format', 'html', '--fail-on', 'never'], { cwd: outage }, parts);
    const data = dataOf(stdout);
    expect(data.clusters.map(({ name, environment, isProtected }) => [name, environment, isProtected])).toEqual([
      ['dev', 'development', false],
      ['prod-db-01', 'production', true],
      ['prod-us-east-1', 'production', true],
      ['staging-eu-west-1', 'staging', false],
    ]);
    const reach = (name: string) =>
      data.shared.find((place) => place.name === name)?.cells.map(([cluster, by]) => [data.clusters[cluster]?.name, ...by]);
    expect(reach('apps/fluent-bit/overlays/dev')).toEqual([
      ['dev', 'flux-system/flux-system'],
      ['prod-db-01', 'flux-system/flux-system'],
    ]);
    expect(reach('https://grafana.github.io/helm-charts')).toEqual([
      ['prod-us-east-1', 'HelmRepository/grafana/grafana'],
      ['staging-eu-west-1', 'HelmRepository/grafana/grafana'],
    ]);
    expect(data.shared.find(({ name }) => name === 'apps/fluent-bit/overlays/dev')?.environment).toBe('development');
  });

  it('has the findings of the other formats, with the lines around them', async () => {
    const { stdout } = await runMain(['check', '--format', 'html', '--fail-on', 'never'], { cwd: outage }, parts);
    const json = await runMain(['check', '--format', 'json', '--fail-on', 'never'], { cwd: outage }, parts);
    const { findings }: { findings: { fingerprint: string }[] } = JSON.parse(json.stdout);
    const data = dataOf(stdout);
    expect(data.findings.map(({ fingerprint }) => fingerprint)).toEqual(findings.map(({ fingerprint }) => fingerprint));
    const crossing = data.findings.find(({ ruleId }) => ruleId === 'blast-radius/crosses-environments');
    expect(crossing?.frame.find((line) => line.startsWith('>'))).toBe('> 6    - ../../apps/fluent-bit/overlays/dev');
  });

  it('has no lines of a file here for a place in another repository', async () => {
    const shop = repositoryOf({ 'deploy/all.yaml': labelled });
    const cwd = repositoryOf({
      '.flux-lint.yaml': 'clusters: [{ name: prod, path: clusters/prod }]\n',
      'clusters/prod/shop.yaml': sync,
      'deploy/all.yaml': '# not this one\n# nor this\n# nor that\n',
    });
    onTestFinished(() => [shop, cwd].forEach(removeDirectory));
    const { stdout } = await runMain(
      ['check', '--format', 'html', '--fail-on', 'never', '--repository', `https://git.example.com/acme/shop=${shop}`],
      { cwd },
      parts,
    );
    const { findings, values, clusters } = dataOf(stdout);
    const finding = findings.find(({ ruleId }) => ruleId === 'manifest/non-string-label');
    expect({ at: finding?.at, frame: finding?.frame }).toEqual({ at: 'deploy/all.yaml:3 (https://git.example.com/acme/shop)', frame: [] });
    expect(values?.files).toContainEqual(['deploy/all.yaml', 'https://git.example.com/acme/shop']);
    const objects = clusters.flatMap(({ kustomizations }) => kustomizations.flatMap((each) => each.objects));
    expect(objects.map((object) => object.split('\t')[1])).toContain('deploy/all.yaml:1 (https://git.example.com/acme/shop)');
  });
});

const labelled = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop, labels: { tier: 1 } }\n';
const sync = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: shop, namespace: flux-system }
spec: { interval: 1m, url: https://git.example.com/acme/shop, ref: { branch: main } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, path: ./deploy, prune: true, sourceRef: { kind: GitRepository, name: shop } }
`;

const fleet = (url: string) => ({
  'clusters/production/apps.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: apps, namespace: flux-system }
spec: { interval: 1m, url: "${url}" }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 10m
  path: ./shop
  prune: true
  sourceRef: { kind: GitRepository, name: apps }
`,
});

it('shows no password of the URL of a mapped checkout', async () => {
  const url = 'https://robot:hunter2@git.example.com/apps';
  const root = repositoryOf(fleet(url));
  const apps = repositoryOf({ 'shop/kustomization.yaml': 'configMapGenerator:\n  - { name: shop, literals: [a=b] }\n' });
  onTestFinished(() => {
    for (const directory of [root, apps]) removeDirectory(directory);
  });
  const { stdout } = await runMain(
    ['check', '--fail-on', 'never', '--format', 'html', '--repository', `${url}=${apps}`],
    { cwd: root },
    parts,
  );
  const shown = JSON.stringify(dataOf(stdout));
  expect(shown).toContain('https://robot:***@git.example.com/apps');
  expect(stdout).not.toContain('hunter2');
});

describe('the data of a change', () => {
  it('says what clusters lose and get, and what is deleted first', async () => {
    const directory = repositoryFrom(outage);
    onTestFinished(() => removeDirectory(directory));
    const file = 'clusters/prod-db-01/kustomization.yaml';
    write(directory, { [file]: readFileSync(join(outage, file), 'utf8').replace('overlays/dev', 'overlays/prod') });
    commitAll(directory);
    const { stdout } = await runMain(['impact', '--since', 'HEAD~1', '--format', 'html'], { cwd: directory }, parts);
    const data = dataOf(stdout);
    const changed = data.shared.flatMap(({ name, cells }) =>
      cells.flatMap(([cluster, , change]) => (change === undefined ? [] : [`${change} ${name} in ${data.clusters[cluster]?.name}`])),
    );
    expect(changed).toEqual(['gone apps/fluent-bit/overlays/dev in prod-db-01', 'new apps/fluent-bit/overlays/prod in prod-db-01']);
    expect(data.change?.files).toEqual([`modified: ${file}`]);
    expect(data.change?.clusters.map(({ name }) => name)).toEqual(['prod-db-01']);
  });

  it('begins with what Flux deletes, and keeps a cluster that goes', async () => {
    const directory = repositoryFrom(outage);
    onTestFinished(() => removeDirectory(directory));
    const file = 'clusters/prod-db-01/kustomization.yaml';
    write(directory, { [file]: readFileSync(join(outage, file), 'utf8').replace(/.*overlays\/dev\n/, '') });
    commitAll(directory);
    const { stdout } = await runMain(['impact', '--since', 'HEAD~1', '--format', 'html'], { cwd: directory }, parts);
    const [cluster] = dataOf(stdout).change?.clusters ?? [];
    expect(cluster?.objects.map(({ what, name, remark }) => [what, name, remark])).toEqual([
      ['deleted', 'DaemonSet logging/fluent-bit', 'Flux deletes it'],
      ['removed', 'Namespace logging', 'stays in the cluster without an owner'],
    ]);
  });
});
