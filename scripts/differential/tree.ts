/** Random directories for kustomize: an overlay, often a base and a component, and what their fields can hold. */
import { labelKeys, names, namespaces, object, pairs, type RandomObject, scalar, words } from './objects.ts';
import type { Random } from './random.ts';
import { type Content, raw, yamlOf } from './text.ts';

/** Texts by path; `root` is the directory to build. */
export type Tree = Readonly<Record<string, string>>;

export const randomTree = (random: Random): Tree => randomDirectory(random).files;

/** `known` are the objects that patches may mean. */
export const randomDirectory = (random: Random): { readonly files: Tree; readonly known: readonly RandomObject[] } => {
  const files: Record<string, string> = {};
  const hasBase = random.chance(0.5);
  const hasComponent = random.chance(0.3);
  const known = hasBase ? directory({ files, path: 'base', random, inherited: [] }) : [];
  if (hasComponent) directory({ files, path: 'part', random, inherited: known, isComponent: true });
  const uses = { ...(hasBase && { base: '../base' }), ...(hasComponent && { component: '../part' }) };
  return { known: directory({ files, path: 'root', random, inherited: known, ...uses }), files };
};

interface Making {
  readonly files: Record<string, string>;
  readonly path: string;
  readonly random: Random;
  /** Objects of directories below, which patches and replacements may mean. */
  readonly inherited: readonly RandomObject[];
  readonly base?: string;
  readonly component?: string;
  readonly isComponent?: boolean;
}

/** @returns the objects that it holds */
const directory = (making: Making): readonly RandomObject[] => {
  const { files, path, random, inherited } = making;
  const own = distinct(
    Array.from({ length: 1 + random.below(3) }, () => object(random)),
    inherited,
  );
  const write = (name: string, text: string): string => {
    files[`${path}/${name}`] = text;
    return name;
  };
  write('objects.yaml', own.map((each) => yamlOf(each, random)).join('---\n'));
  const known = [...inherited, ...own];
  const patch = (text: string, index: number) => (random.chance(0.6) ? { patch: text } : { path: write(`patch-${index}.yaml`, text) });
  const kustomization: Content = {
    ...(making.isComponent === true && { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' }),
    resources: ['objects.yaml', ...(making.base === undefined ? [] : [making.base])],
    ...(making.component !== undefined && { components: [making.component] }),
    ...optional(random, 0.25, { namespace: random.one(namespaces) }),
    ...optional(random, 0.2, { namePrefix: random.one(['x-', '1']) }),
    ...optional(random, 0.2, { nameSuffix: '-y' }),
    ...optional(random, 0.2, { labels: [labelEntry(random)] }),
    ...optional(random, 0.15, { commonLabels: pairs(random, labelKeys) }),
    ...optional(random, 0.15, { commonAnnotations: pairs(random, ['owner', 'note']) }),
    ...optional(random, 0.2, { images: [imageEntry(random)] }),
    ...optional(random, 0.2, { replicas: replicas(known) }),
    ...optional(random, 0.3, { patches: patches(known, random, patch) }),
    ...optional(random, 0.25, { replacements: [replacement(known, random)] }),
    ...optional(random, 0.25, { [random.one(['configMapGenerator', 'secretGenerator'])]: [generator(known, random)] }),
    ...optional(random, 0.1, { transformers: [write('transformer.yaml', yamlOf(transformer(random), random))] }),
    ...optional(random, 0.1, { buildMetadata: random.some(['originAnnotations', 'transformerAnnotations'], 0.7) }),
  };
  write('kustomization.yaml', yamlOf(kustomization, random));
  return known;
};

export const optional = (random: Random, probability: number, fields: { readonly [key: string]: Content }) =>
  random.chance(probability) ? fields : {};

/** kustomize refuses two of one name, and a tree that is refused tells little. */
const distinct = (objects: readonly RandomObject[], inherited: readonly RandomObject[]): readonly RandomObject[] => {
  const idOf = ({ kind, metadata }: RandomObject) => `${kind} ${metadata.name}`;
  const taken = new Set(inherited.map(idOf));
  const byId = new Map(objects.map((each) => [idOf(each), each] as const));
  const own = [...byId.values()].filter((each) => !taken.has(idOf(each)));
  return own.length > 0 ? own : [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `n${inherited.length}` } }];
};

