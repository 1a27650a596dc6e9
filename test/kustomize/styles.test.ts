/**
 * What becomes of values by the way they are written: quotes, folding, braces and tags live on in kustomize's memory, and
 * later patches and replacements find them. Each case came up in random comparisons (`npm run compare:random`), and what is
 * expected is what kustomize 5.8.1 makes of it.
 */
import { describe, expect, test } from 'vitest';
import { memoryFiles } from '../../src/files/memory.ts';
import { createBuild } from '../../src/kustomize/create-build.ts';
import { createFileParser } from '../../src/yaml/file-parser.ts';
import { toValue, type Value } from '../../src/yaml/node.ts';

const build = (kustomization: string, manifests: string): readonly Value[] | string => {
  const { objects, problems } = createBuild(createFileParser())({
    files: memoryFiles({ 'kustomization.yaml': `resources: [manifests.yaml]\n${kustomization}`, 'manifests.yaml': manifests }),
    directory: '',
    loadRestrictor: 'LoadRestrictionsNone',
    withoutKustomization: 'fail',
  });
  return problems[0]?.message ?? objects.map(({ root }) => toValue(root));
};

const object = (rest: string) => `apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: web\n${rest}`;

/** What stands behind apiVersion, kind and name. */
const built = (kustomization: string, rest: string) => {
  const objects = build(kustomization, object(rest));
  if (typeof objects === 'string') return objects;
  const [only] = objects;
  if (typeof only !== 'object' || only === null || !('metadata' in only)) throw new Error('no object');
  const { apiVersion: _, kind: __, metadata, ...others } = only;
  const { name: ___, ...named } = typeof metadata === 'object' && metadata !== null && 'name' in metadata ? metadata : { name: '' };
  return { ...(Object.keys(named).length > 0 && { metadata: named }), ...others };
};

const merged = (...patches: readonly string[]) =>
  `patches:\n${patches.map((patch) => `  - patch: |\n${object(patch).replace(/^/gm, '      ').trimEnd()}\n`).join('')}`;

const operation = (value: string) => `patches:\n  - target: { kind: Widget }\n    patch: |\n${value.replace(/^/gm, '      ')}\n`;

const replaced = (value: string, field: string) =>
  `replacements:\n  - sourceValue: ${value}\n    targets: [{ select: { kind: Widget }, fieldPaths: ["${field}"], options: { create: true } }]\n`;

/** A base, and another directory on top of it. */
const layered = (base: string, top: string): readonly Value[] =>
  createBuild(createFileParser())({
    files: memoryFiles({
      'base/kustomization.yaml': `resources: [web.yaml]\n${base}`,
      'base/web.yaml': object(''),
      'top/kustomization.yaml': `resources: [../base]\n${top}`,
    }),
    directory: 'top',
    loadRestrictor: 'LoadRestrictionsNone',
    withoutKustomization: 'fail',
  }).objects.map(({ root }) => toValue(root));

describe('what a merge writes back', () => {
  test('a text that YAML 1.1 takes for a boolean gets quotes, and a number written over it is a text', () => {
    expect(built(merged('data:\n  mode: off\n', 'data:\n  mode: 1\n'), '')).toEqual({ data: { mode: '1' } });
  });

  test('what a replacement has made becomes a text by any patch that comes later', () => {
    const texts = (patches: string) => layered(replaced('"80"', 'spec.made'), patches);
    expect(texts('')).toMatchObject([{ spec: { made: 80 } }]);
    expect(texts(merged('other: 1\n'))).toMatchObject([{ spec: { made: '80' } }]);
  });

  test('a text takes the quotes of the one before it, and gives them on', () => {
    expect(built(merged('data:\n  mode: plain\n', 'data:\n  mode: 5\n'), 'data:\n  mode: "quoted"\n')).toEqual({ data: { mode: '5' } });
    expect(built(merged('data:\n  mode: "quoted"\n', 'data:\n  mode: 5\n'), 'data:\n  mode: plain\n')).toEqual({ data: { mode: 5 } });
  });

  test('a label that is written back is one with the others still', () => {
    const labels = 'labels:\n  - pairs: { app: "on" }\n    fields: [{ path: spec/extra, create: true }]\n';
    expect(layered(labels, merged('  labels:\n    app: patched\n'))).toMatchObject([
      { metadata: { labels: { app: 'patched' } }, spec: { extra: { app: 'patched' } } },
    ]);
  });

  test('a number in the quotes of a text is a number to a replacement', () => {
    const over = (value: string) => built(`${merged('size: 8080\n')}${replaced(value, 'size')}`, 'size: "80"\n');
    expect(over('"9090"')).toEqual({ size: '9090' });
    expect(over('web')).toContain('cannot decode !!str `web` as a !!int');
  });

  test('a tag is no quote', () => {
    expect(built(merged('data:\n  mode: 5\n'), 'data:\n  mode: !!str 1\n')).toEqual({ data: { mode: 5 } });
  });

  test.for(['""', '~'])('a namespace that is %s goes', (namespace) => {
    const first = `  - target: { kind: Widget }\n    patch: |\n      - { op: add, path: /metadata/namespace, value: ${namespace} }\n`;
    expect(built(`patches:\n${first}`, '')).toEqual({ metadata: { namespace: namespace === '~' ? null : '' } });
    expect(built(merged('a: 1\n').replace('patches:\n', `patches:\n${first}`), '')).toEqual({ a: 1 });
  });
});

