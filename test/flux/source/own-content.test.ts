import { describe, expect, it } from 'vitest';
import { assumedIn } from '../../../src/graph/sources/assumed.ts';
import type { Texts } from '../../fixture.ts';
import { appliedIn, bootstrap, configMap, documents, gitRepository, graphOf, kustomization, ociRepository } from '../story.ts';

const here = 'ConfigMap/web';

/** A bootstrapped cluster with one Kustomization from one more source, and a directory here that has its path. */
const platform = (source: string, path: string, { kind = 'GitRepository', at = path }: { kind?: string; at?: string } = {}): Texts => ({
  ...bootstrap('clusters/prod'),
  'clusters/prod/web.yaml': documents(source, kustomization('web', `./${path}`, { source: 'more', kind })),
  [`${at}/web.yaml`]: configMap('web'),
});

const contentOf = (texts: Texts): string =>
  appliedIn(texts)
    .find((line) => line.startsWith('prod flux-system/web: '))
    ?.slice('prod flux-system/web: '.length) ?? 'nothing';

describe('a source is this repository', () => {
  it.each([
    ['by the URL of the root', gitRepository('more'), 'apps'],
    ['by the URL of the root in another form', gitRepository('more', 'ssh://git@git.example/acme/fleet.git'), 'apps'],
    ['by what is asked of it, from a mirror', gitRepository('more', 'https://mirror.example/acme/fleet'), 'apps/web'],
    ['by what nobody else has, whatever the host', gitRepository('more', 'https://mirror.example/ops/cluster-config'), 'apps/web/live'],
  ])('%s', (_, source, path) => {
    expect(contentOf(platform(source, path))).toBe(here);
  });

  it('by what is asked of it, from a registry', () => {
    const source = ociRepository('more', 'oci://registry.example/acme/fleet');
    expect(contentOf(platform(source, 'apps/web', { kind: 'OCIRepository' }))).toBe(here);
  });

  it('though its object is not in git, where what is asked of it is here', () => {
    const texts = platform(configMap('other'), 'apps/web', { kind: 'Bucket' });
    expect(contentOf(texts)).toBe(here);
    expect(assumedIn(graphOf(texts).clusters.all)).toEqual([
      'Bucket flux-system/more is not in git, and taken for this repository: apps/web is here',
    ]);
  });

  it('in the one folder that has all that is asked', () => {
    const source = ociRepository('more', 'oci://registry.example/acme/fleet');
    const texts = platform(source, 'apps/web', { kind: 'OCIRepository', at: 'deploy/apps/web' });
    expect(contentOf(texts)).toBe(here);
    expect(assumedIn(graphOf(texts).clusters.all)).toEqual([
      'OCIRepository flux-system/more is taken for this repository: deploy/apps/web is here',
    ]);
  });

  it('in the folder that CI pushes', () => {
    const texts = {
      ...platform(ociRepository('more', 'oci://registry.example/acme/fleet'), './', { kind: 'OCIRepository', at: 'deploy' }),
      '.github/workflows/push.yaml':
        '      - run: flux push artifact oci://registry.example/acme/fleet:latest --path=./deploy --source=x\n',
    };
    expect(contentOf(texts)).toBe(here);
    expect(assumedIn(graphOf(texts).clusters.all)).toEqual([
      'OCIRepository flux-system/more is taken for this repository: .github/workflows/push.yaml pushes deploy there',
    ]);
  });

  it('in the folder that the configuration names, without an assumption', () => {
    const texts = {
      ...platform(ociRepository('more', 'oci://registry.example/acme/fleet'), './', { kind: 'OCIRepository', at: 'deploy' }),
      '.flux-lint.yaml': 'repositories:\n  oci://registry.example/acme/fleet: ./deploy\n',
    };
    expect(contentOf(texts)).toBe(here);
    expect(assumedIn(graphOf(texts).clusters.all)).toEqual([]);
  });
});

