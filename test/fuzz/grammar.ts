/**
 * Whole repositories made from a grammar: clusters, Kustomizations, overlays, patches, generators, Secrets, objects of every
 * kind that is described, odd words in every place, and circles. Each is told by its seed alone.
 */

import { describedKinds } from '../../src/kube/schema/described-kinds.ts';
import { directiveWords } from '../../src/lint/suppression/suppressions.ts';
import type { Texts } from '../fixture.ts';
import { secretField, valueBySchema, yamlOf } from './by-schema.ts';
import { anyOf, type Chance, chanceOf, planted, times, word } from './chance.ts';
import { configText } from './config-grammar.ts';

const quoted = (text: string): string => JSON.stringify(text);

const metadata = (chance: Chance): string =>
  `metadata: { name: ${quoted(word(chance))}${chance.is(0.6) ? `, namespace: ${quoted(word(chance))}` : ''}${chance.is(0.2) ? `, labels: { ${quoted(word(chance))}: ${quoted(word(chance))} }` : ''} }`;

/** Any kind of Flux or its operator, by what its schema allows. */
const fluxObject = (chance: Chance): string => {
  const described = anyOf(chance, fluxKinds);
  const [version, schema] = anyOf(chance, Object.entries(described?.versions ?? {})) ?? ['v1', {}];
  const spec = valueBySchema(schema, { chance, share: chance.of([0.05, 0.2, 0.5]) });
  return `apiVersion: ${described?.group}/${version}\nkind: ${described?.kind}\n${metadata(chance)}\nspec:\n${yamlOf(spec, chance, '  ')}`;
};

const fluxKinds = describedKinds.filter(({ describes }) => describes === 'spec');
const overlayShape = describedKinds.find(({ kind, describes }) => describes === 'file' && kind === 'Kustomization')?.versions.v1beta1 ?? {};

const kinds: readonly [(chance: Chance) => string, ...((chance: Chance) => string)[]] = [
  (chance) => `apiVersion: v1\nkind: ConfigMap\n${metadata(chance)}\ndata: { ${quoted(word(chance))}: ${quoted(word(chance))} }\n`,
  (chance) => `apiVersion: v1\nkind: Secret\n${metadata(chance)}\n${secretField(chance)}`,
  (chance) =>
    `apiVersion: apps/v1\nkind: Deployment\n${metadata(chance)}\nspec: { replicas: ${chance.below(3)}, selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: ${quoted(word(chance))}, image: ${quoted(word(chance))} }] } } }\n`,
  (chance) => `apiVersion: v1\nkind: Namespace\n${metadata(chance)}\n`,
  (chance) => `apiVersion: v1\nkind: ${quoted(word(chance))}\n${metadata(chance)}\n`,
  (chance) =>
    `apiVersion: ${chance.of(['source.toolkit.fluxcd.io/v1', 'source.toolkit.fluxcd.io/v1beta2'])}\nkind: ${chance.of(['GitRepository', 'OCIRepository', 'HelmRepository', 'Bucket'])}\n${metadata(chance)}\nspec: { interval: ${chance.of(['1m', '5', 'x'])}, url: ${quoted(chance.of(['https://git.example.com/acme/fleet', 'https://robot:Planted-S3cret-Value@git.example.com/a/b', word(chance)]))}, ref: { semver: ${quoted(chance.of(['>=1.0', '1  1  !', word(chance)]))} } }\n`,
  (chance) =>
    `apiVersion: helm.toolkit.fluxcd.io/${chance.of(['v2', 'v2beta1'])}\nkind: HelmRelease\n${metadata(chance)}\nspec: { interval: 5m, chart: { spec: { chart: ${quoted(word(chance))}, sourceRef: { kind: HelmRepository, name: ${quoted(word(chance))} } } }, values: { a: ${quoted(word(chance))} } }\n`,
  (chance) => kustomization(chance, word(chance), `./${chance.of(['apps', 'base', 'prod', 'clusters/prod', '.', '..'])}`),
  (chance) =>
    `apiVersion: source.extensions.fluxcd.io/v1beta1\nkind: ArtifactGenerator\n${metadata(chance)}\nspec: { sources: [{ alias: a, kind: GitRepository, name: flux-system }], pathPattern: ${quoted(chance.of(['@a/{app}', '@a/{a}{b}{c}!', word(chance)]))}, artifacts: [{ name: "x-{app}", copy: [{ from: "@a/**", to: "@artifact/", exclude: [${quoted(word(chance))}] }] }] }\n`,
  (chance) => `- ${quoted(word(chance))}\n`,
  fluxObject,
  fluxObject,
  fluxObject,
  (chance) =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${chance.of(['RoleBinding', 'ClusterRoleBinding'])}\n${metadata(chance)}\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${quoted(chance.of(['cluster-admin', word(chance)]))} }\nsubjects: [{ kind: ServiceAccount, name: ${quoted(word(chance))}, namespace: ${quoted(word(chance))} }]\n`,
  (chance) =>
    `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: widgets.example.com }\nspec: { group: example.com, scope: ${chance.of(['Namespaced', 'Cluster', quoted(word(chance))])}, names: { kind: Widget, plural: widgets }, versions: [{ name: v1, served: ${chance.is(0.8)}, storage: true, schema: { openAPIV3Schema: { type: object, properties: { ${quoted(word(chance))}: { type: string, pattern: ${quoted(chance.of(['^a+$', '(a+)+$', word(chance)]))} } } } } }] }\n`,
  (chance) => `apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: ConfigMap, ${metadata(chance)} }, ${quoted(word(chance))}]\n`,
  (chance) =>
    `apiVersion: example.com/v1\nkind: Widget\n${metadata(chance)}\n${quoted(word(chance))}: ${quoted(word(chance))}\nspec: &a { b: *a }\n`,
];

const kustomization = (chance: Chance, name: string, path: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${quoted(name)}, namespace: flux-system }
spec:
  interval: 10m
  path: ${path}
  prune: ${chance.is(0.8)}
  sourceRef: { kind: ${chance.of(['GitRepository', 'GitRepository', 'OCIRepository', 'ExternalArtifact'])}, name: ${chance.of(['flux-system', 'flux-system', 'web'])} }
${chance.is(0.3) ? `  dependsOn: [{ name: ${quoted(word(chance))} }]\n` : ''}${chance.is(0.3) ? `  targetNamespace: ${quoted(word(chance))}\n` : ''}${chance.is(0.3) ? `  postBuild: { substitute: { v: ${quoted(word(chance))}, ${quoted(word(chance))}: x } }\n` : ''}${chance.is(0.2) ? `  patches: [{ target: { kind: ${quoted(word(chance))} }, patch: ${quoted(`- { op: ${chance.of(['add', 'remove', 'copy', 'test'])}, path: /data/a, from: /data, value: 1 }`)} }]\n` : ''}${chance.is(0.1) ? '  wait: true\n' : ''}`;