describe('folding and braces', () => {
  test('a value of a JSON patch is folded nowhere', () => {
    expect(built(operation('- op: add\n  path: /data\n  value: >\n    one\n      two\n    three'), '')).toEqual({
      data: 'one\n  two\nthree',
    });
  });

  test('within braces nothing is folded', () => {
    const added = merged('data:\n  added: >\n    one\n      two\n    three\n');
    expect(built(added, 'data: { mode: x }\n')).toEqual({ data: { mode: 'x', added: 'one\n  two\nthree' } });
    expect(built(added, 'data:\n  mode: x\n')).toEqual({ data: { mode: 'x', added: 'one\n\n  two\nthree' } });
  });

  test('within braces a key without a value has an empty text', () => {
    expect(built('', 'a: { b, c: }\nd: { e: ~ }\nf:\n')).toEqual({ a: { b: '', c: '' }, d: { e: null }, f: null });
  });

  test('a JSON patch takes braces away, but for those around nothing', () => {
    const taken = operation('- op: remove\n  path: /data/gone');
    const made = replaced('""', 'data.made');
    expect(built(made, 'data: { gone: 1 }\n')).toEqual({ data: { gone: 1, made: '' } });
    expect(built(`${taken}${made}`, 'data: { gone: 1, stays: 2 }\n')).toEqual({ data: { stays: 2, made: null } });
    expect(built(`${taken}${made}`, 'data:\n  gone: 1\n')).toEqual({ data: { made: '' } });
  });
});

test('the name of a Namespace keeps its quotes when it is set', () => {
  const transformer = JSON.stringify({
    apiVersion: 'builtin',
    kind: 'ValueAddTransformer',
    metadata: { name: 'value' },
    value: '7',
    targets: [{ fieldPath: 'metadata/name' }],
  });
  const named = (name: string) =>
    build(`namespace: shop\ntransformers:\n  - |\n    ${transformer}\n`, `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`);
  expect(named('"db"')).toMatchObject([{ metadata: { name: '7' } }]);
  expect(named('db')).toMatchObject([{ metadata: { name: 7 } }]);
});

test('a namespace that is set again is a text, also after a patch has written it back', () => {
  const set = `namespace: shop\n${merged('data: 80\n').replace('name: web', 'name: web\n        namespace: shop')}replacements:
  - source: { kind: Widget, fieldPath: data }
    targets: [{ select: { kind: Widget }, fieldPaths: [metadata.namespace] }]\n`;
  expect(built(set, '  namespace: shop\n')).toEqual({ metadata: { namespace: '80' }, data: 80 });
});

test('data that is no text is an empty one when a generator merges into it', () => {
  const generator = 'configMapGenerator: [{ name: web, behavior: merge, literals: [a=b], options: { disableNameSuffixHash: true } }]\n';
  const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  text: { port: 1 }\n  list: [x]\n';
  expect(build(generator, manifest)).toMatchObject([{ data: { text: '', list: '', a: 'b' } }]);
});

test('buildMetadata writes all annotations anew: none is one with those of the template any more', () => {
  const noted = (metadata: string) =>
    build(
      `commonAnnotations: { note: x }\nreplacements:\n  - sourceValue: z\n    targets: [{ select: { kind: Deployment }, fieldPaths: [metadata.annotations.note] }]\n${metadata}`,
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n',
    );
  const template = (note: string) => [
    { metadata: { annotations: { note: 'z' } }, spec: { template: { metadata: { annotations: { note } } } } },
  ];
  expect(noted('')).toMatchObject(template('z'));
  expect(noted('buildMetadata: [transformerAnnotations]\n')).toMatchObject(template('x'));
});

