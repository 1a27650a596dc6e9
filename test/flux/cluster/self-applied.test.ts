import { describe, expect, it } from 'vitest';
import { appliedIn, bootstrap, clustersIn, configMap, documents, gitRepository, graphOf, kustomization, listing } from '../story.ts';

/** A source and the Kustomization that applies a directory from it, under whatever name. */
const root = (path: string, name = 'cluster') => documents(gitRepository('fleet'), kustomization(name, path, { source: 'fleet' }));

describe('a Kustomization that its own build renders starts a cluster', () => {
  it('whatever it and its source are called', () => {
    expect(
      clustersIn({ 'k8s/site-a/flux/root.yaml': root('./k8s/site-a', 'everything'), 'k8s/site-a/web.yaml': configMap('web') }),
    ).toEqual(['site-a k8s/site-a self-applied']);
  });

  it('below the directory that it applies, and listed by a kustomization file there', () => {
    expect(
      clustersIn({
        'kubernetes/main/flux/kustomization.yaml': listing(['config', 'apps.yaml']),
        'kubernetes/main/flux/config/kustomization.yaml': listing(['cluster.yaml']),
        'kubernetes/main/flux/config/cluster.yaml': root('./kubernetes/main/flux'),
        'kubernetes/main/flux/apps.yaml': kustomization('apps', './kubernetes/main/apps', { source: 'fleet' }),
        'kubernetes/main/apps/web.yaml': configMap('web'),
      }),
    ).toEqual(['main kubernetes/main/flux self-applied']);
  });

  it('where a variable of its own fills its path', () => {
    const spec = 'postBuild:\n  substitute: { STAGE: live, NAME: paris }\n';
    const texts = {
      'clusters/live/paris/root.yaml': documents(
        gitRepository('fleet'),
        kustomization('root', './clusters/${STAGE}/${NAME}', { source: 'fleet', spec }),
      ),
      'clusters/live/paris/web.yaml': configMap('web-${NAME}'),
    };
    expect(clustersIn(texts)).toEqual(['paris clusters/live/paris self-applied']);
    expect(appliedIn(texts)).toEqual(['paris flux-system/root: GitRepository/fleet Kustomization/root ConfigMap/web-paris']);
  });

  it('where what lists a shared one fills its path by a patch', () => {
    const overlay = (name: string) =>
      listing(
        ['../../apps/flux'],
        `patches:\n  - target: { kind: Kustomization, name: root }\n    patch: |\n      - { op: replace, path: /spec/path, value: ./clusters/${name} }\n`,
      );
    expect(
      clustersIn({
        'apps/flux/kustomization.yaml': listing(['root.yaml']),
        'apps/flux/root.yaml': root('./replaced', 'root'),
        'clusters/oslo/kustomization.yaml': overlay('oslo'),
        'clusters/rome/kustomization.yaml': overlay('rome'),
      }),
    ).toEqual(['oslo clusters/oslo self-applied', 'rome clusters/rome self-applied']);
  });

  it('where replacements fill its path', () => {
    const overlay = () =>
      listing(
        ['../base', 'settings.yaml'],
        [
          'replacements:',
          '  - source: { kind: ConfigMap, name: settings, fieldPath: data.name }',
          '    targets:',
          '      - select: { kind: Kustomization }',
          "        options: { delimiter: '/', index: 2 }",
          '        fieldPaths: [spec.path]',
          '',
        ].join('\n'),
      );
    expect(
      clustersIn({
        'clusters/base/kustomization.yaml': listing(['root.yaml']),
        'clusters/base/root.yaml': root('./clusters/NAME', 'root'),
        'clusters/oslo/kustomization.yaml': overlay(),
        'clusters/oslo/settings.yaml': configMap('settings', { name: 'oslo' }),
        'clusters/rome/kustomization.yaml': overlay(),
        'clusters/rome/settings.yaml': configMap('settings', { name: 'rome' }),
      }),
    ).toEqual(['oslo clusters/oslo self-applied', 'rome clusters/rome self-applied']);
  });

  it('at the top of the repository, where its source is the only one', () => {
    const texts = {
      'flux.yaml': documents(gitRepository('fleet'), kustomization('all', './', { source: 'fleet' })),
      'web.yaml': configMap('web'),
    };
    expect(clustersIn(texts)).toEqual(['main . self-applied']);
    expect(clustersIn(texts, { remotes: ['git@mirror.example:backup/cluster.git'] })).toEqual(['main . self-applied']);
  });

  it('at the top of the repository beside other sources, where more of its source is here', () => {
    const other = documents(
      gitRepository('shop', 'https://git.example/shop/deploy'),
      kustomization('shop', './', { source: 'shop' }),
      kustomization('apps', './apps', { source: 'fleet' }),
    );
    const texts = {
      'flux.yaml': documents(gitRepository('fleet'), kustomization('all', './', { source: 'fleet' })),
      'tenants/shop.yaml': other,
      'apps/web.yaml': configMap('web'),
    };
    expect(clustersIn(texts)).toEqual(['main . self-applied']);
    expect(
      appliedIn(texts)
        .map((line) => line.split(':')[0])
        .sort(),
    ).toEqual(['main flux-system/all', 'main flux-system/apps', 'main flux-system/shop']);
  });

  it('in the folder that is the root of its artifact', () => {
    const texts = {
      'deploy/clusters/oslo/root.yaml': root('./clusters/oslo', 'root'),
      'deploy/clusters/oslo/web.yaml': kustomization('web', './apps/web', { source: 'fleet' }),
      'deploy/apps/web/web.yaml': configMap('web'),
    };
    expect(clustersIn(texts)).toEqual(['oslo deploy/clusters/oslo self-applied']);
    expect(appliedIn(texts)).toContain('oslo flux-system/web: ConfigMap/web');
  });

  it('and settles by what it says', () => {
    const spec = 'postBuild:\n  substitute: { NAME: oslo }\n  substituteFrom: [{ kind: ConfigMap, name: settings }]\n';
    const texts = {
      'clusters/oslo/root.yaml': documents(gitRepository('fleet'), kustomization('root', './clusters/oslo', { source: 'fleet', spec })),
      'clusters/oslo/settings.yaml': configMap('settings', { ZONE: 'north' }),
      'clusters/oslo/web.yaml': configMap('web-${NAME}-${ZONE}'),
    };
    const { evaluation } = graphOf(texts);
    expect(evaluation.problems).toEqual([]);
    expect(appliedIn(texts)).toEqual([
      'oslo flux-system/root: GitRepository/fleet Kustomization/root ConfigMap/settings ConfigMap/web-oslo-north',
    ]);
  });
});