/** Any field of a kustomization file, by what its schema allows. */
const anyField = (chance: Chance): string => {
  const [name, shape] = anyOf(chance, Object.entries(overlayShape.properties ?? {})) ?? ['', {}];
  return `${quoted(name)}: ${JSON.stringify(valueBySchema(shape, { chance, share: 0.3 }))}`;
};

const fields: readonly [(chance: Chance) => string, ...((chance: Chance) => string)[]] = [
  (chance) => `namePrefix: ${quoted(word(chance))}`,
  (chance) => `namespace: ${quoted(word(chance))}`,
  (chance) => `commonLabels: { ${quoted(word(chance))}: ${quoted(word(chance))} }`,
  (chance) => `labels: [{ pairs: { ${quoted(word(chance))}: a }, includeSelectors: ${chance.is(0.5)} }]`,
  (chance) => `images: [{ name: ${quoted(word(chance))}, newTag: ${quoted(word(chance))} }]`,
  (chance) => `replicas: [{ name: ${quoted(word(chance))}, count: ${chance.below(9)} }]`,
  (chance) =>
    `configMapGenerator: [{ name: ${quoted(word(chance))}, literals: [${quoted(`a=${word(chance)}`)}], behavior: ${chance.of(['create', 'merge', 'replace'])} }]`,
  (chance) => `secretGenerator: [{ name: ${quoted(word(chance))}, literals: [${quoted(chance.of([`a=${planted}`, planted]))}] }]`,
  (chance) =>
    `patches: [{ target: { kind: ${quoted(chance.of(['ConfigMap', 'Deployment', word(chance)]))}, name: ${quoted(word(chance))} }, patch: ${quoted(`- { op: ${chance.of(['add', 'replace', 'remove', 'move', 'copy', 'test'])}, path: /data/${chance.of(['a', 'b', '-', '0', '~1'])}, from: /data, value: ${chance.below(9)} }`)} }]`,
  (chance) =>
    `patches: [{ patch: ${quoted(`apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${quoted(word(chance))} }\ndata: { a: null }\n`)} }]`,
  (chance) =>
    `replacements: [{ source: { kind: ConfigMap, fieldPath: ${quoted(chance.of(['metadata.name', 'data.a', word(chance)]))} }, targets: [{ select: { kind: ${quoted(word(chance))} }, fieldPaths: [${quoted(chance.of(['metadata.labels.x', 'data.[a=b]', 'spec.*', word(chance)]))}], options: { create: ${chance.is(0.5)}, delimiter: "/", index: ${chance.below(5) - 1} } }] }]`,
  (chance) => `vars: [{ name: V, objref: { kind: ConfigMap, name: ${quoted(word(chance))}, apiVersion: v1 } }]`,
  (chance) => `components: [../${chance.of(['base', 'prod', 'apps'])}]`,
  (chance) => `sortOptions: { order: ${chance.of(['fifo', 'legacy', 'x'])} }`,
  (chance) => `${quoted(word(chance))}: ${quoted(word(chance))}`,
  (chance) =>
    `patches: [{ target: { kind: Secret }, patch: ${quoted(`- { op: ${chance.of(['add', 'replace', 'test'])}, path: /stringData/${chance.of(['a', 'file', 'x'])}, value: ${planted} }`)} }]`,
  (chance) => `helmCharts: [{ name: ${quoted(word(chance))}, repo: ${quoted(word(chance))} }]`,
  anyField,
  anyField,
  anyField,
];