/** The ways to the scalars in an object, as replacements write them. */
const pathsIn = (content: Content, before: readonly string[] = []): readonly string[] => {
  if (typeof content !== 'object' || content === null || 'raw' in content) return before.length === 0 ? [] : [before.join('.')];
  const entries = Array.isArray(content) ? [...content.entries()] : Object.entries(content);
  return entries.flatMap(([key, item]: readonly [string | number, Content]) =>
    pathsIn(item, [...before, String(key).replaceAll('.', '\\.')]),
  );
};

const pathIn = (of: RandomObject, random: Random): string => {
  const [first = 'metadata.name', ...others] = pathsIn(of).filter((path) => path !== 'apiVersion' && path !== 'kind');
  return random.one([first, ...others]);
};

/** But for the name: what is called null, a number or nothing is in the table of docs/kustomize.md. */
const writableIn = (of: RandomObject, random: Random): string => {
  const [first = 'metadata.labels.app', ...others] = pathsIn(of).filter(
    (path) => path !== 'apiVersion' && path !== 'kind' && path !== 'metadata.name',
  );
  return random.one([first, ...others]);
};

const labelEntry = (random: Random): Content => ({
  pairs: pairs(random, labelKeys),
  ...random.one<Content & object>([
    {},
    { includeSelectors: true },
    { includeTemplates: true },
    { fields: [{ path: 'spec/extra', create: true }] },
  ]),
});

const imageEntry = (random: Random): Content => ({ ...imageName(random), ...random.one([...imageChanges, { tagSuffix: '-rc' }]) });

/** As an object of Flux may have it. */
export const fluxImage = (random: Random): Content => ({ ...imageName(random), ...random.one(imageChanges) });

const imageName = (random: Random) => ({ name: random.one(['nginx', 'redis', 'registry.example.com/shop/api']) });

const imageChanges: readonly [Content & object, ...(Content & object)[]] = [
  { newTag: '2.0' },
  { newName: 'registry.example.com/nginx' },
  { digest: `sha256:${'b'.repeat(64)}` },
];

const replicas = (known: readonly RandomObject[]): Content =>
  known.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet').map(({ metadata }) => ({ name: metadata.name, count: 3 }));

const generator = (known: readonly RandomObject[], random: Random): Content => ({
  ...random.one<Content & object>([
    { name: `made-${random.one(names)}` },
    ...known
      .filter(({ kind }) => kind === 'ConfigMap' || kind === 'Secret')
      .map(({ metadata }) => ({ ...within(metadata), behavior: random.one(['merge', 'replace']) })),
  ]),
  literals: random.some(['mode=x', 'key=a=b', `key2="q"`, 'mark=<&>'], 0.6),
  ...optional(random, 0.3, { options: { disableNameSuffixHash: true } }),
});

const within = ({ name, namespace }: RandomObject['metadata']): { readonly [key: string]: Content; readonly name: string } => ({
  name,
  ...(namespace !== undefined && { namespace }),
});

const pick = (known: readonly RandomObject[], random: Random): RandomObject => {
  const [first, ...others] = known;
  return first ? random.one([first, ...others]) : object(random);
};

/** @param place says where the text of one stands */
export const patches = (
  known: readonly RandomObject[],
  random: Random,
  place: (text: string, index: number) => Content & object,
): Content =>
  Array.from({ length: 1 + random.below(2) }, (_, index): Content => {
    const target = pick(known, random);
    const isJson = random.chance(0.4);
    const text = yamlOf(isJson ? operations(target, random) : merge(target, random), random);
    const selects = isJson || random.chance(0.3);
    return { ...place(text, index), ...(selects && { target: selector(target, random) }) };
  });

const selector = ({ kind, metadata }: RandomObject, random: Random): Content =>
  random.one<Content>([{ kind }, { kind, name: metadata.name }, { name: metadata.name }, { kind: `${kind.slice(0, 3)}.*` }]);

