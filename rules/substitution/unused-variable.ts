import {
  defineRule,
  didYouMean,
  grouped,
  type KustomizationView,
  nearest,
  type Origin,
  type SubstitutedObject,
  yaml,
} from '../../src/rule.ts';

export const unusedVariable = defineRule({
  id: 'substitution/unused-variable',
  severity: 'info',
  summary: 'A Kustomization gives a variable that nothing in it asks for',
  why: `Somebody changes the value and wonders why nothing happens: either the variable is left over, or its name is spelt
    otherwise where it is used, which then gets a default or an empty text.`,
  hint: 'Take it away, or correct its name where it is used.',
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  examples: {
    bad: {
      'kustomization.yaml': 'resources:\n  - shop.yaml\n',
      'shop.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: shop, namespace: flux-system }
        spec:
          path: ./clusters/example/shop
          sourceRef: { kind: GitRepository, name: flux-system }
          postBuild:
            substitute:
              curency: USD # expect: substitution/unused-variable
      `,
      'shop/config.yaml': yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: shop, namespace: default }
        data:
          currency: ${'$'}{currency:=EUR}
      `,
    },
    good: {
      'kustomization.yaml': 'resources:\n  - shop.yaml\n',
      'shop.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: shop, namespace: flux-system }
        spec:
          path: ./clusters/example/shop
          sourceRef: { kind: GitRepository, name: flux-system }
          postBuild:
            substitute:
              currency: USD
      `,
      'shop/config.yaml': yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: shop, namespace: default }
        data:
          currency: ${'$'}{currency:=EUR}
      `,
    },
  },

  *graph(graph) {
    // A line that several clusters share is unused only where none of them asks for it.
    const lines = new Map<string, Line>();
    for (const { kustomizations, cluster } of graph.clusters.all) {
      for (const kustomization of kustomizations) {
        const used = namesIn(graph.substitution.objectsOf(kustomization));
        const known = kustomization.content.type === 'built' ? kustomization.content.variables.known : new Map<string, unknown>();
        const open = [...used].filter((name) => !known.has(name));
        const mayBeUsed = cluster.root.evidence === 'unreached' || !isWhole(kustomization);
        for (const given of givenBy(kustomization)) {
          const key = `${given.at.span.path}:${given.at.span.start}`;
          const line = lines.get(key) ?? { ...given, clusters: [], isUsed: false, meant: nearest(given.name, open) };
          line.isUsed ||= mayBeUsed || used.has(given.name);
          line.clusters.push(kustomization.cluster);
          lines.set(key, line);
        }
      }
    }
    const unused = [...lines.values()].filter(({ isUsed }) => !isUsed);
    for (const { at, name, by, clusters, meant } of unused) {
      if (meant !== undefined) yield { at, message: `Nothing that ${by} applies asks for \${${name}}.`, hint: didYouMean(meant), clusters };
    }
    // One that is near to nothing is left over; those of the same clusters are told once.
    const left = grouped(
      unused.filter(({ meant }) => meant === undefined),
      ({ clusters }) => [...new Set(clusters)].sort().join(' '),
    );
    for (const [first, ...others] of left.values()) {
      const { at, name, by, clusters } = first;
      const message =
        others.length === 0
          ? `Nothing that ${by} applies asks for \${${name}}.`
          : `${others.length + 1} variables, such as \${${name}} of ${by}, are given and never asked for by what gets them.`;
      yield {
        at,
        message,
        clusters,
        related: others
          .slice(0, shown)
          .map((other) => ({ at: other.at, message: `nothing that ${other.by} applies asks for \${${other.name}}` })),
      };
    }
  },
});

const shown = 5;

const namesIn = (objects: readonly SubstitutedObject[]): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { texts } of objects) for (const { uses } of texts) for (const { name } of uses) names.add(name);
  return names;
};

interface Line extends Given {
  readonly clusters: string[];
  isUsed: boolean;
  /** Asked for there, without a value, and spelt almost the same. */
  readonly meant: string | undefined;
}

interface Given {
  readonly name: string;
  readonly at: Origin;
  readonly by: string;
}

/** What is written in its own file: a patch may give the same variables to many. */
const givenBy = (kustomization: KustomizationView): readonly Given[] => {
  const substitute = kustomization.node('/spec/postBuild/substitute');
  if (substitute?.type !== 'map' || substitute.via.length > 0 || !kustomization.isWritten) return [];
  return substitute.entries.flatMap(({ key, value }) =>
    value.via.some(({ type }) => type === 'patch') ? [] : [{ name: key.text, at: key, by: kustomization.id }],
  );
};

const isWhole = ({ content }: KustomizationView): boolean =>
  content.type === 'built' && !content.failed && content.build.leaves.length === 0;
