import { defineRule, type MapNode, stringAt, yaml } from '../../src/rule.ts';

export const emptyInputsPrune = defineRule({
  id: 'generated/empty-inputs-prune',
  severity: 'warning',
  summary: 'Inputs that a filter can empty keep namespaces or volumes alive',
  why: `Where the providers of a ResourceSet give no inputs, the Flux Operator deletes everything that it made of them: that is how
    previews go. A filter of tags, branches or artifacts can match nothing for another reason, such as a new scheme of versions
    or a branch that is renamed, and a service can answer with an empty list. With a Namespace goes all that is in it, and with
    a volume claim its data.`,
  reference: 'https://fluxcd.control-plane.io/operator/resourceset/#garbage-collection',
  hint: 'Annotate it with fluxcd.controlplane.io/prune: disabled, or make it of inputs that are written down.',
  kinds: ['ResourceSet'],
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSetInputProvider
      metadata: { name: releases, namespace: flux-system }
      spec:
        type: GitHubTag
        url: https://github.com/example/shop
        filter: { semver: ">=1.0.0", limit: 1 }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: shop, namespace: flux-system }
      spec:
        inputsFrom:
          - name: releases
        resources:
          - apiVersion: v1 # expect: generated/empty-inputs-prune
            kind: Namespace
            metadata: { name: shop }
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSetInputProvider
      metadata: { name: releases, namespace: flux-system }
      spec:
        type: GitHubTag
        url: https://github.com/example/shop
        filter: { semver: ">=1.0.0", limit: 1 }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: shop, namespace: flux-system }
      spec:
        inputsFrom:
          - name: releases
        resources:
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: shop
              annotations:
                fluxcd.controlplane.io/prune: disabled
    `,
  },

  *object(object, { graph }) {
    const told = new Set<string>();
    for (const { root, at, inputs } of graph.generators.of(object)?.objects ?? []) {
      const kind = stringAt(root, 'kind') ?? '';
      if (!inputs?.types.some(mayBeEmpty) || !lasting.has(kind) || isKept(root)) continue;
      // Each set of inputs gives it anew.
      const place = `${at.span.path}:${at.span.start}`;
      if (told.has(place)) continue;
      told.add(place);
      const name = stringAt(root, 'metadata', 'name');
      yield {
        at,
        message: `${object.label} deletes ${name === undefined ? `each ${kind} that it makes` : `${kind} ${name}`} when ${inputs.label} is none.`,
        related: [{ at: inputs.at, message: 'it is made of these inputs' }],
      };
    }
  },
});

const lasting: ReadonlySet<string> = new Set(['Namespace', 'PersistentVolumeClaim', 'PersistentVolume']);

/** Of requests and environments it is meant: when one is closed, what it has made goes. */
const mayBeEmpty = (type: string): boolean => /(?:Branch|Tag|ExternalService)$/.test(type);

const isKept = (root: MapNode): boolean => stringAt(root, 'metadata', 'annotations', 'fluxcd.controlplane.io/prune') === 'disabled';
