/**
 * Shapes whose work multiplies: twice as much of one may not take four times as long, and what has no end has a limit that is
 * told. Times are of the processor; growth is held, not speed.
 */
import { describe, expect, it } from 'vitest';
import { lintTexts, type Texts } from '../fixture.ts';

const sync = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: https://git.example.com/acme/fleet, ref: { branch: main } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./clusters/prod, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;
const kustomization = (name: string, path: string, more = '') =>
  `---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { interval: 10m, path: ${path}, prune: true, ${more}sourceRef: { kind: GitRepository, name: flux-system } }\n`;
const configMap = (name: string, data = 'a: b') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: default }\ndata: { ${data} }\n`;
const fleet = (cluster: string, texts: Texts = {}): Texts => ({ 'clusters/prod/sync.yaml': sync + cluster, ...texts });
const apps = (texts: Texts): Texts => fleet(kustomization('apps', './apps'), texts);
const times = <T>(count: number, make: (index: number) => T): readonly T[] => Array.from({ length: count }, (_, index) => make(index));

const shapes: readonly (readonly [name: string, size: number, make: (size: number) => Texts])[] = [
  [
    'Kustomizations that wait for one another',
    400,
    (size) =>
      fleet(
        times(size, (n) => kustomization(`k${n}`, `./parts/${n}`, n === 0 ? '' : `dependsOn: [{ name: k${n - 1} }], `)).join(''),
        Object.fromEntries(times(size, (n) => [`parts/${n}/config.yaml`, configMap(`c${n}`)])),
      ),
  ],
  ['objects of one file', 600, (size) => apps({ 'apps/all.yaml': times(size, (n) => configMap(`c${n}`)).join('---\n') })],
  [
    'comments that suppress',
    1500,
    (size) =>
      apps({
        'apps/all.yaml': `${'# flux-lint-disable build/stray-file\n'.repeat(size)}${'# flux-lint-enable build/stray-file\n'.repeat(size)}${configMap('c')}`,
      }),
  ],
  [
    'variables of one text',
    1500,
    (size) =>
      fleet(kustomization('apps', './apps', `postBuild: { substitute: { v: x } }, `), {
        'apps/c.yaml': configMap('c', `a: "${'${v}'.repeat(size)}"`),
      }),
  ],
  [
    'operations of a JSON patch',
    300,
    (size) =>
      apps({
        'apps/kustomization.yaml': `resources: [c.yaml]\npatches:\n  - target: { kind: ConfigMap }\n    patch: |\n${times(size, (n) => `      - { op: add, path: /data/k${n}, value: x }\n`).join('')}`,
        'apps/c.yaml': configMap('c'),
      }),
  ],
  [
    'overlays in a row',
    60,
    (size) =>
      fleet(kustomization('apps', `./levels/${size - 1}`), {
        'levels/c.yaml': configMap('c'),
        ...Object.fromEntries(
          times(size, (n) => [
            `levels/${n}/kustomization.yaml`,
            n === 0 ? 'resources: [c.yaml]\n' : `resources: [../${n - 1}]\nnamePrefix: p-\n`,
          ]),
        ),
        'levels/0/c.yaml': configMap('c'),
      }),
  ],
  [
    'findings of one file',
    400,
    (size) =>
      apps({
        'apps/all.yaml': times(
          size,
          (n) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c${n}\n  namespace: default\n  labels: { tier: ${n} }\n`,
        ).join('---\n'),
      }),
  ],
];

const seconds = (run: () => unknown): number => {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000_000;
};

/** The less of two: what else the machine does only adds. */
const cost = (texts: Texts): number => Math.min(...times(2, () => seconds(() => lintTexts(texts))));

describe('four times as much takes not much more than four times as long', () => {
  it.each(shapes)('%s', (_, size, make) => {
    lintTexts(make(size));
    const [small, large] = [cost(make(size)), cost(make(size * 4))];
    // The square would be 16; what every run costs makes it less, and noise more.
    expect(Math.log(large / Math.max(small, 0.005)) / Math.log(4)).toBeLessThan(1.6);
  });
});

