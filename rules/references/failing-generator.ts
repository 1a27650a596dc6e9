import { type AppliedView, type ClusterView, defineRule, failedCopies, itemsOf, leftOutBy, stringAt } from '../../src/rule.ts';

const generator = (from: string) => `apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata: { name: fleet, namespace: flux-system }
spec:
  sources: [{ alias: fleet, kind: GitRepository, name: flux-system }]
  artifacts:
    - name: shop
      copy:
        - from: ${from}
          to: "@artifact/"
`;

export const failingGenerator = defineRule({
  id: 'references/failing-generator',
  severity: 'error',
  summary: 'A copy of an ArtifactGenerator fails',
  why: `source-watcher makes the artifacts of a generator one after the other and stops at the first copy that fails: a file or
    directory that is not in the source, an alias that stands for no source, a pattern that matches nothing (source-watcher:
    internal/builder/builder.go, applyCopyOperation, and internal/controller/artifactgenerator_validation.go, validateSpec).
    All ExternalArtifacts of that generator stay at their old content, those whose copies are right included.`,
  reference: 'https://fluxcd.io/flux/components/source/artifactgenerators/#copy-operations',
  remedy: 'Correct the path behind from, or take the artifact out.',
  examples: {
    bad: {
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/production/artifacts.yaml': generator('"@fleet/apps/shop/" # expect: references/failing-generator'),
    },
    good: {
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/production/artifacts.yaml': generator('"@fleet/clusters/production/"'),
    },
  },

  kinds: ['ArtifactGenerator'],
  *object(object, { graph }) {
    const cluster = graph.clusters.get(object.cluster);
    for (const { pointer, artifact, why } of cluster ? failedCopies(object, cluster) : []) {
      yield {
        at: object.origin(pointer),
        message: `${object.label} cannot make ${artifact ?? 'its artifacts'}: ${why}. All its artifacts stay at their old content.`,
        hint: artifact === undefined || !cluster ? undefined : hintFor(object, pointer, cluster),
      };
    }
  },
});

/** The ignore rules may be why the source does not have what the repository has. */
const hintFor = (generator: AppliedView, pointer: string, cluster: ClusterView): string | undefined => {
  const from = generator.node(pointer);
  const [, alias = '', path = ''] = /^@([^/]*)\/([^*?[{]*)/.exec(stringAt(from) ?? '') ?? [];
  const source = itemsOf(generator.node('/spec/sources')).find((each) => stringAt(each, 'alias') === alias);
  const artifact = cluster.cluster.artifactOf({
    kind: stringAt(source, 'kind') ?? '',
    name: stringAt(source, 'name') ?? '',
    namespace: stringAt(source, 'namespace') ?? generator.namespace ?? '',
  });
  return artifact?.type === 'mapped' ? leftOutBy(path.replace(/\/+$/, ''), artifact.files) : undefined;
};
