/** What kustomize-controller does around a build. Each case is what Flux's own libraries make of it (`npm run compare:random`). */
import { describe, expect, test } from 'vitest';
import { toValue, type Value } from '../../src/yaml/node.ts';
import type { Texts } from '../fixture.ts';
import { bootstrap, configMap, graphOf, kustomization, listing } from './story.ts';

const contentOf = (texts: Texts, spec = '') => {
  const { evaluation } = graphOf({ ...bootstrap('clusters/c'), 'clusters/c/app.yaml': kustomization('app', './app', { spec }), ...texts });
  const app = evaluation.clusters[0]?.kustomizations.find(({ name }) => name === 'app');
  if (app?.content.type !== 'built') throw new Error(`not built: ${app?.content.type}`);
  return app.content;
};

const applied = (texts: Texts, spec = ''): readonly Value[] => contentOf(texts, spec).objects.map(({ root }) => toValue(root));

const component = {
  'shared/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [shared.yaml]\n',
  'shared/shared.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shared\n',
};

const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - image: nginx:1\n';

describe('the kustomization that is built', () => {
  test('a path without a manifest has a namespace, which components get', () => {
    const empty = { ...component, 'app/readme.md': '' };
    expect(applied(empty, 'components: [../shared]\n')).toMatchObject([{ metadata: { name: 'shared', namespace: '_placeholder' } }]);
    expect(applied(empty, 'components: [../shared]\ntargetNamespace: shop\n')).toMatchObject([{ metadata: { namespace: 'shop' } }]);
  });

  test('bases are no resources: the objects of a root that has only those say where they are from', () => {
    const texts = (field: string) => ({
      'app/kustomization.yaml': `${field}: [../base]\n`,
      'base/kustomization.yaml': listing(['web.yaml']),
      'base/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n',
    });
    expect(applied(texts('bases'))).toMatchObject([
      { metadata: { annotations: { 'config.kubernetes.io/origin': 'path: ../base/web.yaml\n' } } },
    ]);
    expect(applied(texts('resources'))).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } }]);
  });

  test('an empty buildMetadata and empty fields of an image replace nothing', () => {
    const texts = {
      'app/kustomization.yaml': listing(
        ['pod.yaml'],
        'buildMetadata: [originAnnotations]\nimages: [{ name: nginx, newName: web, newTag: "2" }]\n',
      ),
      'app/pod.yaml': pod,
    };
    const spec = 'buildMetadata: []\nimages:\n  - { name: nginx, newName: "", newTag: "" }\n';
    expect(applied(texts, spec)).toMatchObject([
      { metadata: { annotations: { 'config.kubernetes.io/origin': 'path: pod.yaml\n' } }, spec: { containers: [{ image: 'web:2' }] } },
    ]);
  });

  test('a directory that is called like a kustomization file is none', () => {
    expect(applied({ 'app/sub/kustomization.yaml/web.yaml': configMap('web') })).toMatchObject([{ metadata: { name: 'web' } }]);
  });
});

describe('ids that variables give', () => {
  const problems = (manifests: string, spec: string) => {
    const { problems: found, failed } = contentOf({ 'app/manifests.yaml': manifests }, spec);
    return [failed, found.map(({ ruleId, at }) => `${ruleId} ${manifests.slice(at.span.start, at.span.end)}`)];
  };
  const two = (first: string, second: string) => `${configMap(first)}---\n${configMap(second)}`;
  const substitute = (values: string) => `postBuild: { substitute: { ${values} } }\n`;

  test.for([
    ['${A}', '${B}', 'A: same, B: same', '${B}'],
    ['${A}', 'same', 'A: same', '${A}'],
    ['same', '${A}', 'A: same', '${A}'],
  ] as const)('%s and %s are one: Flux fails', ([first, second, values, at]) => {
    expect(problems(two(first, second), substitute(values))).toEqual([true, [`build/duplicate-object ${at}`]]);
  });

  test('others are not', () => {
    expect(problems(two('${A}', '${B}'), substitute('A: one, B: other'))).toEqual([false, []]);
    expect(problems(`${configMap('${A}')}---\n${configMap('same').replace('flux-system', 'shop')}`, substitute('A: same'))).toEqual([
      false,
      [],
    ]);
  });

  test('an object that is left alone is in the way, too', () => {
    const alone = configMap('same').replace(
      'metadata:\n',
      'metadata:\n  annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled }\n',
    );
    expect(problems(`${alone}---\n${configMap('${A}')}`, substitute('A: same'))[0]).toBe(true);
  });

  test('what only the cluster knows is no id', () => {
    const from = 'postBuild: { substituteFrom: [{ kind: Secret, name: elsewhere }] }\n';
    expect(problems(two('${A}', '${B}'), from)[0]).toBe(false);
  });
});
