import {
  type AppliedView,
  defineRule,
  type Graph,
  groupOf,
  itemsOf,
  type KustomizationView,
  readable,
  stringAt,
  yaml,
} from '../../src/rule.ts';

export const suspended = defineRule({
  id: 'reliability/suspended',
  severity: 'error',
  summary: 'A Flux object that is committed as suspended',
  why: `A suspended object is not reconciled: what is merged for it does not arrive, drift is not corrected, and when it is deleted,
    what it applied stays behind. Suspended for an hour by someone who then went on holiday, it blocks every fix, and
    says Ready. Where a Kustomization waits for it, or something depends on it, it is an error: its status is never that of the
    object as it is now, so the wait ends in the timeout each time, and what depends on it is never applied.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend',
  remedy: 'Take suspend away, or delete what is not needed any more.',
  unless: 'Not for what is meant to be parked: say so in a comment.',
  examples: {
    bad: {
      'clusters/production/flux-system/gotk-sync.yaml': yaml`
        # written by flux bootstrap
      `,
      'clusters/production/billing.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: billing, namespace: flux-system }
        spec:
          interval: 1h
          prune: true
          sourceRef: { kind: GitRepository, name: flux-system }
          suspend: true # expect: reliability/suspended warning
      `,
    },
    good: {
      'clusters/production/flux-system/gotk-sync.yaml': yaml`
        # written by flux bootstrap
      `,
      'clusters/production/billing.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: billing, namespace: flux-system }
        spec:
          interval: 1h
          prune: true
          sourceRef: { kind: GitRepository, name: flux-system }
      `,
    },
  },

  *object(object, { graph }) {
    if (!object.apiVersion.includes('.fluxcd.io/')) return;
    const suspend = object.node('/spec/suspend');
    if (suspend?.type !== 'scalar' || suspend.value !== true) return;
    // A hub's Kustomization for another cluster blocks that one.
    const target = graph.clusters.kustomization(object.cluster, object.namespace ?? '', object.name)?.target;
    const isProtected = graph.clusters.isProtected((object.kind === 'Kustomization' ? target : undefined) ?? object.cluster);
    const waiting = waitingFor(object, graph);
    if (waiting !== undefined) {
      yield {
        at: object.origin('/spec/suspend'),
        message: `${object.label} is suspended, and ${waiting.says}. Suspended it never gets ready: ${waiting.result}`,
        hint: 'Take suspend out, or do not wait for it.',
        related: [{ at: waiting.by.origin(waiting.pointer), message: `${waiting.by.label} waits for it` }],
      };
      return;
    }
    yield {
      at: object.origin('/spec/suspend'),
      message: `${object.label} is suspended: nothing that is merged for it reaches the cluster, and its status stays as it was.`,
      hint: 'Take suspend out, or say beside it until when it stands.',
      atMost: isProtected ? 'warning' : 'info',
    };
  },
});

interface Waiting {
  readonly by: Pick<AppliedView, 'origin' | 'label'>;
  readonly pointer: string;
  readonly says: string;
  readonly result: string;
}

/**
 * Who waits for it in vain. A suspended object's controller leaves before it writes a status (`Reconcile` of every
 * controller: "Skip reconciliation if the object is suspended"), so `observedGeneration` stays behind `generation`, or at
 * the -1 that the CRD gives it: kstatus says InProgress (`checkGeneration`), and dependencies are not ready
 * (kustomize-controller and helm-controller: `checkDependencies`).
 */
const waitingFor = (object: AppliedView, graph: Graph): Waiting | undefined => {
  if (!isObserved(object)) return undefined;
  const cluster = graph.clusters.get(object.cluster);
  if (!cluster || cluster.cluster.root.evidence === 'unreached') return undefined;
  for (const kustomization of cluster.kustomizations) {
    const pointer = isActive(kustomization) ? readable(() => checkOf(kustomization, object)) : undefined;
    if (pointer === undefined) continue;
    const result = `the Kustomization runs into its timeout at every interval, and nothing that depends on it is applied.`;
    return { by: kustomization, pointer, says: `Kustomization ${kustomization.id} waits for its health`, result };
  }
  const dependents = object.kind === 'HelmRelease' ? cluster.ownReleases : object.kind === 'Kustomization' ? cluster.kustomizations : [];
  for (const dependent of dependents) {
    const pointer = isActive(dependent) ? readable(() => dependencyOn(dependent, object)) : undefined;
    if (pointer === undefined) continue;
    return { by: dependent, pointer, says: `${dependent.label} depends on it`, result: `${dependent.label} is never applied.` };
  }
  return undefined;
};

/** Alerts and Providers have no status since v1beta3: they are taken for ready at once. */
const isObserved = ({ kind, apiVersion }: AppliedView): boolean => observedKinds.has(kind) && apiVersion.includes('.toolkit.fluxcd.io/');

const observedKinds: ReadonlySet<string> = new Set([
  'Kustomization',
  'HelmRelease',
  'HelmChart',
  'GitRepository',
  'OCIRepository',
  'Bucket',
  'ImageRepository',
  'ImageUpdateAutomation',
]);

const isActive = ({ node }: Pick<AppliedView, 'node'>): boolean => node('/spec/suspend') === undefined || isFalse(node('/spec/suspend'));

const isFalse = (node: ReturnType<AppliedView['node']>): boolean => node?.type === 'scalar' && node.value === false;

/** The field by which a Kustomization waits for an object's health; with `wait` its list counts for nothing. */
const checkOf = (kustomization: KustomizationView, object: AppliedView): string | undefined => {
  const isJudgedOtherwise = itemsOf(kustomization.node('/spec/healthCheckExprs')).some((item) => stringAt(item, 'kind') === object.kind);
  if (isJudgedOtherwise) return undefined;
  if (kustomization.spec.wait === true) {
    const isItself = object.kind === 'Kustomization' && `${object.namespace}/${object.name}` === kustomization.id;
    return object.owner === kustomization && !isItself && kustomization.objects.includes(object) ? '/spec/wait' : undefined;
  }
  if (kustomization.target !== object.cluster) return undefined;
  const index = (kustomization.spec.healthChecks ?? []).findIndex(
    ({ apiVersion = '', kind, namespace, name }) =>
      groupOf(apiVersion) === groupOf(object.apiVersion) && kind === object.kind && namespace === object.namespace && name === object.name,
  );
  return index === -1 ? undefined : `/spec/healthChecks/${index}`;
};

/** An expression of its own may judge readiness otherwise. */
const dependencyOn = (dependent: Dependent, object: AppliedView): string | undefined => {
  const index = itemsOf(dependent.node('/spec/dependsOn')).findIndex(
    (item) =>
      stringAt(item, 'name') === object.name &&
      (stringAt(item, 'namespace') ?? dependent.namespace) === object.namespace &&
      stringAt(item, 'readyExpr') === undefined,
  );
  return index === -1 ? undefined : `/spec/dependsOn/${index}`;
};

type Dependent = Pick<AppliedView, 'node' | 'namespace' | 'label' | 'origin'>;
