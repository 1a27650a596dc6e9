import { defineRule, isBefore, yaml } from '../../src/rule.ts';

export const invalidObject = defineRule({
  id: 'schema/invalid-object',
  severity: 'error',
  summary: 'An object of Kubernetes that its API server refuses',
  why: `Each field of the object is known and of the right type, and together they make no sense: a selector that does not find its
    own pods, a mount without a volume, two ports of one name, a schedule that cannot be read. The API server validates the whole
    object (\`is invalid\`) before anything is stored, and Flux applies nothing of the Kustomization that brings it. What counts is
    the object as it arrives, after all overlays and substitutions.`,
  reference: 'https://kubernetes.io/docs/reference/using-api/server-side-apply/',
  remedy: 'Change the field that the message names.',
  unless: `What an object lacks is not told where Flux is asked to share it (\`kustomize.toolkit.fluxcd.io/ssa: Merge\`) or to leave
    it alone, and is a warning for what distributions bring: another program may own the rest.`,
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: Service
      metadata: { name: billing, namespace: billing }
      spec:
        selector: { app: billing }
        ports:
          - name: http
            port: 80
          - port: 9090 # expect: schema/invalid-object
    `,
    good: yaml`
      apiVersion: v1
      kind: Service
      metadata: { name: billing, namespace: billing }
      spec:
        selector: { app: billing }
        ports:
          - name: http
            port: 80
          - name: metrics
            port: 9090
    `,
  },

  *object(object, { graph }) {
    const refusals = graph.schemas.refusals(object);
    if (refusals.length === 0) return;
    const root = graph.clusters.get(object.cluster)?.cluster.root;
    // Where nothing shows who applies an object, or patches of a root that is not in git may change it, it may come to have more.
    const isOpen =
      root?.evidence === 'unreached' || ((root?.evidence === 'layout' || root?.evidence === 'declared') && !object.owner.parent);
    const minor = graph.clusters.kubernetesMinor(object.cluster);
    for (const { type, pointer, message, since, mayBeOwnedByOthers } of refusals) {
      if (isOpen && type === 'missing') continue;
      const isRefused = since === undefined || (minor !== undefined && !isBefore(minor, since));
      yield {
        at: object.node(pointer)?.type === 'scalar' ? object.origin(pointer) : object.keyOrigin(pointer),
        message: isRefused
          ? `${message} The API server refuses the object, and Flux applies nothing beside it.`
          : `${message} The API server refuses ${minor === undefined ? `the object since Kubernetes ${since}; before, it refuses what is made of it` : 'what is made of the object'}: no pod starts.`,
        atMost: !isRefused || mayBeOwnedByOthers ? 'warning' : undefined,
      };
    }
  },
});
