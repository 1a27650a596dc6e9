import { defineRule, didYouMean, minorName, yaml } from '../../src/rule.ts';

export const unservedVersion = defineRule({
  id: 'schema/unserved-version',
  severity: 'error',
  summary: 'A version or a kind that no API server of the cluster knows',
  why: `An API server takes objects only in the versions that the CustomResourceDefinition says it serves. For any other Flux fails
    with \`no matches for kind\` and applies nothing of the Kustomization that brings it. Often the operator was upgraded and its
    objects were not, or a version was guessed: \`notification.toolkit.fluxcd.io/v1\` has a Receiver and no Alert, \`batch/v2\` of
    Kubernetes has nothing at all.`,
  reference: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/',
  remedy: 'Write a version that the definition serves.',
  examples: {
    bad: {
      'backup.yaml': yaml`
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: backups.example.com }
        spec:
          group: example.com
          names: { kind: Backup, plural: backups }
          scope: Namespaced
          versions:
            - { name: v1alpha1, served: false, storage: false }
            - { name: v1, served: true, storage: true }
        ---
        apiVersion: example.com/v1alpha1 # expect: schema/unserved-version
        kind: Backup
        metadata: { name: nightly, namespace: billing }
      `,
    },
    good: {
      'backup.yaml': yaml`
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: backups.example.com }
        spec:
          group: example.com
          names: { kind: Backup, plural: backups }
          scope: Namespaced
          versions:
            - { name: v1alpha1, served: false, storage: false }
            - { name: v1, served: true, storage: true }
        ---
        apiVersion: example.com/v1
        kind: Backup
        metadata: { name: nightly, namespace: billing }
      `,
    },
  },

  *object(object, { graph }) {
    const verdict = graph.schemas.apiVerdict(object);
    if (verdict?.type !== 'unserved') return;
    const { served, meant, isKnownKind, isProven, upTo, definition } = verdict;
    const known = isKnownKind
      ? `${object.kind} is served as ${served.join(', ') || 'nothing'}, not as ${object.apiVersion}`
      : `${object.apiVersion} has no kind ${object.kind}`;
    const doubt = isProven ? '' : ` up to ${minorName(upTo)}`;
    const [best] = served;
    const write = best === undefined ? undefined : `Write ${best}.`;
    yield {
      at: object.origin(isKnownKind || best !== undefined ? '/apiVersion' : '/kind'),
      message: `${known}${doubt}. Flux fails with "no matches for kind" and applies nothing of what brings it.`,
      hint: didYouMean(meant) ?? write,
      atMost: isProven ? undefined : 'warning',
      related: definition && [{ at: definition, message: 'its definition' }],
    };
  },
});