describe('a replacement within a YAML text', () => {
  const within = (text: string, value: string) =>
    built(replaced(JSON.stringify(value), 'data.text.port'), `data:\n  text: ${JSON.stringify(text)}\n`);

  test.for([
    ['port: 8080\nhost: web\n', 'x: y', "port: !!int 'x: y'\nhost: web"],
    ['port: 8080\nhost: web\n', '', 'port: !!int\nhost: web'],
    ['port: 8080\n', 'true', 'port: !!int true'],
    ['port: 1.5\n', '2', 'port: !!float 2'],
    ['host: web\n', 'trailing ', "host: web\nport: 'trailing '"],
    ['host: web\n', 'two\nlines', 'host: web\nport: |-\n  two\n  lines'],
    ['host: web\n', 'tab\tx', 'host: web\nport: "tab\\tx"'],
    ['port: x\n', 'true', 'port: "true"'],
    ["port: 'x'\n", 'true', "port: 'true'"],
    ["port: 'x'\n", 'tab\tx', 'port: "tab\\tx"'],
    ['port: |\n  x\n', 'trailing ', 'port: "trailing "'],
    ['port: >\n  x\n', 'tab\tx', 'port: >-\n  tab\tx'],
    ['port: !!int web\n', 'null', 'port: !!int null'],
  ] as const)('%s with %s', ([text, value, expected]) => expect(within(text, value)).toEqual({ data: { text: expected } }));

  test('what is made below a null is lost', () => {
    expect(built(replaced('x', 'data.text.port'), 'data:\n  text: null\n  other: y\n')).toEqual({ data: { text: null, other: 'y' } });
  });

  test('a folded text stays folded', () => {
    expect(built(replaced('"a\\nb\\n"', 'data.text.port'), 'data:\n  text: >\n    host: web\n')).toEqual({
      data: { text: 'host: web\nport: |\n\n  a\n  b' },
    });
  });
});

describe('schemas in comments', () => {
  const containers = 'containers:\n  - name: a\n    image: x\n  - name: b\n';
  const ofContainers =
    '# {"type":"array","items":{"$ref":"#/definitions/io.k8s.api.core.v1.Container"},"x-kubernetes-patch-merge-key":"name","x-kubernetes-patch-strategy":"merge"}';

  test('a list of a custom resource is merged by the key that the object or the patch names', () => {
    const both = { containers: [{ name: 'a', image: 'x', tty: true }, { name: 'b' }] };
    const patch = 'containers:\n  - name: a\n    tty: true\n';
    expect(built(merged(patch), containers)).toEqual({ containers: [{ name: 'a', tty: true }] });
    expect(built(merged(patch), containers.replace(':', `: ${ofContainers}`))).toEqual(both);
    expect(built(merged(patch.replace(':', `: ${ofContainers}`)), containers)).toEqual(both);
  });

  test('and its elements by their own', () => {
    const ports = (port: string) => `containers:\n  - name: a\n    ports: [{ containerPort: ${port} }]\n`;
    expect(built(merged(ports('2')), ports('1').replace(':', `: ${ofContainers}`))).toEqual({
      containers: [{ name: 'a', ports: [{ containerPort: 2 }, { containerPort: 1 }] }],
    });
  });

  test('scalars are joined; what is no schema of a list lets it be replaced', () => {
    const patch = (comment: string) => merged(`items: ${comment}\n  - a\n  - b\n`);
    expect(built(patch('# {"type":"array", "x-kubernetes-patch-strategy": "merge"}'), 'items: [b, c]\n')).toEqual({
      items: ['a', 'b', 'c'],
    });
    expect(built(patch('# {"type":"array"}'), 'items: [b, c]\n')).toEqual({ items: ['a', 'b'] });
    expect(built(patch('# {"type":"array" is no JSON'), 'items: [b, c]\n')).toEqual({ items: ['a', 'b'] });
  });
});

describe("kustomize's own annotations", () => {
  const own = (annotations: Readonly<Record<string, string>>, kustomization = '') =>
    built(kustomization, `  annotations: ${JSON.stringify(annotations)}\n`);
  const history = {
    'internal.config.kubernetes.io/previousNames': 'old',
    'internal.config.kubernetes.io/previousKinds': 'Widget',
    'internal.config.kubernetes.io/previousNamespaces': 'default',
  };

  test('go in the end, whoever wrote them', () => {
    for (const key of [
      'internal.config.kubernetes.io/refBy',
      'config.kubernetes.io/path',
      'config.k8s.io/id',
      'config.kubernetes.io/origin',
    ]) {
      expect(own({ [key]: 'x' })).toEqual({});
    }
    expect(own({ ...history, stays: 'x' })).toEqual({ metadata: { annotations: { stays: 'x' } } });
    expect(own({ 'config.kubernetes.io/origin': 'x' }, 'buildMetadata: [transformerAnnotations]\n')).toEqual({});
  });

  test('are history: an object has the names that they say', () => {
    expect(own(history, merged('data: 1\n').replace('name: web', 'name: old'))).toEqual({ data: 1 });
  });
});

describe('tags', () => {
  test.for([
    ['!!int 1.5', 'cannot decode !!float `1.5` as a !!int'],
    ['!!int web', 'cannot decode !!str `web` as a !!int'],
    ['!!bool x', 'cannot decode !!str `x` as a !!bool'],
    ['!!float 1', { a: 1 }],
    ['!!int 0x1F', { a: 31 }],
    ['!!timestamp 2024-01-01', { a: '2024-01-01T00:00:00Z' }],
  ] as const)('%s', ([text, expected]) => {
    const result = built('', `a: ${text}\n`);
    if (typeof expected === 'string') expect(result).toContain(expected);
    else expect(result).toEqual(expected);
  });
});
