/**
 * Whole repositories made from a grammar: clusters, Kustomizations, overlays, patches, generators, Secrets, odd words in every
 * place, and circles. Each is told by its seed alone.
 */
import type { Texts } from '../fixture.ts';

export interface Chance {
  /** From 0 up to, not including, a number. */
  readonly below: (limit: number) => number;
  readonly of: <T>(choices: readonly [T, ...T[]]) => T;
  readonly is: (share: number) => boolean;
}

/** The same numbers for the same seed, everywhere (mulberry32). */
export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, of: (choices) => choices[below(choices.length)] ?? choices[0], is: (share) => next() < share };
};

/** It stands in Secrets alone, and in no report. */
export const planted = 'Planted-S3cret-Value';

const oddWords = [
  ...['constructor', '__proto__', 'toString', '', ' ', '*', '**', '{a,b}', '[', '!', '${v}', '${v:=d}', '${', '$${v}', '$(V)'],
  ...[
    '../..',
    '/',
    './.',
    'a/../..',
    '~',
    'null',
    'true',
    '0x1F',
    '1e3',
    '.inf',
    '2020-01-01',
    '(a+)+$',
    '(([a-z])+.)+',
    '\u0000',
    '\u202e',
    '\ud83d\ude00',
    'é',
  ],
  ...['-', '- a', 'a: b', '# c', "'", '"', '\\', 'x'.repeat(300)],
] as const;

export const word = (chance: Chance): string =>
  chance.is(0.85) ? chance.of(['app', 'web', 'db', 'base', 'prod', 'shop']) : (oddWords[chance.below(oddWords.length)] ?? '');

const quoted = (text: string): string => JSON.stringify(text);
const times = <T>(count: number, make: (index: number) => T): readonly T[] => Array.from({ length: count }, (_, index) => make(index));

const metadata = (chance: Chance): string =>
  `metadata: { name: ${quoted(word(chance))}${chance.is(0.6) ? `, namespace: ${quoted(word(chance))}` : ''}${chance.is(0.2) ? `, labels: { ${quoted(word(chance))}: ${quoted(word(chance))} }` : ''} }`;

const kinds: readonly [(chance: Chance) => string, ...((chance: Chance) => string)[]] = [
  (chance) => `apiVersion: v1\nkind: ConfigMap\n${metadata(chance)}\ndata: { ${quoted(word(chance))}: ${quoted(word(chance))} }\n`,
  (chance) => `apiVersion: v1\nkind: Secret\n${metadata(chance)}\nstringData: { ${quoted(word(chance))}: ${planted} }\n`,
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
];

const overlay = (chance: Chance, files: readonly string[]): string => {
  const resources = [...files, ...(chance.is(0.5) ? [`../${chance.of(['base', 'apps', 'prod', '..', '.'])}`] : [])];
  const more = times(chance.below(4), () => chance.of(fields)(chance));
  // A key that stands twice is a fault of its own, and found soon.
  const keys = new Map(more.map((line) => [line.slice(0, line.indexOf(':')), line] as const));
  return `${chance.is(0.1) ? 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n' : ''}resources: [${resources.map(quoted).join(', ')}]\n${[...keys.values()].join('\n')}\n`;
};

const suppressions = ['# flux-lint-disable-file build/stray-file -- odd\n', '# flux-lint-disable\n', '# flux-lint-enable x/y\n'] as const;

/** A small repository. */
export const repositoryOf = (seed: number): Texts => {
  const chance = chanceOf(seed);
  const texts: Record<string, string> = {
    'clusters/prod/sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { interval: 1m, url: https://git.example.com/acme/fleet, ref: { branch: main } }\n---\n${kustomization(chance, 'flux-system', './clusters/prod')}---\n${kustomization(chance, 'apps', './apps')}`,
  };
  for (const directory of ['apps', 'base', 'prod']) {
    const files = times(chance.below(3), (index) => `f${index}.yaml`);
    for (const file of files) {
      const documents = times(1 + chance.below(3), () => chance.of(kinds)(chance)).join('---\n');
      texts[`${directory}/${file}`] =
        `${chance.is(0.1) ? chance.of(suppressions) : ''}${chance.is(0.05) ? documents.replaceAll('\n', '\r\n') : documents}`;
    }
    if (chance.is(0.8)) texts[`${directory}/kustomization.yaml`] = overlay(chance, files);
  }
  if (chance.is(0.1)) texts['apps/.sourceignore'] = `${word(chance)}\n!${word(chance)}\n`;
  return texts;
};
