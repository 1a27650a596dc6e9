import { definedAt, defineRule, writtenBy, yaml } from '../../src/rule.ts';

export const unauthenticatedReceiver = defineRule({
  id: 'security/unauthenticated-receiver',
  severity: 'warning',
  securitySeverity: 4.0,
  summary: 'A Receiver of type generic takes requests from anyone who knows its path',
  why: `\`generic\` checks nothing but the path, and paths end up in the logs of proxies. Whoever has it makes Flux reconcile as
    often as they like. \`generic-hmac\` signs each request with the Receiver's secret, \`generic-oidc\` wants a token, and the
    types of the git hosts check what their host signs.`,
  hint: 'Use generic-hmac or generic-oidc, or the type of the host that calls.',
  reference: 'https://fluxcd.io/flux/components/notification/receivers/#generic-receiver',
  unless: 'Not where a gateway before it authenticates.',
  examples: {
    bad: yaml`
      apiVersion: notification.toolkit.fluxcd.io/v1
      kind: Receiver
      metadata: { name: builds, namespace: flux-system }
      spec:
        type: generic # expect: security/unauthenticated-receiver
        secretRef: { name: builds }
        resources: [{ kind: GitRepository, name: shop }]
    `,
    good: yaml`
      apiVersion: notification.toolkit.fluxcd.io/v1
      kind: Receiver
      metadata: { name: builds, namespace: flux-system }
      spec:
        type: generic-hmac
        secretRef: { name: builds }
        resources: [{ kind: GitRepository, name: shop }]
    `,
  },

  kinds: ['Receiver'],
  *object(receiver) {
    if (!receiver.apiVersion.startsWith('notification.toolkit.fluxcd.io/')) return;
    const type = receiver.node('/spec/type');
    if (type?.type !== 'scalar' || type.text !== 'generic') return;
    const at = receiver.origin('/spec/type');
    yield {
      at,
      message: `Receiver ${receiver.original.name} is of type generic${writtenBy(receiver, at)}: whoever knows its path makes Flux reconcile.`,
      related: definedAt(receiver, at),
    };
  },
});
