import { child, defineRule, isMap, type MapNode, type Node, type Origin, stringAt, yaml } from '../../src/rule.ts';

export const untrustedInputs = defineRule({
  id: 'generated/untrusted-inputs',
  severity: 'error',
  summary: 'Whoever opens a request decides what the cluster runs',
  why: `A provider of pull or merge requests gives what strangers write. A Kustomization or a HelmRelease that takes its content from
    the commit of a request, and names no account, applies it with the rights of the controller: whoever opens a request is
    cluster-admin. And a title that stands in YAML without quotes is read as YAML: one \`: \` in it, and nothing of the
    ResourceSet is made for anybody.`,
  reference: 'https://fluxcd.control-plane.io/operator/resourceset/#role-based-access-control',
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
      metadata: { name: pull-requests, namespace: flux-system }
      spec: { type: GitHubPullRequest, url: "https://github.com/example/shop" }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: previews, namespace: flux-system }
      spec:
        inputsFrom:
          - name: pull-requests
        resources:
          - apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata:
              name: shop-<< inputs.id >>
              namespace: previews
              annotations:
                title: << inputs.title >> # expect: generated/untrusted-inputs
            spec:
              interval: 5m
              url: https://github.com/example/shop
              ref:
                commit: << inputs.sha >>
          - apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: shop-<< inputs.id >>
              namespace: previews
            spec: # expect: generated/untrusted-inputs
              interval: 10m
              path: ./deploy
              prune: true
              sourceRef:
                kind: GitRepository
                name: shop-<< inputs.id >>
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
      metadata: { name: pull-requests, namespace: flux-system }
      spec: { type: GitHubPullRequest, url: "https://github.com/example/shop" }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: previews, namespace: flux-system }
      spec:
        inputsFrom:
          - name: pull-requests
        resources:
          - apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata:
              name: shop-<< inputs.id >>
              namespace: previews
              annotations:
                title: << inputs.title | quote >>
            spec:
              interval: 5m
              url: https://github.com/example/shop
              ref:
                commit: << inputs.sha >>
          - apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: shop-<< inputs.id >>
              namespace: previews
            spec:
              serviceAccountName: preview
              interval: 10m
              path: ./deploy
              prune: true
              sourceRef:
                kind: GitRepository
                name: shop-<< inputs.id >>
    `,
  },

  *object(object, { graph }) {
    const made = graph.generators.of(object);
    const cluster = graph.clusters.get(object.cluster);
    if (!made || !cluster) return;
    for (const { at, key } of atEachPlace(made.freeTexts)) {
      const message = `The ${key} of a request stands here without quotes: with ": " in it, nothing of ${object.label} is made for anybody.`;
      yield { at, message, hint: `Quote it: << inputs.${key} | quote >>.` };
    }
    const { defaultServiceAccount } = graph.clusters.lockdown(cluster);
    if (defaultServiceAccount === 'set') return;
    for (const { root, inputs } of made.objects) {
      if (!inputs?.requests || !actsWithoutAccount(root)) continue;
      if (!comesFromRequest(root, made.objects)) continue;
      const spec = isMap(root) ? root.entries.find(({ key }) => key.text === 'spec')?.key : undefined;
      yield {
        at: spec ?? root,
        message: `${stringAt(root, 'kind')} of ${inputs.label} names no account and applies what the request holds with the rights of the controller: cluster-admin.`,
        hint: 'Set serviceAccountName to an account that may write in the namespace of the preview only.',
        related: [{ at: inputs.at, message: 'this gives the inputs' }],
        // Who may label a request decides, where only labelled ones count.
        atMost: inputs.requests === 'open' && defaultServiceAccount === 'missing' ? undefined : 'warning',
      };
    }
  },
});

const actsWithoutAccount = (root: MapNode): boolean =>
  /^(?:Kustomization|HelmRelease)$/.test(stringAt(root, 'kind') ?? '') &&
  /toolkit\.fluxcd\.io\//.test(stringAt(root, 'apiVersion') ?? '') &&
  child(root, 'spec', 'serviceAccountName') === undefined &&
  child(root, 'spec', 'kubeConfig') === undefined;

/** Whether its source, which the same set makes, follows the commit, the branch or the tag of a request. */
const comesFromRequest = (root: MapNode, objects: readonly { readonly root: MapNode }[]): boolean => {
  const references = [
    ['spec', 'sourceRef'],
    ['spec', 'chartRef'],
    ['spec', 'chart', 'spec', 'sourceRef'],
  ].map((path) => child(root, ...path));
  return objects.some(
    (source) =>
      isUnknown(child(source.root, 'spec', 'ref')) &&
      references.some(
        (reference) =>
          textOf(child(reference, 'name')) === textOf(child(source.root, 'metadata', 'name')) &&
          stringAt(reference, 'kind') === stringAt(source.root, 'kind'),
      ),
  );
};

const isUnknown = (node: Node | undefined): boolean =>
  node?.type === 'unknown' || (isMap(node) && node.entries.some(({ value }) => isUnknown(value)));

/** With the holes that stand in it: the same set of inputs fills both. */
const textOf = (node: Node | undefined): string | undefined => (node?.type === 'unknown' ? node.text : stringAt(node));

/** A template gives one for each set of inputs. */
const atEachPlace = <T extends { readonly at: Origin }>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [`${one.at.span.path}:${one.at.span.start}`, one] as const)).values(),
];
