import { describe, expect, it } from 'vitest';
import { bootstrap, clustersIn, configMap, kustomization, listing } from '../story.ts';

const cluster = (path: string) => ({
  [`${path}/apps.yaml`]: kustomization('apps', `./apps/${path.split('/').at(-1)}`),
  [`apps/${path.split('/').at(-1)}/web.yaml`]: configMap('web'),
});

describe('roots by layout, where nothing in git names one', () => {
  it('are the children of clusters/', () => {
    expect(clustersIn({ ...cluster('clusters/oslo'), ...cluster('clusters/rome'), 'clusters/README.md': '# Clusters\n' })).toEqual([
      'oslo clusters/oslo layout',
      'rome clusters/rome layout',
    ]);
  });

  it('lie a level deeper where regions or stages hold them', () => {
    expect(
      clustersIn({
        ...cluster('clusters/live/oslo'),
        ...cluster('clusters/live/rome'),
        ...cluster('clusters/test/bern'),
        ...cluster('clusters/test/wien'),
      }),
    ).toEqual([
      'bern clusters/test/bern layout',
      'oslo clusters/live/oslo layout',
      'rome clusters/live/rome layout',
      'wien clusters/test/wien layout',
    ]);
  });

  it.each(['base', '_base', 'common', 'shared', 'template', 'templates', 'examples', 'components', 'archive'])(
    'are not clusters/%s',
    (name) => {
      expect(clustersIn({ ...cluster('clusters/oslo'), ...cluster(`clusters/${name}`) })).toEqual(['oslo clusters/oslo layout']);
    },
  );

  it('are not what a cluster lists', () => {
    expect(
      clustersIn({
        'clusters/oslo/kustomization.yaml': listing(['../nordic', 'apps.yaml']),
        ...cluster('clusters/oslo'),
        ...cluster('clusters/nordic'),
      }),
    ).toEqual(['oslo clusters/oslo layout']);
  });

  it('are not what a cluster applies', () => {
    expect(
      clustersIn({
        'clusters/oslo/more.yaml': kustomization('more', './clusters/nordic'),
        ...cluster('clusters/nordic'),
      }),
    ).toEqual(['oslo clusters/oslo layout']);
  });

  it('are one of two that apply each other', () => {
    expect(
      clustersIn({
        'clusters/oslo/more.yaml': kustomization('more', './clusters/rome'),
        'clusters/rome/more.yaml': kustomization('more', './clusters/oslo'),
      }),
    ).toEqual(['oslo clusters/oslo layout']);
  });

  it('are not manifests that mention no Kustomization', () => {
    expect(clustersIn({ 'clusters/oslo/web.yaml': configMap('web') })).toEqual([]);
  });
});

describe('siblings of roots that are named', () => {
  it('are roots where the same things are in them', () => {
    expect(clustersIn({ ...bootstrap('clusters/oslo'), ...cluster('clusters/oslo'), ...cluster('clusters/rome') })).toEqual([
      'oslo clusters/oslo bootstrap',
      'rome clusters/rome layout',
    ]);
  });

  it('are none where other things are in them', () => {
    const addon = { 'clusters/monitoring/alerts.yaml': kustomization('alerts', './alerts'), 'alerts/a.yaml': configMap('a') };
    expect(clustersIn({ ...bootstrap('clusters/oslo'), ...cluster('clusters/oslo'), ...addon })).toEqual(['oslo clusters/oslo bootstrap']);
  });

  it('are none where a root applies them', () => {
    expect(
      clustersIn({
        ...bootstrap('clusters/oslo'),
        ...cluster('clusters/oslo'),
        ...cluster('clusters/rome'),
        'clusters/oslo/rome.yaml': kustomization('rome', './clusters/rome'),
      }),
    ).toEqual(['oslo clusters/oslo bootstrap']);
  });
});