const overlay = (chance: Chance, files: readonly string[]): string => {
  const resources = [...files, ...(chance.is(0.5) ? [`../${chance.of(['base', 'apps', 'prod', '..', '.'])}`] : [])];
  const more = times(chance.below(4), () => chance.of(fields)(chance));
  // A key that stands twice is a fault of its own, and found soon.
  const keys = new Map(more.map((line) => [line.slice(0, line.indexOf(':')), line] as const));
  return `${chance.is(0.1) ? 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n' : ''}resources: [${resources.map(quoted).join(', ')}]\n${[...keys.values()].join('\n')}\n`;
};

const suppression = (chance: Chance): string =>
  `# flux-lint-${chance.of([...directiveWords, 'x'])} ${chance.of(['build/stray-file', 'manifest/unreadable', '*', word(chance)])}${chance.of([' -- odd', '', ' --'])}\n`;

const documents = (chance: Chance, most: number): string => {
  const text = times(1 + chance.below(most), () => `${chance.is(0.05) ? suppression(chance) : ''}${chance.of(kinds)(chance)}`).join(
    '---\n',
  );
  return chance.is(0.05) ? text.replaceAll('\n', '\r\n') : text;
};

interface Size {
  readonly directories: readonly string[];
  readonly files: number;
  readonly documents: number;
}

const small: Size = { directories: ['apps'], files: 2, documents: 1 };
const middle: Size = { directories: ['apps', 'base'], files: 2, documents: 2 };
const large: Size = { directories: ['apps', 'base', 'prod'], files: 3, documents: 3 };

/** Most faults need little; one of thirty is large. */
const sizeOf = (seed: number): Size => (seed % 30 === 0 ? large : seed % 5 === 0 ? middle : small);

/** A repository, with a configuration now and then. */
export const repositoryOf = (seed: number): Texts => {
  const chance = chanceOf(seed);
  const size = sizeOf(seed);
  const texts: Record<string, string> = {
    'clusters/prod/sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { interval: 1m, url: https://git.example.com/acme/fleet, ref: { branch: main } }\n---\n${chance.is(0.5) ? `${kustomization(chance, 'flux-system', './clusters/prod')}---\n` : ''}${kustomization(chance, 'apps', './apps')}`,
  };
  for (const directory of size.directories) {
    const files = times(chance.below(size.files + 1), (index) => `f${index}.yaml`);
    for (const file of files) texts[`${directory}/${file}`] = documents(chance, size.documents);
    if (chance.is(0.8)) texts[`${directory}/kustomization.yaml`] = overlay(chance, files);
  }
  if (chance.is(0.05)) texts['apps/.sourceignore'] = `${word(chance)}\n!${word(chance)}\n`;
  if (chance.is(0.1)) texts['.flux-lint.yaml'] = configText(chance);
  if (chance.is(0.05)) texts[`apps/${chance.of(['a b', 'é', '::error::', '@x', '%'])}.yaml`] = documents(chance, 1);
  return texts;
};
