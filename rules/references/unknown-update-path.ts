import { type AppliedView, defineRule, type Graph, normalise, stringAt, yaml } from '../../src/rule.ts';

export const unknownUpdatePath = defineRule({
  id: 'references/unknown-update-path',
  severity: 'warning',
  summary: 'update.path of an ImageUpdateAutomation is no directory of its repository',
  why: `The automation looks for image markers below \`update.path\` of its checkout (image-automation-controller:
    internal/policy/applier.go, ApplyPolicies). Where there is no such directory it has nothing to write: no image is ever
    updated, and the policies look as healthy as before.`,
  reference: 'https://fluxcd.io/flux/components/image/imageupdateautomations/#path',
  remedy: 'Write the directory, from the root of the repository, that holds the manifests with the markers.',
  examples: {
    bad: yaml`
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImageUpdateAutomation
      metadata: { name: apps, namespace: flux-system }
      spec:
        interval: 1h
        sourceRef: { kind: GitRepository, name: flux-system }
        update:
          path: ./sync # expect: references/unknown-update-path
    `,
    good: yaml`
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImageUpdateAutomation
      metadata: { name: apps, namespace: flux-system }
      spec:
        interval: 1h
        sourceRef: { kind: GitRepository, name: flux-system }
        update:
          path: ./clusters
    `,
  },

  kinds: ['ImageUpdateAutomation'],
  *object(automation, { graph }) {
    const written = stringAt(automation.root, 'spec', 'update', 'path');
    if (written === undefined || written.includes('${') || !graph.images.isUpdatedHere(automation)) return;
    const directory = normalise(written);
    if (directory === undefined || directory === '' || graph.files.isDirectory(directory)) return;
    yield {
      at: automation.origin('/spec/update/path'),
      message: `${automation.label} updates below ${directory}, and its repository has no such directory: it never writes anything.`,
      hint: hintFor(automation, graph),
    };
  },
});

const hintFor = ({ namespace }: AppliedView, graph: Graph): string | undefined => {
  const [first] = graph.images.markers().filter((marker) => marker.namespace === namespace);
  return first && `Markers of ${namespace ?? ''} are in ${first.path}, for one.`;
};