describe('what has no end has a limit, which is told', () => {
  const limit = 'manifest/limit-exceeded';
  it.each<readonly [string, () => Texts]>([
    [
      'overlays that double',
      () =>
        fleet(kustomization('apps', './levels/25'), {
          'base/kustomization.yaml': 'resources: [c.yaml]\n',
          'base/c.yaml': configMap('c'),
          ...Object.fromEntries(
            times(25, (n) => n + 1).flatMap((n) => [
              [`levels/${n}/kustomization.yaml`, 'resources: [left, right]\n'],
              ...['left', 'right'].map((side) => [
                `levels/${n}/${side}/kustomization.yaml`,
                `resources: [${n === 1 ? '../../../base' : `../../${n - 1}`}]\nnamePrefix: ${side[0]}${n}-\n`,
              ]),
            ]),
          ),
        }),
    ],
    [
      'components that double',
      () =>
        apps({
          'apps/kustomization.yaml': 'resources: [c.yaml]\ncomponents: [../levels/25]\n',
          'apps/c.yaml': configMap('c'),
          ...Object.fromEntries(
            times(25, (n) => n + 1).map((n) => [
              `levels/${n}/kustomization.yaml`,
              `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${n === 1 ? 'commonAnnotations: { a: b }\n' : `components: [../${n - 1}, ../${n - 1}]\n`}`,
            ]),
          ),
        }),
    ],
    [
      'copies of a JSON patch',
      () =>
        apps({
          'apps/kustomization.yaml': `resources: [c.yaml]\npatches:\n  - target: { kind: ConfigMap }\n    patch: |\n${times(40, (n) => `      - { op: copy, from: /data, path: /data/k${n} }\n`).join('')}`,
          'apps/c.yaml': configMap('c'),
        }),
    ],
    [
      'replacements that join',
      () =>
        apps({
          'apps/kustomization.yaml': `resources: [c.yaml]\nreplacements:\n${times(60, () => '  - source: { kind: ConfigMap, name: c, fieldPath: data.a }\n    targets: [{ select: { kind: ConfigMap }, fieldPaths: [data.a], options: { delimiter: "/", index: 99 } }]\n').join('')}`,
          'apps/c.yaml': configMap('c', 'a: abcdefghij'),
        }),
    ],
    [
      'a path of 20,000 parts',
      () =>
        apps({
          'apps/kustomization.yaml': `resources: [c.yaml]\nreplacements: [{ source: { kind: ConfigMap, name: c, fieldPath: metadata.name }, targets: [{ select: { kind: ConfigMap }, fieldPaths: ["${'a.'.repeat(19_999)}a"], options: { create: true } }] }]\n`,
          'apps/c.yaml': configMap('c'),
        }),
    ],
    [
      'substitution that multiplies',
      () =>
        fleet(kustomization('apps', './apps', `postBuild: { substitute: { big: "${'x'.repeat(1500)}" } }, `), {
          'apps/c.yaml': configMap('c', 'a: "${big//x/${big//x/${big//x/${big}}}}"'),
        }),
    ],
  ])('%s', (_, make) => {
    const texts = make();
    let found: readonly string[] = [];
    const taken = seconds(() => {
      found = lintTexts(texts).findings.map(({ ruleId }) => ruleId);
    });
    expect(found).toContain(limit);
    expect(taken).toBeLessThan(10);
  });

  it.each<readonly [string, string]>([
    ['a pattern', "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('^(a+)+$')"],
    ['a text', `[1].map(x, '${'a'.repeat(50)}')${'.map(x, x+x+x+x+x+x+x+x+x+x)'.repeat(8)}[0] == ''`],
    ['a list', `[[1]]${'.map(x, x+x+x+x+x+x+x+x+x+x)'.repeat(12)} == []`],
    ['a tree', `[[1]]${'.map(x, [x, x])'.repeat(40)} == [[1]]${'.map(x, [x, x])'.repeat(40)}`],
    ['loops', `${'[1,2,3,4,5,6,7,8,9,10].all(x, '.repeat(9)}true${')'.repeat(9)}`],
  ])('of an expression: %s', (_, assert) => {
    const config = `expressions:\n  - { id: acme/one, message: no, assert: ${JSON.stringify(assert)} }\n`;
    let failed: readonly unknown[] = [];
    expect(
      seconds(() => {
        ({ failed } = lintTexts({ ...apps({ 'apps/c.yaml': configMap('c') }), '.flux-lint.yaml': config }));
      }),
    ).toBeLessThan(10);
    expect(failed).toEqual([]);
  });
});

/** Clusters, each of which stays below what one may come to. */
const clusters = (count: number, make: (cluster: number) => Texts): Texts =>
  Object.assign(
    {},
    ...times(count, (n) => {
      const own = (path: string) => `./clusters/c${n}${path}`;
      return {
        [`clusters/c${n}/flux-system/gotk-sync.yaml`]: `${sync.replace('./clusters/prod', own(''))}${kustomization('apps', own('/apps'))}`,
        ...Object.fromEntries(Object.entries(make(n)).map(([path, text]) => [`clusters/c${n}/apps/${path}`, text] as const)),
      };
    }),
  );

describe('many clusters, each near a limit, do not multiply it', () => {
  const doubling = (levels: number): Texts => ({
    'kustomization.yaml': `resources: [${levels}]\n`,
    '0/c.yaml': configMap('c'),
    ...Object.fromEntries(
      times(levels, (n) => n + 1).flatMap((n) => [
        [`${n}/kustomization.yaml`, 'resources: [left, right]\n'] as const,
        ...['left', 'right'].map(
          (side) => [`${n}/${side}/kustomization.yaml`, `resources: [../../${n - 1}]\nnamePrefix: ${side[0]}${n}-\n`] as const,
        ),
      ]),
    ),
    '0/kustomization.yaml': 'resources: [c.yaml]\n',
  });

  it('objects of builds', () => {
    const texts = clusters(7, () => doubling(20));
    let notJudged: readonly string[] = [];
    const taken = seconds(() => {
      notJudged = lintTexts(texts).notJudged.map(({ reason }) => reason);
    });
    expect(notJudged.join()).toContain('flux-lint builds no more');
    expect(taken).toBeLessThan(60);
  });

  it('what substitution makes', () => {
    const texts = clusters(1, () => ({ 'c.yaml': configMap('c', 'a: "${big//x/${big//x/${big}}}"') }));
    const many = times(40, (n) =>
      kustomization(`k${n}`, './clusters/c0/apps', `postBuild: { substitute: { big: "${'x'.repeat(150)}", n: "${n}" } }, `),
    ).join('');
    let notJudged: readonly string[] = [];
    const taken = seconds(() => {
      notJudged = lintTexts({ ...texts, 'clusters/c0/many.yaml': many }).notJudged.map(({ reason }) => reason);
    });
    expect(notJudged.join()).toContain('flux-lint builds no more');
    expect(taken).toBeLessThan(60);
  });
});
