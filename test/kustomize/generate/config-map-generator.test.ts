import { describe, expect, it } from 'vitest';
import type { File } from '../../../src/files/files.ts';
import { generate } from '../../../src/kustomize/generate/config-map-generator.ts';
import { absorb } from '../../../src/kustomize/generate/generator-behavior.ts';
import type { LoadFile } from '../../../src/kustomize/generate/generator-sources.ts';
import { addHashSuffixes } from '../../../src/kustomize/generate/hash.ts';
import { currentId, type Resource } from '../../../src/kustomize/resource/resource.ts';
import { child } from '../../../src/yaml/node.ts';
import { kustomization, resource, resources, values } from '../manifests.ts';

const file = (path: string, bytes: Uint8Array): File => ({
  path,
  text: Buffer.from(bytes).toString('utf8'),
  bytes: () => bytes,
  unreadable: undefined,
});

const texts: Readonly<Record<string, File>> = {
  'app.env': file('app.env', Buffer.from('A=1\r\n  # comment\n  B = two "words" \nnothing\n\n=lost\n')),
  'config/app.conf': file('config/app.conf', Buffer.from('listen 80\n')),
  logo: file('logo', Uint8Array.of(0xff, 0xfe, 0x00)),
};

const load: LoadFile = (path, asked) =>
  texts[path] ?? { ruleId: 'build/missing-resource', at: asked, message: `evalsymlink failure on '${path}'` };

const generated = (kind: 'ConfigMap' | 'Secret', text: string, generatorOptions = '{}') =>
  generate({ kind, entry: kustomization(text), generatorOptions: kustomization(generatorOptions), load });

const made = (kind: 'ConfigMap' | 'Secret', text: string, generatorOptions = '{}'): Resource => {
  const { resource: result, problems } = generated(kind, text, generatorOptions);
  if (!result || problems.length > 0) throw new Error(problems[0]?.message);
  return result;
};

describe('generate', () => {
  it('reads env files, then literals, then files', () => {
    const text = '{name: app, files: [config/app.conf, icon=logo], envs: [app.env], literals: [C=3, "D=\'x=y\'", E=]}';
    expect(values([made('ConfigMap', text)])).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'app' },
        data: { A: '1', 'B ': ' two "words" ', nothing: '', C: '3', D: 'x=y', E: '', 'app.conf': 'listen 80\n' },
        binaryData: { icon: '//4A' },
      },
    ]);
  });

  it('encodes what a Secret holds', () => {
    expect(values([made('Secret', '{name: app, type: example.com/x, literals: [a=1]}')])).toEqual([
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'app' }, type: 'example.com/x', data: { a: 'MQ==' } },
    ]);
  });

  it('fills options from generatorOptions, whose true cannot be undone', () => {
    const options = '{labels: {a: "1", b: "1"}, annotations: {c: "1"}, immutable: true, disableNameSuffixHash: true}';
    const result = made('ConfigMap', '{name: app, namespace: shop, options: {labels: {a: "2"}, immutable: false}}', options);
    expect(values([result])).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'app', namespace: 'shop', labels: { a: '2', b: '1' }, annotations: { c: '1' } },
        immutable: true,
      },
    ]);
    expect(result.needsHash).toBe(false);
  });

  it('says where each value was written', () => {
    const { root } = made('ConfigMap', '{name: app, envs: [app.env], literals: [C=3], files: [config/app.conf]}');
    const by = (start: number, end: number) => ({
      via: [{ type: 'generator', at: { path: 'kustomization.yaml', start, end }, field: 'configMapGenerator' }],
    });
    expect(child(root, 'data', 'A')).toMatchObject({ span: { path: 'app.env', start: 0, end: 3 }, ...by(19, 26) });
    expect(child(root, 'data', 'nothing')).toMatchObject({ span: { path: 'app.env', start: 36, end: 43 } });
    expect(child(root, 'data', 'C')).toMatchObject({ span: { path: 'kustomization.yaml', start: 40, end: 43 }, ...by(40, 43) });
    expect(child(root, 'data', 'app.conf')).toMatchObject({ span: { path: 'config/app.conf', start: 0, end: 10 }, ...by(54, 69) });
    expect(child(root, 'metadata', 'name')).toMatchObject({ span: { path: 'kustomization.yaml', start: 7, end: 10 } });
  });

  it.each([
    ['{literals: [a=1]}', 'a configmap must have a name'],
    ['{name: app, literals: [a]}', 'invalid literal source a, expected key=value'],
    ['{name: app, literals: ["=a"]}', 'invalid literal source =a, expected key=value'],
    ['{name: app, literals: [a=1, a=2]}', 'configmap app illegally repeats the key `a`'],
    ['{name: app, files: [a=b=c]}', `source "a=b=c" key name or file path contains '='`],
    ['{name: app, files: ["=b"]}', 'missing key name for file path "b"'],
    ['{name: app, files: ["b="]}', 'missing file path for key name "b"'],
    ['{name: app, envs: [logo]}', 'logo has invalid utf8 bytes'],
    ['{name: app, files: [missing]}', "evalsymlink failure on 'missing'"],
  ])('rejects %s', (text, message) => {
    expect(generated('ConfigMap', text).problems).toMatchObject([{ message: expect.stringContaining(message) }]);
  });
});

