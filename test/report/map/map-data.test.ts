import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { analyze } from '../../../src/analyze.ts';
import type { MapData } from '../../../src/report/map/map-shape.ts';
import { runMain } from '../../cli/run-main.ts';
import { commitAll, removeDirectory, repositoryFrom, write } from '../../git-repository.ts';

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
