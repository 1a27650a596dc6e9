import { describe, expect, test } from 'vitest';
import { memoryFiles } from '../../src/files/memory.ts';
import type { BuildResult } from '../../src/kustomize/build.ts';
import { createBuild } from '../../src/kustomize/create-build.ts';
import { originOf } from '../../src/kustomize/resource/origin.ts';
import { createFileParser } from '../../src/yaml/file-parser.ts';
import { child, isList, isScalar, stringAt, toValue } from '../../src/yaml/node.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { wholeFile } from '../../src/yaml/place.ts';

const web = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  mode: plain\n';

const build = (texts: Readonly<Record<string, string>>, directory: string) =>
  createBuild(createFileParser())({
    files: memoryFiles(texts),
    directory,
    loadRestrictor: 'LoadRestrictionsNone',
    withoutKustomization: 'fail',
  });

describe('build', () => {
  const texts = {
    'base/kustomization.yaml': 'resources:\n- web.yaml\n',
    'base/web.yaml': web,
    'overlay/kustomization.yaml':
      'resources:\n- ../base\nnamespace: shop\npatches:\n- patch: |\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: web}\n    data: {mode: patched}\n',
  };

  test('an overlay changes what its base gives', () => {
    const { objects, problems } = build(texts, 'overlay');
    expect(problems).toEqual([]);
    expect(objects.map(({ root }) => toValue(root))).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'shop' }, data: { mode: 'patched' } },
    ]);
  });

  test('every value knows its line and the entries that carried it', () => {
    const [object] = build(texts, 'overlay').objects;
    const textAt = (pointer: string) => {
      const { span, via } = object ? originOf(object, pointer) : { span: { path: '', start: 0, end: 0 }, via: [] };
      return [texts[span.path as keyof typeof texts]?.slice(span.start, span.end), ...via.map(({ type, at }) => `${type} ${at.path}`)];
    };
    expect(textAt('/metadata/name')).toEqual(['web', 'resource base/kustomization.yaml', 'resource overlay/kustomization.yaml']);
    expect(textAt('/metadata/namespace')).toEqual(['shop', 'transformer overlay/kustomization.yaml']);
    expect(textAt('/data/mode')).toEqual(['patched', 'patch overlay/kustomization.yaml']);
  });

  test('the same input gives the same result, and a directory is built once', () => {
    const once = createBuild(createFileParser());
    const input = {
      files: memoryFiles(texts),
      directory: 'overlay',
      loadRestrictor: 'LoadRestrictionsNone',
      withoutKustomization: 'fail',
    } as const;
    expect(once(input)).toBe(once({ ...input }));
  });

  test('directories that include each other are a problem, not a hang', () => {
    const { failed, problems } = build(
      { 'a/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources: [../a]\n' },
      'a',
    );
    expect(failed).toBe(true);
    expect(problems.map(({ ruleId, message }) => [ruleId, message.slice(0, 14)])).toEqual([['build/cycle', 'cycle detected']]);
  });

  test('a base without a kustomization is reported at each entry that names it', () => {
    const once = createBuild(createFileParser());
    const files = memoryFiles({
      'a/kustomization.yaml': 'resources: [../base]',
      'b/kustomization.yaml': 'resources: [../base]',
      'base/web.yaml': web,
    });
    const placesOf = (directory: string) =>
      once({ files, directory, loadRestrictor: 'LoadRestrictionsNone', withoutKustomization: 'fail' }).problems.map(
        ({ at }) => at.span.path,
      );
    expect([placesOf('a'), placesOf('b')]).toEqual([['a/kustomization.yaml'], ['b/kustomization.yaml']]);
  });

  test('a missing resource is reported at its entry, and the rest is built', () => {
    const { objects, problems } = build({ ...texts, 'base/kustomization.yaml': 'resources:\n- web.yaml\n- wbe.yaml\n' }, 'base');
    expect(objects).toHaveLength(1);
    expect(problems.map(({ ruleId, at }) => [ruleId, at.span.path])).toEqual([['build/missing-resource', 'base/kustomization.yaml']]);
  });
});