describe('addHashSuffixes', () => {
  it.each([
    ['ConfigMap', '{name: app}', 'app-6ct58987ht'],
    ['ConfigMap', '{name: app, namespace: shop, options: {labels: {a: b}, immutable: true}}', 'app-6ct58987ht'],
    ['ConfigMap', '{name: app, literals: [b=2, a=1]}', 'app-7gdc49gk6d'],
    ['ConfigMap', '{name: app, literals: ["page=<a href=\'x\'>&amp;</a>"]}', 'app-4gtc42b852'],
    ['ConfigMap', '{name: app, literals: [a=1], files: [bin=logo]}', 'app-5gf8k65b5g'],
    ['ConfigMap', '{name: app, literals: [a=zürich ☃ 😀, "t=tab\\there"]}', 'app-cmm266d8kk'],
    ['Secret', '{name: app}', 'app-46f8b28mk5'],
    ['Secret', '{name: app, type: kubernetes.io/tls, literals: [a=1]}', 'app-hm5f724df9'],
    ['Secret', '{name: app, literals: [a=0123456789012345678901234567890123456789012345678901]}', 'app-25t7tg8t5h'],
    ['Secret', '{name: app, literals: [a=012345678901234567890123456789012345678901234567890123]}', 'app-5f4k8c24h7'],
  ] as const)('names %s %s %s', (kind, text, name) => {
    const before = made(kind, text);
    const [hashed] = addHashSuffixes([before]);
    expect(hashed && currentId(hashed).name).toBe(name);
    expect(hashed?.previous).toEqual([currentId(before)]);
  });

  it('leaves other objects alone', () => {
    const all = resources('{apiVersion: v1, kind: ConfigMap, metadata: {name: app}}');
    expect(addHashSuffixes(all)).toBe(all);
  });
});

describe('absorb', () => {
  const [base] = resources(`
apiVersion: v1
kind: ConfigMap
metadata: {name: p-app, namespace: shop, labels: {a: 1, b: "1"}, annotations: {c: d}, finalizers: [x]}
data: {a: 1, b: "1"}
binaryData: {z: AAAA}
immutable: true
`);
  if (!base) throw new Error('the test needs an object');
  const before: Resource = { ...base, previous: [{ ...currentId(base), name: 'app', namespace: '' }], prefixes: ['p-'], needsHash: true };

  const absorbed = (text: string, all: readonly Resource[] = [before]) => absorb(all, made('ConfigMap', text), kustomization(text));

  it('merges data and metadata, and keeps the name the object has got', () => {
    const { resources: result, problems } = absorbed('{name: app, behavior: merge, literals: [b=2, c=3], options: {labels: {b: "2"}}}');
    expect(problems).toEqual([]);
    expect(values(result)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'p-app', namespace: 'shop', labels: { a: '1', b: '2' }, annotations: { c: 'd' } },
        data: { a: '1', b: '2', c: '3' },
        binaryData: { z: 'AAAA' },
      },
    ]);
    expect(result).toMatchObject([{ previous: before.previous, prefixes: ['p-'], needsHash: true }]);
  });

  it('replaces data, and merges metadata', () => {
    const { resources: result } = absorbed('{name: app, behavior: replace, literals: [c=3]}');
    expect(values(result)).toMatchObject([{ metadata: { labels: { a: '1', b: '1' } }, data: { c: '3' } }]);
    expect(child(result[0]?.root, 'binaryData')).toBeUndefined();
  });

  it('gives a hash only to what had one to come, and was not told otherwise', () => {
    const plain = { ...before, needsHash: false };
    expect(absorbed('{name: app, behavior: merge}', [plain]).resources[0]?.needsHash).toBe(false);
    expect(absorbed('{name: app, behavior: merge, options: {disableNameSuffixHash: true}}').resources[0]?.needsHash).toBe(false);
  });

  it('adds what is new behind the others', () => {
    expect(absorbed('{name: other}').resources.map((each) => currentId(each).name)).toEqual(['p-app', 'other']);
    expect(absorbed('{name: app, namespace: elsewhere}').resources).toHaveLength(2);
  });

  const twin = resource(base.root);
  it.each([
    ['{name: app}', [before], "exists; can not use behavior: 'unspecified', behavior must be merge or replace"],
    ['{name: app, behavior: create}', [before], "behavior: 'create', behavior must be merge or replace"],
    ['{name: other, behavior: merge}', [before], 'does not exist; cannot merge or replace'],
    ['{name: p-app, namespace: shop, behavior: merge}', [before, twin], 'found multiple objects'],
  ])('rejects %s', (text, all, message) => {
    const result = absorbed(text, all);
    expect(result.resources).toBe(all);
    expect(result.problems).toMatchObject([{ ruleId: 'build/failed-transformation', message: expect.stringContaining(message) }]);
  });
});
