import { type AppliedView, type ClusterView, defineRule, type Graph, grouped, groupOf, type Problem, yaml } from '../../src/rule.ts';

export const missingController = defineRule({
  id: 'references/missing-controller',
  severity: 'error',
  summary: 'Objects of a controller that this cluster does not have',
  why: `\`flux install\` and FluxInstance bring the custom resource definitions of a component together with it. Where the image
    controllers or source-watcher are not among the components, their objects cannot even be applied: the Kustomization that
    holds them fails with \`no matches for kind\`, and everything else of it with them (flux2: pkg/manifestgen/install; since
    kustomize-controller applies all or nothing in a stage). ExternalArtifacts are read only with the feature gate
    \`ExternalArtifact\` (kustomize-controller and helm-controller: internal/features/features.go).`,
  reference: 'https://fluxcd.io/flux/installation/configuration/optional-components/',
  remedy: 'Install the component: flux bootstrap --components-extra, or spec.components of the FluxInstance.',
  unless: 'Not where something else than this repository installs it.',
  examples: {
    bad: yaml`
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: { name: flux, namespace: flux-system }
      spec:
        distribution: { version: 2.x, registry: ghcr.io/fluxcd }
      ---
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImageRepository # expect: references/missing-controller
      metadata: { name: shop, namespace: flux-system }
      spec: { interval: 1h, image: example.com/shop }
    `,
    good: yaml`
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: { name: flux, namespace: flux-system }
      spec:
        distribution: { version: 2.x, registry: ghcr.io/fluxcd }
        components: [source-controller, kustomize-controller, image-reflector-controller]
      ---
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImageRepository
      metadata: { name: shop, namespace: flux-system }
      spec: { interval: 1h, image: example.com/shop }
    `,
  },

  *cluster(cluster, { graph }) {
    const installed = graph.clusters.installedControllers(cluster);
    if (!installed) return;
    // What is not at hand may bring it, but for a FluxInstance, which lists all.
    if (installed.by === 'flux bootstrap' && !graph.existence.isClosed(cluster)) return;
    const wanted = cluster.objects.flatMap((object) => {
      const controller = controllerOf(object);
      return controller === undefined || installed.names.has(controller) ? [] : [{ controller, object }];
    });
    for (const [controller, [{ object }, ...more]] of grouped(wanted, (one) => one.controller)) {
      yield {
        at: object.origin('/kind'),
        message: `${object.label}${more.length === 0 ? ' needs' : ` and ${more.length} more need`} ${controller}, and this cluster does not have it: ${object.owner.id} fails with "no matches for kind".`,
        hint:
          installed.by === 'flux operator'
            ? `Add ${controller} to the components of the FluxInstance.`
            : `Run flux bootstrap with --components-extra=${controller}.`,
        related: [
          { at: installed.place, message: 'the components of Flux are listed here' },
          ...more.slice(0, 5).map((one) => ({ at: one.object.origin('/kind'), message: `${one.object.label} needs it, too` })),
        ],
      };
    }
    if (installed.by === 'flux bootstrap' && installed.names.has('source-watcher')) yield* withoutGate(cluster, graph);
  },
});

const image = 'image.toolkit.fluxcd.io';
const controllers = new Map([
  [`${image}/ImageRepository`, 'image-reflector-controller'],
  [`${image}/ImagePolicy`, 'image-reflector-controller'],
  [`${image}/ImageUpdateAutomation`, 'image-automation-controller'],
  ['helm.toolkit.fluxcd.io/HelmRelease', 'helm-controller'],
  ['notification.toolkit.fluxcd.io/Alert', 'notification-controller'],
  ['notification.toolkit.fluxcd.io/Provider', 'notification-controller'],
  ['notification.toolkit.fluxcd.io/Receiver', 'notification-controller'],
  ['source.extensions.fluxcd.io/ArtifactGenerator', 'source-watcher'],
]);

const controllerOf = ({ apiVersion, kind }: AppliedView): string | undefined => controllers.get(`${groupOf(apiVersion)}/${kind}`);

/** With source-watcher, the Flux Operator sets the gate by itself. */
const withoutGate = function* (cluster: ClusterView, graph: Graph): Generator<Problem> {
  const readers = [
    ...cluster.kustomizations.map((object) => ({ object, controller: 'kustomize-controller', field: '/spec/sourceRef' })),
    ...cluster.ownReleases.map((object) => ({ object, controller: 'helm-controller', field: '/spec/chartRef' })),
  ];
  for (const { object, controller, field } of readers) {
    const kind = object.node(`${field}/kind`);
    if (kind?.type !== 'scalar' || kind.text !== 'ExternalArtifact') continue;
    if (graph.clusters.controllers.featureGate({ cluster, controller, name: 'ExternalArtifact' }) !== 'off') continue;
    yield {
      at: object.origin(`${field}/kind`),
      message: `${object.label} takes an ExternalArtifact, and ${controller} runs without the feature gate of that name: it refuses it.`,
      hint: `Patch ${controller} with --feature-gates=ExternalArtifact=true.`,
    };
  }
};
