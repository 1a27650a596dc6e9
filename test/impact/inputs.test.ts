/** What Flux is told counts like any manifest: generated content, variables, a new kustomization file. */
import { afterEach, expect, it } from 'vitest';
import { analyzeImpact } from '../../src/analyze-change.ts';
import type { Texts } from '../fixture.ts';
import { removeDirectory, repositoryOf, write } from '../git-repository.ts';
import { linesOf } from './lines.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach(removeDirectory));

const kustomization = (extra = '') =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n${extra}  sourceRef: { kind: GitRepository, name: flux-system }\n`;
const configMap = (name: string, value: string, namespace = 'shop') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\ndata:\n  colour: ${value}\n`;
const pod =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  volumes:\n    - name: c\n      configMap:\n        name: settings\n';
const sync = { 'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n' };

const impactOf = async (before: Texts, after: Texts) => {
  const cwd = repositoryOf({ ...sync, ...before });
  made.push(cwd);
  write(cwd, after);
  const request = { paths: [], root: cwd, clusters: [], only: [], rules: {}, repositories: {}, reportUnusedSuppressions: false } as const;
  return analyzeImpact({ ...request, cwd, plugins: false, fixes: [], baseline: undefined }, { type: 'since', revision: 'HEAD' });
};

it('a literal of a generated ConfigMap is one changed object, and a change of what mounts it', async () => {
  const overlay = (colour: string) =>
    `namespace: shop\nresources:\n  - pod.yaml\nconfigMapGenerator:\n  - name: settings\n    literals:\n      - colour=${colour}\n`;
  const result = await impactOf(
    { 'clusters/production/shop.yaml': kustomization(), 'shop/kustomization.yaml': overlay('red'), 'shop/pod.yaml': pod },
    { 'shop/kustomization.yaml': overlay('green') },
  );
  const lines = linesOf(result).map((line) => line.replace(/-[a-z0-9]{10}\b/g, '-HASH'));
  expect(lines).toEqual([
    'production flux-system/shop ~ ConfigMap shop/settings-HASH from settings-HASH /data/colour',
    'production flux-system/shop ~ Pod shop/web /spec/volumes/0/configMap/name',
  ]);
});

it('a variable in a ConfigMap that substitution reads changes what it is put into', async () => {
  const result = await impactOf(
    {
      'clusters/production/shop.yaml': kustomization('  postBuild:\n    substituteFrom:\n      - { kind: ConfigMap, name: variables }\n'),
      'clusters/production/variables.yaml': configMap('variables', 'red', 'flux-system'),
      'shop/settings.yaml': configMap('settings', '${colour}'),
    },
    { 'clusters/production/variables.yaml': configMap('variables', 'green', 'flux-system') },
  );
  expect(linesOf(result)).toEqual([
    'production flux-system/flux-system ~ ConfigMap flux-system/variables /data/colour',
    'production flux-system/shop ~ ConfigMap shop/settings /data/colour',
  ]);
  const changes = result.impact.clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ changed }) => changed));
  expect(changes.map(({ causedBy }) => causedBy)).toEqual([['clusters/production/variables.yaml'], ['clusters/production/variables.yaml']]);
});

it('a new kustomization.yaml removes what it does not list', async () => {
  const result = await impactOf(
    { 'clusters/production/shop.yaml': kustomization(), 'shop/a.yaml': configMap('a', 'red'), 'shop/b.yaml': configMap('b', 'red') },
    { 'shop/kustomization.yaml': 'resources:\n  - a.yaml\n' },
  );
  expect(linesOf(result)).toEqual(['production flux-system/shop - ConfigMap shop/b pruned']);
  const removed = result.impact.clusters.flatMap(({ kustomizations }) => kustomizations.flatMap((each) => each.removed));
  expect(removed.map(({ causedBy }) => causedBy)).toEqual([['shop/kustomization.yaml']]);
});

it('what is suspended is listed as held back, and nothing of it is pruned', async () => {
  const result = await impactOf(
    { 'clusters/production/shop.yaml': kustomization('  suspend: true\n'), 'shop/a.yaml': configMap('a', 'red') },
    { 'shop/a.yaml': configMap('b', 'red') },
  );
  expect(linesOf(result)).toEqual([
    'production flux-system/shop (held) - ConfigMap shop/a',
    'production flux-system/shop (held) + ConfigMap shop/b from a',
  ]);
});

it('an entry of a list that another one takes the place of is one change', async () => {
  const mounting = (volume: string) => ({ 'shop/pod.yaml': pod.replace('- name: c', `- name: ${volume}`) });
  const before = { 'clusters/production/shop.yaml': kustomization(), 'shop/settings.yaml': configMap('settings', 'red') };
  const result = await impactOf({ ...before, ...mounting('c') }, mounting('config'));
  expect(linesOf(result)).toEqual(['production flux-system/shop ~ Pod shop/web /spec/volumes/0/name']);
});
