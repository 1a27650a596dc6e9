import { describe, expect, test } from 'vitest';
import { memoryFiles } from '../../src/files/memory.ts';
import { createBuild } from '../../src/kustomize/create-build.ts';
import { originOf } from '../../src/kustomize/origin.ts';
import { createFileParser } from '../../src/yaml/file-parser.ts';
import { toValue } from '../../src/yaml/node.ts';

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

  test('a missing resource is reported at its entry, and the rest is built', () => {
    const { objects, problems } = build({ ...texts, 'base/kustomization.yaml': 'resources:\n- web.yaml\n- wbe.yaml\n' }, 'base');
    expect(objects).toHaveLength(1);
    expect(problems.map(({ ruleId, at }) => [ruleId, at.span.path])).toEqual([['build/missing-resource', 'base/kustomization.yaml']]);
  });
});