describe('no cluster starts', () => {
  it.each([
    ['in an archive', 'archive/clusters/oslo'],
    ['in an example', 'examples/simple'],
    ['in a template', 'templates/cluster'],
    ['in what tests read', 'tests/e2e/cluster'],
  ])('%s', (_, path) => {
    expect(clustersIn({ [`${path}/root.yaml`]: root(`./${path}`) })).toEqual([]);
  });

  it('of a Kustomization that another cluster applies, though it renders itself', () => {
    expect(
      clustersIn({
        ...bootstrap('clusters/prod'),
        'clusters/prod/apps.yaml': kustomization('apps', './apps'),
        'apps/apps.yaml': kustomization('apps', './apps'),
        'apps/web.yaml': configMap('web'),
      }),
    ).toEqual(['prod clusters/prod bootstrap']);
  });

  it('of another repository that a cluster takes in whole', () => {
    expect(
      clustersIn({
        'clusters/prod/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
        'clusters/prod/shop.yaml': root('./', 'shop'),
      }),
    ).toEqual(['prod clusters/prod bootstrap']);
  });

  it('of a leftover that brings no source of its own', () => {
    expect(
      clustersIn({
        ...bootstrap('clusters/prod'),
        'old-fleet/root.yaml': kustomization('root', './old-fleet'),
        'old-fleet/web.yaml': configMap('web'),
      }),
    ).toEqual(['prod clusters/prod bootstrap']);
  });

  it('of a catalogue of applications, each of which may be installed by itself', () => {
    expect(
      clustersIn({
        ...bootstrap('clusters/prod'),
        'catalogue/web/ks.yaml': kustomization('web', './catalogue/web/app'),
        'catalogue/web/app/web.yaml': configMap('web'),
        'catalogue/mail/ks.yaml': kustomization('mail', './catalogue/mail/app'),
        'catalogue/mail/app/mail.yaml': configMap('mail'),
      }),
    ).toEqual(['prod clusters/prod bootstrap']);
  });

  it('of a folder inside a cluster that goes to the cluster it creates', () => {
    const spec = 'kubeConfig: { secretRef: { name: spoke-kubeconfig } }\n';
    expect(
      clustersIn({
        ...bootstrap('clusters/hub'),
        'clusters/hub/spoke/root.yaml': kustomization('spoke', './clusters/hub/spoke', { spec }),
        'clusters/hub/spoke/web.yaml': configMap('web'),
      }),
    ).toEqual(['hub clusters/hub bootstrap', 'spoke clusters/hub/spoke remote']);
  });
});
