import { describe, expect, test } from 'vitest';
import { memoryFiles } from '../../src/files/memory.ts';
import type { BuildResult, EffectiveObject } from '../../src/kustomize/build.ts';
import { createBuild } from '../../src/kustomize/create-build.ts';
import { nodeOrigin } from '../../src/kustomize/resource/origin.ts';
import { printObjects } from '../../src/report/build/yaml.ts';
import { createFileParser } from '../../src/yaml/file-parser.ts';
import { type Node, type ScalarNode, toValue } from '../../src/yaml/node.ts';
import { fc } from '../properties.ts';

type Texts = Readonly<Record<string, string>>;

const build = (texts: Texts, directory = ''): BuildResult =>
  createBuild(createFileParser())({
    files: memoryFiles(texts),
    directory,
    loadRestrictor: 'LoadRestrictionsNone',
    withoutKustomization: 'fail',
  });

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
const text = fc.oneof(
  word,
  fc.constantFrom('yes', '0123', '1.10', 'a: b', ' edge ', '# no comment', 'two\nlines\n', '"quoted"', '2024-01-01'),
);
const scalar = fc.oneof(text, fc.integer(), fc.boolean());
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(word, tie('tree'), { maxKeys: 3 })),
}));
const kinds = fc.constantFrom(['apps/v1', 'Deployment'], ['v1', 'ConfigMap'], ['v1', 'Service'], ['example.com/v1', 'Widget']);
const object = fc
  .tuple(kinds, word, fc.dictionary(word, tree, { maxKeys: 4 }))
  .map(([[apiVersion, kind], name, spec]) => ({ apiVersion, kind, metadata: { name }, spec }));

/** JSON is YAML, and says exactly what is meant. */
const files = (objects: readonly unknown[], kustomization: object): Texts => ({
  'kustomization.yaml': JSON.stringify({ resources: ['objects.yaml'], ...kustomization }),
  'objects.yaml': objects.map((each) => JSON.stringify(each, null, 1)).join('\n---\n'),
});

const valuesOf = ({ objects }: BuildResult) => objects.map(({ root }) => toValue(root));

const identity = ({ apiVersion, kind, metadata }: { apiVersion?: string; kind?: string; metadata: object }) => ({
  apiVersion,
  kind,
  metadata,
});

const print = (objects: readonly EffectiveObject[]): string => printObjects(objects.map(({ root }) => ({ root, origin: () => root })));

describe('a build', () => {
  test('a patch that says nothing changes nothing', () =>
    fc.assert(
      fc.property(object, (each) => {
        const patched = build(files([each], { patches: [{ patch: JSON.stringify(identity(each)) }] }));
        expect(patched.problems).toEqual([]);
        expect(valuesOf(patched)).toEqual(valuesOf(build(files([each], {}))));
      }),
    ));

  test('patches of different fields may come in any order', () =>
    fc.assert(
      fc.property(object, tree, tree, (each, one, other) => {
        const patchOf = (field: string, value: unknown) => ({ patch: JSON.stringify({ ...identity(each), [field]: { value } }) });
        const patches = [patchOf('first', one), patchOf('second', other)];
        const there = build(files([each], { patches }));
        const back = build(files([each], { patches: patches.toReversed() }));
        expect(valuesOf(there)).toEqual(valuesOf(back));
      }),
    ));

  test('what it prints, built again, is the same', () =>
    fc.assert(
      fc.property(object, fc.constantFrom(undefined, 'shop'), fc.constantFrom(undefined, 'pre-'), (each, namespace, namePrefix) => {
        const once = print(build(files([each], { namespace, namePrefix, commonLabels: { team: 'billing' } })).objects);
        const again = build({ 'kustomization.yaml': 'resources: [objects.yaml]', 'objects.yaml': once });
        expect(again.problems).toEqual([]);
        expect(print(again.objects)).toBe(once);
      }),
    ));

  test('every value that someone wrote is found where its origin points', () =>
    fc.assert(
      fc.property(object, tree, (each, value) => {
        const patch = { ...identity(each), patched: { value } };
        const texts = {
          ...files([each], { namespace: 'shop', patches: [{ path: 'patch.yaml' }] }),
          'patch.yaml': JSON.stringify(patch, null, 2),
        };
        for (const built of build(texts).objects) for (const leaf of scalarsIn(built.root)) expectWritten(built, leaf, texts);
      }),
    ));
});

const scalarsIn = (node: Node): readonly ScalarNode[] => {
  if (node.type === 'scalar') return [node];
  if (node.type === 'list') return node.items.flatMap(scalarsIn);
  return node.type === 'map' ? node.entries.flatMap(({ value }) => scalarsIn(value)) : [];
};

const expectWritten = (object: EffectiveObject, leaf: ScalarNode, texts: Texts): void => {
  const { span } = nodeOrigin(object, leaf);
  expect(texts[span.path]?.slice(span.start, span.end)).toBe(JSON.stringify(leaf.value));
};