const merge = ({ apiVersion, kind, metadata }: RandomObject, random: Random): Content => ({
  apiVersion,
  kind,
  metadata: {
    name: metadata.name,
    ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    ...optional(random, 0.4, { labels: { app: random.one<Content>(['patched', null]), team: 'one' } }),
    ...optional(random, 0.3, { annotations: { note: random.one<Content>(['patched', null]) } }),
  },
  ...optional(random, 0.5, {
    spec: random.one<Content>([
      {
        template: {
          spec: {
            containers: [
              { name: 'main', image: 'patched:1' },
              { name: 'extra', image: 'x' },
            ],
          },
        },
      },
      { template: { spec: { containers: [{ name: 'proxy', $patch: 'delete' }], tolerations: [{ key: 'z' }] } } },
      { ports: [{ port: 443, name: 'https' }] },
      { nested: { $patch: random.one(['replace', 'merge', 'delete']), more: 1 }, size: scalar(random) },
      { replicas: null, list: [{ name: 'c' }] },
    ]),
  }),
  ...optional(random, 0.3, { data: { mode: scalar(random), added: 'x' } }),
});

const operations = (target: RandomObject, random: Random): Content =>
  Array.from({ length: 1 + random.below(2) }, () => {
    const path = `/${writableIn(target, random)
      .replaceAll('\\.', '.')
      .replaceAll('/', '~1')
      .replaceAll(/(?<!app)\./g, '/')}`;
    return random.one<Content>([
      { op: 'add', path: '/metadata/labels', value: { app: 'json' } },
      { op: 'replace', path: '/metadata/name', value: 'renamed' },
      { op: 'add', path: '/metadata/annotations/note', value: 'json' },
      { op: 'replace', path, value: scalar(random) },
      { op: 'remove', path },
      { op: 'add', path: '/spec', value: { value: scalar(random) } },
      { op: 'copy', from: '/metadata/name', path: '/metadata/generateName' },
    ]);
  });

const replacement = (known: readonly RandomObject[], random: Random): Content => {
  const [from, to] = [pick(known, random), pick(known, random)];
  const source = random.chance(0.3)
    ? { sourceValue: random.one(words) }
    : {
        source: {
          kind: from.kind,
          name: from.metadata.name,
          fieldPath: pathIn(from, random),
          ...optional(random, 0.2, { options: { delimiter: random.one(['/', ':', '-']), index: random.below(2) } }),
        },
      };
  const create = { options: { create: true, ...optional(random, 0.3, { delimiter: '-', index: random.below(3) }) } };
  return {
    ...source,
    targets: [
      random.chance(0.5)
        ? { select: { kind: to.kind, name: to.metadata.name }, fieldPaths: [writableIn(to, random)] }
        : {
            select: random.one<Content>([{ kind: to.kind }, { name: '.*' }]),
            fieldPaths: [random.one(['metadata.labels.app', 'metadata.annotations.note', 'spec.made.here', 'data.app\\.yaml.port'])],
            ...create,
          },
    ],
  };
};

const transformer = (random: Random): Content =>
  random.one<Content>([
    {
      apiVersion: 'builtin',
      kind: 'LabelTransformer',
      metadata: { name: 'labels' },
      labels: { app: raw(random.one(['y', 'on', '1.50', 'x'])) },
      fieldSpecs: [{ path: 'metadata/labels', create: true }],
    },
    {
      apiVersion: 'builtin',
      kind: 'ValueAddTransformer',
      metadata: { name: 'value' },
      ...random.one<Content & object>([
        { value: 'eu-1', targets: [{ fieldPath: random.one(['metadata/namespace', 'metadata/name']), filePathPosition: random.below(3) }] },
        { value: random.one(['7', 'eu-1']), targets: [{ fieldPath: 'spec/region', filePathPosition: random.below(3) }] },
      ]),
    },
    { apiVersion: 'builtin', kind: 'PrefixTransformer', metadata: { name: 'p' }, prefix: 'z-', fieldSpecs: [{ path: 'metadata/name' }] },
  ]);
