import { addField, addToGroup, defineRule, durationOf, type KustomizationView, type Problem, readable, yaml } from '../../src/rule.ts';

/** Kinds that are applied long before they do their work. */
const workloads = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'Pod', 'HelmRelease', 'Kustomization']);

export const dependencyNotAwaited = defineRule({
  id: 'references/dependency-not-awaited',
  severity: 'warning',
  fixable: 'unsafe',
  summary: 'Others depend on a Kustomization that is ready before its workloads are',
  why: `A Kustomization with neither \`wait\` nor \`healthChecks\` is ready as soon as its objects are applied. What depends on
    it then starts while charts are still being installed and pods are still starting: the order that \`dependsOn\` promises
    does not hold, and what comes first on a new cluster is luck.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#wait',
  remedy: 'Set wait: true or health checks on what others depend on.',
  unless: 'Not where being applied is enough, such as for namespaces and accounts.',
  examples: {
    bad: {
      'kustomization.yaml': 'resources:\n  - apps.yaml\n',
      'apps.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: databases, namespace: flux-system }
        spec: # expect: references/dependency-not-awaited
          path: ./clusters/example/databases
          sourceRef: { kind: GitRepository, name: flux-system }
        ---
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: apps, namespace: flux-system }
        spec:
          path: ./clusters/example/apps
          sourceRef: { kind: GitRepository, name: flux-system }
          dependsOn:
            - name: databases
      `,
      'databases/postgres.yaml': 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: postgres, namespace: default }\n',
      'apps/shop.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop, namespace: default }\n',
    },
    good: {
      'kustomization.yaml': 'resources:\n  - apps.yaml\n',
      'apps.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: databases, namespace: flux-system }
        spec:
          path: ./clusters/example/databases
          sourceRef: { kind: GitRepository, name: flux-system }
          wait: true
        ---
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: apps, namespace: flux-system }
        spec:
          path: ./clusters/example/apps
          sourceRef: { kind: GitRepository, name: flux-system }
          dependsOn:
            - name: databases
      `,
      'databases/postgres.yaml': 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: postgres, namespace: default }\n',
      'apps/shop.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop, namespace: default }\n',
    },
  },

  *cluster(cluster, { graph }) {
    const dependents = new Map<KustomizationView, [KustomizationView, ...KustomizationView[]]>();
    for (const view of cluster.kustomizations) {
      for (const { name, namespace, readyExpr } of readable(() => view.spec.dependsOn) ?? []) {
        const dependency =
          readyExpr === undefined ? graph.clusters.kustomization(cluster.name, namespace ?? view.namespace, name ?? '') : undefined;
        if (dependency && dependency !== view) addToGroup(dependents, dependency, view);
      }
    }
    for (const [dependency, waiting] of dependents) {
      const workload = dependency.objects.find(({ kind }) => workloads.has(kind));
      const isAwaited = ['/spec/healthChecks', '/spec/kubeConfig'].some((field) => dependency.state(field) !== 'absent');
      // Written out, it is a decision; and whoever is applied by what he waits for would wait for ever.
      const isMeant = dependency.state('/spec/wait') !== 'absent' || graph.order.of(cluster).wouldDeadlock(dependency);
      if (!workload || isAwaited || isMeant || !dependency.isWritten) continue;
      yield {
        at: dependency.origin('/spec/wait'),
        message: `${dependency.id} is ready once ${workload.kind} ${workload.name} is applied, not when it works: ${waiting.map(({ id }) => id).join(', ')} ${waiting.length === 1 ? 'starts' : 'start'} too early.`,
        hint: 'Set wait: true, or list what matters under healthChecks.',
        cause: { key: 'not awaited', place: `${dependency.id} is not awaited, either` },
        related: waiting.map((view) => ({ at: view.origin('/spec/dependsOn'), message: `${view.id} depends on it` })),
        fix: fix(dependency),
      };
    }
  },
});

/** Whoever waits for health needs a timeout that fits into the interval. */
const fix = (dependency: KustomizationView): Problem['fix'] => {
  const wait = addField(dependency, '/spec/wait', 'true');
  const timeout =
    dependency.state('/spec/timeout') === 'absent' ? addField(dependency, '/spec/timeout', timeoutFor(dependency)) : undefined;
  if (!wait) return undefined;
  // What is added to one place first stands last.
  return {
    description: [wait, timeout].flatMap((added) => added?.description ?? []).join(', '),
    safety: 'unsafe',
    edits: [...(timeout?.edits ?? []), ...wait.edits],
  };
};

const usualTimeout = '5m';

const timeoutFor = ({ spec }: KustomizationView): string => {
  const interval = readable(() => spec.interval);
  const [every, usual] = [durationOf(interval ?? ''), durationOf(usualTimeout)];
  return interval !== undefined && every !== undefined && usual !== undefined && every < usual ? interval : usualTimeout;
};
