import { type AppliedView, type ClusterView, type DeafSource, deafSources, defineRule, itemsOf, stringAt, yaml } from '../../src/rule.ts';

export const deafAlert = defineRule({
  id: 'references/deaf-alert',
  severity: 'warning',
  summary: 'An Alert or Receiver that hears nothing of what it lists',
  why: `An event source without \`namespace\` means the Alert's own, and the namespace is compared literally: only the name takes
    \`*\` (notification-controller: internal/server/event_handlers.go, eventMatchesAlertSource). A source that matches no
    object is no error, there is just never an event. A Receiver's \`*\` needs matchLabels, or its hook fails
    (internal/server/receiver_handlers.go, notifyDynamicResources).`,
  reference: 'https://fluxcd.io/flux/components/notification/alerts/#event-sources',
  remedy: 'Write the namespace in which the objects are, one event source for each.',
  unless: 'Not where the objects come from elsewhere, or later.',
  examples: {
    bad: yaml`
      apiVersion: notification.toolkit.fluxcd.io/v1beta3
      kind: Alert
      metadata: { name: on-call, namespace: flux-system }
      spec:
        providerRef: { name: chat }
        eventSources:
          - kind: Kustomization
            name: '*'
            namespace: '*' # expect: references/deaf-alert
    `,
    good: yaml`
      apiVersion: notification.toolkit.fluxcd.io/v1beta3
      kind: Alert
      metadata: { name: on-call, namespace: flux-system }
      spec:
        providerRef: { name: chat }
        eventSources:
          - kind: Kustomization
            name: '*'
            namespace: flux-system
    `,
  },

  kinds: ['Alert', 'Receiver'],
  *object(object, { graph }) {
    const cluster = graph.clusters.get(object.cluster);
    if (!cluster || !object.apiVersion.startsWith('notification.toolkit.fluxcd.io/')) return;
    const deaf = deafSources(object, cluster, graph.existence);
    const isAllDeaf = deaf.length === listedBy(object).length;
    for (const source of deaf) {
      // Where the others of that kind are heard of, this one is for what may come.
      const isSpare = source.because === 'none in the namespace' && source.elsewhere.some((other) => isHeard(other, cluster));
      if (isSpare && !isAllDeaf) continue;
      const [first] = source.elsewhere;
      yield {
        at: object.origin(`${source.pointer}/${source.because === 'namespace is *' ? 'namespace' : 'name'}`),
        message: `${object.label} ${reasonOf(source)}`,
        hint: first?.namespace === undefined ? undefined : `${first.label} is there, for one: write namespace: ${first.namespace}.`,
        cause: { key: `${object.root.span.path} ${object.label} ${source.because}`, place: `${source.kind}, too` },
      };
    }
  },
});

const listedBy = (view: AppliedView) => itemsOf(view.node(view.kind === 'Alert' ? '/spec/eventSources' : '/spec/resources'));

/** Whether an Alert of the cluster lists the kind in that namespace. */
const isHeard = ({ kind, namespace }: AppliedView, cluster: ClusterView): boolean =>
  cluster.objects.some(
    (alert) =>
      alert.kind === 'Alert' &&
      listedBy(alert).some((item) => stringAt(item, 'kind') === kind && (stringAt(item, 'namespace') ?? alert.namespace) === namespace),
  );

const reasonOf = ({ because, kind, name, namespace }: DeafSource): string => {
  switch (because) {
    case 'namespace is *':
      return `asks for ${kind} in the namespace "*", which is taken literally: nothing ever matches.`;
    case 'no labels':
      return `asks for every ${kind} without matchLabels: the hook fails.`;
    case 'no such object':
      return `asks for ${kind} ${namespace}/${name}, and this cluster has none of that name there: nothing ever matches.`;
    case 'none in the namespace':
      return `asks for every ${kind} in ${namespace}, where there is none: nothing ever matches.`;
    case 'none with the labels':
      return `asks for every ${kind} in ${namespace} with labels that none of them has: nothing ever matches.`;
    default:
      return because satisfies never;
  }
};
