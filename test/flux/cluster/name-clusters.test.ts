import { describe, expect, it } from 'vitest';
import { namesOfDirectory } from '../../../src/flux/cluster/name-clusters.ts';
import { selectClusters } from '../../../src/graph/clusters/select-clusters.ts';
import { repositoryOf } from '../../cli/repository.ts';
import { bootstrap, configMap, documents, gitRepository, graphOf, kustomization } from '../story.ts';

const selfApplied = (path: string) => ({
  [`${path}/root.yaml`]: documents(gitRepository('fleet'), kustomization('root', `./${path}`, { source: 'fleet' })),
  [`${path}/web.yaml`]: configMap('web'),
});

const namesIn = (...directories: readonly string[]) =>
  graphOf(Object.assign({}, ...directories.map(selfApplied))).clusters.all.map(({ name }) => name);

describe('names of clusters', () => {
  it.each([
    [['clusters/oslo'], ['oslo']],
    [['main/cluster-config'], ['main']],
    [['kubernetes/main/flux/config'], ['main']],
    [['k8s/clusters/oslo/flux-system'], ['oslo']],
    [['cluster/base'], ['main']],
    [
      ['clusters/live/oslo', 'clusters/test/bern'],
      ['bern', 'oslo'],
    ],
    [
      ['live/eu', 'test/eu'],
      ['live-eu', 'test-eu'],
    ],
    [
      ['eu/live/bootstrap', 'us/live/bootstrap', 'eu/test/bootstrap'],
      ['eu-live', 'test', 'us-live'],
    ],
    [
      ['a/clusters', 'b/clusters'],
      ['a', 'b'],
    ],
  ])('of %j are %j', (directories, names) => {
    expect(namesIn(...directories)).toEqual(names);
  });

  it('stay a way to ask when they get shorter', () => {
    const { clusters } = graphOf({ ...bootstrap('clusters/live/oslo'), ...bootstrap('clusters/live/rome') });
    const selected = (glob: string) => {
      const includes = selectClusters(clusters, { globs: [glob], paths: [] });
      return clusters.all.filter(({ name }) => includes(name)).map(({ name }) => name);
    };
    expect(selected('oslo')).toEqual(['oslo']);
    expect(selected('live-oslo')).toEqual(['oslo']);
    expect(selected('clusters-live-oslo')).toEqual(['oslo']);
    expect(selected('live-*')).toEqual(['oslo', 'rome']);
    expect(() => selected('live-bern')).toThrow('no cluster is called live-bern');
  });

  it('could be every tail of the directory', () => {
    expect(namesOfDirectory('kubernetes/main/flux')).toEqual(['kubernetes-main-flux', 'main-flux', 'flux']);
    expect(namesOfDirectory('')).toEqual([]);
  });
});

describe('check --cluster with a longer name', () => {
  const broken = { ...bootstrap('clusters/live/oslo'), 'clusters/live/oslo/web.yaml': kustomization('web', './gone') };

  it('reports what the short one reports', async () => {
    const { run } = repositoryOf({ ...broken, ...bootstrap('clusters/live/rome') });
    const [byName, byLongerName, other] = await Promise.all([
      run(['--cluster', 'oslo', '--format', 'json']),
      run(['--cluster', 'live-oslo', '--format', 'json']),
      run(['--cluster', 'live-rome', '--format', 'json']),
    ]);
    expect(byName.stdout).toContain('references/unknown-path');
    expect(JSON.parse(byLongerName.stdout).findings).toEqual(JSON.parse(byName.stdout).findings);
    expect(other.stdout).not.toContain('references/unknown-path');
  });

  it('is in the environment that the longer name matches', () => {
    const config = 'environments:\n  nordic: { match: ["north-*"] }\n';
    const { clusters } = graphOf({ ...bootstrap('clusters/north/oslo'), '.flux-lint.yaml': config });
    expect(clusters.get('oslo')?.environment).toMatchObject({ environment: 'nordic' });
  });
});