describe('a source is another repository', () => {
  it.each([
    ["a vendor's", gitRepository('more', 'https://github.com/fluxcd/flux2-kustomize-helm-example'), 'apps/web/live'],
    ["a tenant's beside the platform's own", gitRepository('more', 'https://git.example/shop/deploy'), 'deploy/prod'],
    ["a tenant's of the same owner", gitRepository('more', 'https://git.example/acme/shop'), 'apps/web'],
    ['one that is asked for a folder that everybody has', gitRepository('more', 'https://elsewhere.example/shop/web'), 'deploy'],
    ['one of which nothing but everything is asked', gitRepository('more', 'https://elsewhere.example/acme/fleet2'), './'],
  ])('%s', (_, source, path) => {
    expect(contentOf(platform(source, path, { at: path === './' ? 'apps' : path }))).toMatch(/^no checkout stands for/);
  });

  it('that a name differs by a slip from one that is here: that is a mistake', () => {
    const texts = platform(gitRepository('moer'), 'apps/web');
    expect(contentOf(texts)).toBe('missing-source');
  });
});

describe('two clusters with rules of their own for what a source leaves out', () => {
  it('get each their own tree', () => {
    const cluster = (name: string, ignore: string): Texts => ({
      ...bootstrap(`clusters/${name}`),
      [`clusters/${name}/web.yaml`]: documents(
        gitRepository('web', 'https://git.example/acme/fleet', `ref: { branch: main }\nignore: |\n  /apps/web/${ignore}.yaml\n`),
        kustomization('web', './apps/web', { source: 'web' }),
      ),
    });
    const texts = {
      ...cluster('oslo', 'rome'),
      ...cluster('rome', 'oslo'),
      'apps/web/oslo.yaml': configMap('oslo'),
      'apps/web/rome.yaml': configMap('rome'),
    };
    expect(appliedIn(texts).filter((line) => line.includes('/web:'))).toEqual([
      'oslo flux-system/web: ConfigMap/oslo',
      'rome flux-system/web: ConfigMap/rome',
    ]);
  });

  it('each by the file in its directory', () => {
    const cluster = (name: string): Texts => ({
      ...bootstrap(`clusters/${name}`),
      [`clusters/${name}/.sourceignore`]: `/${name}-draft.yaml\n`,
      [`clusters/${name}/oslo-draft.yaml`]: configMap('oslo-draft'),
      [`clusters/${name}/rome-draft.yaml`]: configMap('rome-draft'),
    });
    const drafts = appliedIn({ ...cluster('oslo'), ...cluster('rome') }).map((line) => line.match(/ConfigMap\/\S+/g));
    expect(drafts).toEqual([['ConfigMap/rome-draft'], ['ConfigMap/oslo-draft']]);
  });

  it('each in the folder that is its artifact', () => {
    const cluster = (name: string): Texts => ({
      [`${name}/.sourceignore`]: '/apps/draft.yaml\n',
      [`${name}/clusters/${name}/root.yaml`]: documents(
        ociRepository('fleet', `oci://registry.example/${name}`),
        kustomization('root', `./clusters/${name}`, { source: 'fleet', kind: 'OCIRepository' }),
        kustomization('web', './apps', { source: 'fleet', kind: 'OCIRepository' }),
      ),
      [`${name}/apps/web.yaml`]: configMap('web'),
      [`${name}/apps/draft.yaml`]: configMap('draft'),
    });
    expect(appliedIn({ ...cluster('oslo'), ...cluster('rome') }).filter((line) => line.includes('/web:'))).toEqual([
      'oslo flux-system/web: ConfigMap/web',
      'rome flux-system/web: ConfigMap/web',
    ]);
  });
});

it('a Kustomization that reads a Secret it applies builds, and settles', () => {
  const spec = 'postBuild:\n  substituteFrom: [{ kind: Secret, name: settings }]\n';
  const texts = {
    ...bootstrap('clusters/prod'),
    'clusters/prod/web.yaml': kustomization('web', './apps/web', { spec }),
    'apps/web/settings.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: settings\n  namespace: flux-system\nstringData: { ZONE: north }\n',
    'apps/web/web.yaml': configMap('web-${ZONE}'),
  };
  expect(contentOf(texts)).toBe('Secret/settings ConfigMap/web-north');
  expect(graphOf(texts).evaluation.problems).toEqual([]);
});
