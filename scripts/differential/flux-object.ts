/** Random Flux Kustomizations over random directories, with and without a kustomization file, and what they substitute. */
import { object, type RandomObject } from './objects.ts';
import type { Random } from './random.ts';
import { type Content, yamlOf } from './text.ts';
import { fluxImage, optional, patches, randomDirectory, type Tree } from './tree.ts';

/**
 * An artifact, in which `cluster.yaml` holds the ConfigMap and the Secret that variables come from, and `kustomization.yaml` the
 * Kustomization.
 */
export const randomFluxObject = (random: Random): Tree => {
  const { files, known } = random.chance(0.6) ? randomDirectory(random) : plainDirectory(random);
  const withVariables = Object.entries(files).map(([path, text]) => [
    path,
    /kustomization\.yaml$/.test(path) ? text : variablesIn(text, random),
  ]);
  return {
    ...Object.fromEntries(withVariables),
    'shared/kustomization.yaml': component(random),
    'shared/object.yaml': yamlOf(
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shared' }, data: { host: '${HOST:=web}' } },
      random,
    ),
    'kustomization.yaml': kustomization(known, random),
    'cluster.yaml': cluster,
  };
};

/** Files wherever they lie: Flux makes a kustomization file for them. */
const plainDirectory = (random: Random): { readonly files: Tree; readonly known: readonly RandomObject[] } => {
  const files: Record<string, string> = {};
  const known = new Map<string, RandomObject>();
  for (const folder of ['', 'a/', 'a/b/', '.hidden/', 'z/'].filter((name) => name === '' || random.chance(0.3))) {
    for (let index = 0; index <= random.below(3); index++) {
      const made = object(random);
      const id = `${made.kind} ${made.metadata.name}`;
      if (known.has(id)) continue;
      known.set(id, made);
      files[`root/${folder}${index}.${random.one(['yaml', 'yaml', 'yml', 'json', 'YAML'])}`] = yamlOf(made, random);
    }
  }
  if (random.chance(0.2)) {
    files['root/listed/kustomization.yaml'] = 'resources: [only.yaml]\nnamePrefix: listed-\n';
    files['root/listed/only.yaml'] = yamlOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '${NAME}' } }, random);
    files['root/listed/other.yaml'] = 'no: object\n';
  }
  if (random.chance(0.1)) files['root/more.yaml'] = random.one(['', '# nothing\n', '---\n---\n', 'foo: bar\n', '- x\n', 'a: [\n', list]);
  return { files, known: [...known.values()] };
};

const list = 'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: { name: listed }\n';

/** Where a field has a plain value, a variable, now and then. */
const variablesIn = (text: string, random: Random): string =>
  text.replace(/^( +(?:- )?(?!name|namespace|kind|apiVersion)[\w./-]+: )(web|a|b|one|text|nginx:1\.25)$/gm, (line, key: string) =>
    random.chance(0.4) ? `${key}${random.one(expressions)}` : line,
  );

const expressions = [
  '${NAME}',
  '${TAG}',
  '${HOST:=web}',
  '${HOST:-a}',
  'pre-${NAME}-post',
  '$${NAME}',
  '${MISSING:=}',
  '${SECRET}',
  '"${PORT}"',
  '${PORT}',
] as const;

const component = (random: Random): string =>
  `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${random.one([
    'labels: [{ pairs: { shared: "1" } }]\n',
    'resources: [object.yaml]\n',
    'patches:\n  - target: { kind: Deployment }\n    patch: |\n      - { op: add, path: /spec/paused, value: true }\n',
    'namespace: shop\n',
  ])}`;

const kustomization = (known: readonly RandomObject[], random: Random): string => {
  const spec: Content = {
    interval: '10m',
    path: random.one(['./root', 'root', './root/', '/root']),
    prune: true,
    sourceRef: { kind: 'GitRepository', name: 'flux-system' },
    ...optional(random, 0.4, { targetNamespace: random.one(['shop', 'default', 'tenant']) }),
    ...optional(random, 0.2, { namePrefix: 'flux-' }),
    ...optional(random, 0.2, { nameSuffix: '-flux' }),
    ...optional(random, 0.4, { patches: patches(known, random, (text) => ({ patch: text })) }),
    ...optional(random, 0.3, { images: [fluxImage(random)] }),
    ...optional(random, 0.25, {
      components: random.one<readonly string[]>([['../shared'], ['../shared', '../missing'], ['../missing']]),
      ignoreMissingComponents: random.chance(0.9),
    }),
    ...optional(random, 0.2, { buildMetadata: random.some(['originAnnotations', 'managedByLabel', 'transformerAnnotations'], 0.6) }),
    ...optional(random, 0.3, {
      commonMetadata: {
        ...optional(random, 0.7, { labels: { app: random.one(['flux', 'true', '1']), 'example.com/tier': 'x' } }),
        ...optional(random, 0.7, { annotations: { note: random.one(['flux', 'a: b', '']) } }),
      },
    }),
    ...optional(random, 0.7, { postBuild: postBuild(random) }),
  };
  const content = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'app', namespace: 'flux-system' },
    spec,
  };
  return yamlOf(content, random);
};

const postBuild = (random: Random): Content => ({
  ...optional(random, 0.8, {
    substitute: Object.fromEntries(
      random.some(['NAME', 'TAG', 'PORT'], 0.8).map((name) => [name, random.one(['x', '1', 'true', 'a: b', 'web'])]),
    ),
  }),
  ...optional(random, 0.6, {
    substituteFrom: random.some<Content>(
      [
        { kind: 'ConfigMap', name: 'settings' },
        { kind: 'Secret', name: 'settings' },
      ],
      0.7,
    ),
  }),
  ...optional(random, 0.2, { substituteStrategy: random.one(['Always', 'WithVariables']) }),
});

const cluster = `apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: flux-system }
data: { NAME: from-map, TAG: "2", PORT: "8080" }
---
apiVersion: v1
kind: Secret
metadata: { name: settings, namespace: flux-system }
data: { SECRET: czNjcmV0, TAG: djI= }
`;
