/** Random objects with variables in them, and values for some of these. */
import type { Random } from './random.ts';
import { type Content, yamlOf } from './text.ts';

export interface Substituted {
  readonly object: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly strict: boolean;
}

export const randomSubstitution = (random: Random): Substituted => {
  const text = () => template(random);
  const object: Content = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: random.chance(0.2) ? '${NAME}' : 'settings',
      ...(random.chance(0.2) && { labels: { app: text() } }),
      ...(random.chance(0.05) && { annotations: { 'kustomize.toolkit.fluxcd.io/substitute': random.one(['disabled', 'Disabled']) } }),
    },
    data: { a: text(), b: text(), c: random.one<Content>([text(), 1, null, 'plain', [text(), { k: text() }]]) },
  };
  const variables = Object.fromEntries(random.some(names, 0.7).map((name) => [name, random.one(values)]));
  // Without any variable Flux leaves the object alone.
  return { object: yamlOf(object, random), variables: { ...variables, ALWAYS: 'x' }, strict: random.chance(0.2) };
};

const names = ['NAME', 'TAG', 'HOST', 'PORT', '_under'] as const;

/** No tags: docs/kustomize.md says where they differ. */
const values: readonly [string, ...string[]] = [
  'web',
  '1',
  '010',
  '1e3',
  '0x1F',
  'true',
  'yes',
  'null',
  '',
  '1.10',
  'a: b',
  '- a',
  '[a, b]',
  '# c',
  '"q"',
  "it's",
  '&a',
  '*a',
  '%',
  'ünï',
  'two\nlines',
  'https://example.com/?a=1&b=2',
  `${'word '.repeat(20)}end`,
];

const template = (random: Random): string =>
  Array.from({ length: 1 + random.below(3) }, () =>
    random.chance(0.5)
      ? expression(random)
      : random.one(['', 'pre-', ' and ', '/', ': ', "'", '"', '#', ' # ', '&', '*', '|', '>', '\n', '$$', '$', '{{ .x }}', ',', ']', '%']),
  ).join('');

const expression = (random: Random): string => {
  const name = random.one(names);
  const word = random.one(['x', 'w', '*', 'e*', '', '${TAG}', 'a b']);
  return random.one([
    `\${${name}}`,
    `\${${name}}`,
    `\${${name}:=${word}}`,
    `\${${name}:-${word}}`,
    `\${${name}=${word}}`,
    `\${#${name}}`,
    `\${${name}^^}`,
    `\${${name},}`,
    `\${${name}:${random.below(3)}:${random.below(4)}}`,
    `\${${name}:${random.below(3)}}`,
    `\${${name}#${word}}`,
    `\${${name}%%${word}}`,
    `\${${name}/e/${word}}`,
    `$\${${name}}`,
    `$${name}`,
  ]);
};