describe('build for Flux', () => {
  const forFlux = (texts: Readonly<Record<string, string>>, overrides?: object) => {
    const asked = overrides && parseYaml(JSON.stringify(overrides), wholeFile('clusters/apps.yaml')).documents[0]?.root;
    const field = (key: string) => child(asked, key);
    const list = (key: string) => {
      const node = field(key);
      return isList(node) ? node : undefined;
    };
    const namespace = field('targetNamespace');
    return createBuild(createFileParser())({
      files: memoryFiles(texts),
      directory: 'apps',
      loadRestrictor: 'LoadRestrictionsNone',
      withoutKustomization: 'generate',
      overrides: asked && {
        at: asked,
        targetNamespace: isScalar(namespace) ? namespace : undefined,
        patches: list('patches'),
        images: list('images'),
        components: list('components'),
      },
    });
  };
  const namesOf = ({ objects }: BuildResult) => objects.map(({ root }) => stringAt(root, 'metadata', 'name'));

  test('without a kustomization, every manifest below the path is taken, and directories that have one as they are', () => {
    const texts = {
      'apps/b.yaml': web.replace('web', 'second'),
      'apps/a/c.yml': web.replace('web', 'first'),
      'apps/d/kustomization.yaml': 'resources: [e.yaml]\nnamePrefix: third-',
      'apps/d/e.yaml': web,
      'apps/d/values.yaml': 'not: an object',
      'apps/readme.md': '# nothing',
    };
    const result = forFlux(texts);
    expect(result.problems).toEqual([]);
    expect(namesOf(result)).toEqual(['first', 'second', 'third-web']);
    expect(result.reads.listed).toEqual(['apps', 'apps/a']);
  });

  test('a file that is no manifest fails the build, at that file', () => {
    const { failed, problems } = forFlux({ 'apps/web.yaml': web, 'apps/values.yaml': 'replicas: 2\n' });
    expect(failed).toBe(true);
    expect(problems.map(({ ruleId, at }) => [ruleId, at.span.path])).toEqual([['build/stray-file', 'apps/values.yaml']]);
  });

  test('nothing at all builds to nothing', () => {
    expect(forFlux({ 'apps/readme.md': '' })).toMatchObject({ failed: false, objects: [], problems: [] });
    expect(forFlux({ 'apps/kustomization.yaml': '# later\n' })).toMatchObject({ failed: false, objects: [], problems: [] });
  });

  test('a key that the controller drops silently is a warning in the root, and an error below', () => {
    const root = forFlux({ 'apps/kustomization.yaml': 'resources: [web.yaml]\nnamespase: shop\n', 'apps/web.yaml': web });
    expect([root.failed, root.problems.map(({ atMost, hint }) => [atMost, hint])]).toEqual([
      false,
      [['warning', 'Did you mean "namespace"?']],
    ]);
    const below = forFlux({
      'apps/kustomization.yaml': 'resources: [base]',
      'apps/base/kustomization.yaml': 'resources: [web.yaml]\nnamespase: shop\n',
      'apps/base/web.yaml': web,
    });
    expect(below.failed).toBe(true);
  });

  test('what the Flux object asks for is written over the root, and says so', () => {
    const texts = {
      'apps/kustomization.yaml': 'resources: [web.yaml]\nnamespace: mine\n',
      'apps/web.yaml': web,
      'apps/extra/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: {extra: "yes"}\n',
    };
    const patch = JSON.stringify([{ op: 'add', path: '/data/added', value: 'here' }]);
    const result = forFlux(texts, {
      targetNamespace: 'shop',
      patches: [{ patch, target: { kind: 'ConfigMap' } }],
      components: ['extra', 'https://example.com/x'],
    });
    expect(result.problems.map(({ message }) => message.slice(0, 70))).toEqual([
      "component path 'https://example.com/x' must be local and relative: Flu",
    ]);
    const [object] = result.objects;
    expect(object && toValue(object.root)).toMatchObject({
      metadata: { namespace: 'shop', annotations: { extra: 'yes' } },
      data: { mode: 'plain', added: 'here' },
    });
    expect(object && originOf(object, '/metadata/namespace')).toMatchObject({
      span: { path: 'clusters/apps.yaml' },
      via: [{ type: 'transformer' }],
    });
    expect(result.patchTargets.map(({ matches }) => matches)).toEqual([1]);
  });
});

describe('bounds', () => {
  const chain = (length: number) =>
    Object.fromEntries(
      Array.from({ length }, (_, index) => [
        `level${index}/kustomization.yaml`,
        index === 0 ? 'resources: [web.yaml]' : `resources: [../level${index - 1}]`,
      ]).concat([['level0/web.yaml', web]]),
    );

  test('overlays may be stacked far higher than anyone does, and no higher than the stack of the process', () => {
    expect(build(chain(300), 'level299').objects).toHaveLength(1);
    expect(build(chain(1000), 'level999').problems.map(({ ruleId }) => ruleId)).toEqual(['manifest/limit-exceeded']);
  });

  test('directories that all include each other are looked at once', () => {
    const names = Array.from({ length: 14 }, (_, index) => `d${index}`);
    const texts = Object.fromEntries(
      names.map((name) => [`${name}/kustomization.yaml`, JSON.stringify({ resources: names.map((other) => `../${other}`) })]),
    );
    const { failed, problems } = build(texts, 'd0');
    expect(failed).toBe(true);
    expect(new Set(problems.map(({ ruleId }) => ruleId))).toEqual(new Set(['build/cycle']));
  });

  test('a file of many objects is read to its end', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => web.replace('web', `web-${index}`)).join('---\n');
    expect(build({ 'kustomization.yaml': 'resources: [many.yaml]', 'many.yaml': many }, '').objects).toHaveLength(20_000);
  });

  test('nothing outside the tree is read', () => {
    const { problems } = build({ 'a/kustomization.yaml': 'resources: [../../etc/web.yaml, /etc/web.yaml]' }, 'a');
    expect(problems.map(({ ruleId }) => ruleId)).toEqual(['build/outside-artifact', 'build/outside-artifact']);
  });
});
