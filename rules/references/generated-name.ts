import { defineRule, type Reference, yaml } from '../../src/rule.ts';

const roles = ['values', 'substitute', 'secret', 'service-account', 'source', 'dependency'] as const satisfies readonly Reference['role'][];

export const generatedName = defineRule({
  id: 'references/generated-name',
  severity: 'error',
  summary: 'A Flux object names another by the name it had before kustomize renamed it',
  why: `kustomize puts a hash behind the names of generated ConfigMaps and Secrets, and \`namePrefix\` and \`nameSuffix\` around
    all names. It follows references in the kinds that it knows, and it knows none of Flux's: a HelmRelease goes on asking
    for the name as written, which no object has, and fails with \`could not resolve … chart values reference\` or
    \`not found\`.`,
  reference: 'https://fluxcd.io/flux/guides/helmreleases/#refer-to-values-in-configmaps-generated-with-kustomize',
  examples: {
    bad: {
      'kustomization.yaml':
        'resources:\n  - release.yaml\nconfigMapGenerator:\n  - name: shop-values\n    namespace: shop\n    files:\n      - values.yaml\n',
      'values.yaml': 'replicas: 2\n',
      'release.yaml': yaml`
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: { name: shop, namespace: shop }
        spec:
          interval: 1h
          chartRef: { kind: OCIRepository, name: shop }
          valuesFrom:
            - kind: ConfigMap
              name: shop-values # expect: references/generated-name
      `,
    },
    good: {
      'kustomization.yaml':
        'resources:\n  - release.yaml\nconfigMapGenerator:\n  - name: shop-values\n    namespace: shop\n    files:\n      - values.yaml\n    options:\n      disableNameSuffixHash: true\n',
      'values.yaml': 'replicas: 2\n',
      'release.yaml': yaml`
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: { name: shop, namespace: shop }
        spec:
          interval: 1h
          chartRef: { kind: OCIRepository, name: shop }
          valuesFrom:
            - kind: ConfigMap
              name: shop-values
      `,
    },
  },

  *cluster(cluster, { graph }) {
    for (const { wanted, first, renamed, others } of roles.flatMap((role) => graph.references.missing(cluster, role))) {
      if (!renamed) continue;
      const isHashed = renamed.name.startsWith(`${wanted.name}-`) && (wanted.kind === 'ConfigMap' || wanted.kind === 'Secret');
      yield {
        at: first.referrer.origin(first.namePointer),
        message: `${first.by} names ${wanted.kind} ${wanted.name}, which kustomize renames to ${renamed.name}. It does not follow references in a ${first.referrer.kind}, so Flux does not find it.`,
        hint: isHashed
          ? 'Set options.disableNameSuffixHash on the generator, or declare the field under configurations as a nameReference.'
          : `Write ${renamed.name}, or declare the field under configurations as a nameReference.`,
        related: [
          { at: renamed.origin('/metadata/name'), message: `${renamed.kind} ${renamed.namespace ?? ''}/${renamed.name}` },
          ...others.map((other) => ({ at: other.referrer.origin(other.namePointer), message: `${other.by} names it, too` })),
        ],
      };
    }
  },
});
