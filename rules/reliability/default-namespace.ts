import { defineRule, type Origin, type Problem, yaml } from '../../src/rule.ts';

export const defaultNamespace = defineRule({
  id: 'reliability/default-namespace',
  severity: 'warning',
  summary: 'Workloads go to the namespace default',
  why: `Everything that forgets its namespace ends up in \`default\`, so nothing there can be told apart: no quota, policy or role
    fits, two teams overwrite one another's objects of the same name, and nobody dares to clean up.`,
  reference: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces',
  unless: 'Not on a cluster where default is where applications are meant to be.',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        targetNamespace: default # expect: reliability/default-namespace
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        targetNamespace: billing
    `,
  },

  *kustomization(kustomization) {
    if (kustomization.spec.targetNamespace !== 'default') return;
    yield problem(kustomization.origin('/spec/targetNamespace'), kustomization.id);
  },

  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod', 'HelmRelease'],
  *object(object) {
    if (object.namespace !== 'default') return;
    yield problem(object.origin('/metadata/namespace'), object.label);
  },

  *helmRelease(release) {
    if (release.spec.targetNamespace !== 'default') return;
    yield problem(release.origin('/spec/targetNamespace'), release.label);
  },
});

/** Policies, accounts and quotas are there to keep the namespace shut. */
const problem = (at: Origin, who: string): Problem => ({
  at,
  message: `${who} deploys to the namespace default, where no quota, policy or role keeps it apart from anything else.`,
  hint: 'Give it a namespace of its own.',
});
