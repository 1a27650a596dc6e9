import type { RootOverrides } from '../kustomize/build.ts';
import { child, isTrue, type ListNode, type MapNode, type Node, type ScalarNode } from '../yaml/node.ts';

/** The fields that kustomize-controller writes into the root kustomization before it builds (fluxcd/pkg: kustomize_generator.go). */
const fields = ['targetNamespace', 'namePrefix', 'nameSuffix', 'patches', 'components', 'images', 'buildMetadata'] as const;

/**
 * What a Flux Kustomization writes over the root kustomization. Equal wishes from the same lines give the same object,
 * so that clusters which apply one directory in the same way share its build.
 *
 * @returns undefined where the Kustomization overrides nothing
 */
export const createOverrides = (): ((kustomization: MapNode) => RootOverrides | undefined) => {
  const interned = new Map<string, RootOverrides>();
  return (kustomization) => {
    const spec = child(kustomization, 'spec');
    const nodes = fields.map((field) => child(spec, field));
    if (nodes.every((node) => node === undefined)) return undefined;
    const ignoreMissing = child(spec, 'ignoreMissingComponents');
    const ignoreMissingComponents = isTrue(ignoreMissing);
    const key = `${ignoreMissingComponents}${nodes.map((node) => (node ? fingerprint(node) : '')).join('\u0000')}`;
    const known = interned.get(key);
    if (known) return known;
    const [targetNamespace, namePrefix, nameSuffix, patches, components, images, buildMetadata] = nodes;
    const overrides: RootOverrides = {
      at: { span: kustomization.span, via: kustomization.via },
      targetNamespace: scalar(targetNamespace),
      namePrefix: scalar(namePrefix),
      nameSuffix: scalar(nameSuffix),
      patches: list(patches),
      components: list(components),
      ignoreMissingComponents,
      images: list(images),
      buildMetadata: list(buildMetadata),
    };
    interned.set(key, overrides);
    return overrides;
  };
};

const scalar = (node: Node | undefined): ScalarNode | undefined => (node?.type === 'scalar' ? node : undefined);
const list = (node: Node | undefined): ListNode | undefined => (node?.type === 'list' ? node : undefined);

/** Values and where they were written: two trees with one fingerprint are the same wish. */
const fingerprint = (node: Node): string => {
  const place = `${node.span.path}:${node.span.start}`;
  switch (node.type) {
    case 'scalar':
      return `${place}${node.style}${JSON.stringify(node.text)}`;
    case 'list':
      return `${place}[${node.items.map(fingerprint).join()}]`;
    case 'map':
      return `${place}{${node.entries.map((entry) => `${entry.key.text}:${fingerprint(entry.value)}`).join()}}`;
    case 'unknown':
      return `${place}?`;
    default:
      return node satisfies never;
  }
};
