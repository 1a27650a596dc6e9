import { defineRule, failedCopies } from '../../src/rule.ts';

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
    directory that is not in the source, a pattern that matches nothing (source-watcher: internal/builder/builder.go and
    internal/controller/artifactgenerator_controller.go). All ExternalArtifacts of that generator stay at their old
    content, those whose copies are right included.`,
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
        message: `${object.label} cannot make ${artifact}: ${why}. All its artifacts stay at their old content.`,
      };
    }
  },
});
