import { type Affected, type AppliedView, defineRule, grouped, type Origin, readable, toldAtFirst, yaml } from '../../src/rule.ts';

export const defaultNamespace = defineRule({
  id: 'reliability/default-namespace',
  severity: 'info',
  summary: 'Workloads go to the namespace default',
  why: `Everything that forgets its namespace ends up in \`default\`, so nothing there can be told apart: no quota, policy or role
    fits, two teams overwrite one another's objects of the same name, and nobody dares to clean up.`,
  reference: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces',
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

  *cluster(cluster) {
    const affected = [
      ...cluster.kustomizations.flatMap((view) => targetOf(view, () => view.spec.targetNamespace, view.id)),
      ...cluster.releases.flatMap((view) => targetOf(view, () => view.spec.targetNamespace, view.label)),
      ...cluster.objects.filter(isInDefault).map((object) => affectedBy(object, object.origin('/metadata/namespace'), object.label)),
    ];
    // What one targetNamespace or one kustomization sends there has one place.
    const places = grouped(affected, ({ problem: { at } }) => `${at.span.path}:${at.span.start}`);
    const firsts = [...places.values()].map(([first]) => first);
    yield* toldAtFirst(firsts, (count, first) => ({
      message: `${count} places, such as that of ${first}, deploy to the namespace default, where no quota, policy or role keeps anything apart.`,
      hint,
    }));
  },
});

const hint = 'Give it a namespace of its own.';

/** Policies, accounts and quotas are there to keep the namespace shut. */
const workloads: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod', 'HelmRelease']);

const isInDefault = ({ kind, namespace }: AppliedView): boolean => namespace === 'default' && workloads.has(kind);

const targetOf = (view: Affected['object'], target: () => string | undefined, who: string): readonly Affected[] =>
  readable(target) === 'default' ? [affectedBy(view, view.origin('/spec/targetNamespace'), who)] : [];

const affectedBy = (object: Affected['object'], at: Origin, who: string): Affected => ({
  object,
  problem: {
    at,
    message: `${who} deploys to the namespace default, where no quota, policy or role keeps it apart from anything else.`,
    hint,
  },
});
