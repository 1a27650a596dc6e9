/** `kubectl_manifest` (gavinbunney, alekc) and `kubernetes_manifest`: an object as text, or as a value. */
import { hasHole } from '../../../gotemplate/hole.ts';
import { originIn } from '../../../hcl/value/text.ts';
import type { HclString, HclValue } from '../../../hcl/value/value.ts';
import type { Origin } from '../../../model/origin.ts';
import { scalarNode, withEntry } from '../../../yaml/edit.ts';
import { child, isMap, type MapNode } from '../../../yaml/node.ts';
import type { Multiplicity } from '../../generated.ts';
import { identityOf } from '../../resource-set/identity.ts';
import { mergeWorlds } from '../../resource-set/merge-worlds.ts';
import { readAll } from '../../resource-set/read-objects.ts';
import { documentsIn } from '../documents.ts';
import type { TerraformObject } from '../made.ts';
import type { ResourceInstance } from '../module/instance.ts';
import { noteGap, reportError } from '../module/run.ts';
import { toNode } from '../to-node.ts';
import { type CarrierContext, get, objectOf, resourceOrigin, textAt } from './context.ts';

export interface ReadManifest {
  readonly root: MapNode;
  readonly at: Origin;
  readonly multiplicity: Multiplicity;
}

/** The provider takes the first document and says nothing of the others. */
export const kubectlManifest = (resource: ResourceInstance, context: CarrierContext): readonly TerraformObject[] => {
  const { values } = resource;
  const body = get(values, 'yaml_body') ?? get(values, 'yaml_body_wo');
  if (body === undefined) return [];
  const namespace = get(values, 'override_namespace');
  return eachWay(body, (text) => manifestsIn(firstDocument(text, resource, context), resource, context)).map(
    ({ root, at, multiplicity }) => {
      const metadata = child(root, 'metadata');
      const name = textAt(values, 'override_namespace');
      const place = namespace?.at ?? resourceOrigin(resource);
      const moved = name && isMap(metadata) ? withEntry(root, 'metadata', withEntry(metadata, 'namespace', scalarNode(name, place))) : root;
      const made = objectOf(moved, at, resource);
      return multiplicity === '1' ? made : { ...made, multiplicity };
    },
  );
};

const firstDocument = (text: HclString, { resource, address }: ResourceInstance, { run }: CarrierContext): HclString => {
  const documents = documentsIn(text);
  const [first, second] = documents;
  if (first && second) {
    const header: Origin = { span: resource.block.header, via: [] };
    const at = originIn(second, header)(0);
    reportError(run, {
      type: 'multi-document',
      message: `yaml_body of ${address} holds ${documents.length} documents: the provider applies the first and says nothing of the others.`,
      at,
      related: [{ at: header, message: 'the resource' }],
    });
  }
  return first ?? text;
};

/** Every object of a text, where each part of it was written. */
export const manifestsIn = (text: HclString, { resource, address }: ResourceInstance, { run }: CarrierContext): readonly ReadManifest[] => {
  const header: Origin = { span: resource.block.header, via: [] };
  const originAt = originIn(text, text.at ?? header);
  const result = readAll({
    rendered: { text: text.value, originAt, isRepeatedAt: () => false },
    holes: run.machine.holes,
    before: undefined,
    freeTexts: [],
  });
  if (result.type === 'read') return result.objects.map(({ root, start }) => ({ root, at: originAt(start), multiplicity: '1' as const }));
  if (hasHole(text.value)) noteGap(run, `what ${address} applies depends on something unknown`, header.span);
  else {
    const related = [{ at: header, message: `${address} applies it` }];
    reportError(run, {
      type: 'broken-yaml',
      message: `What is rendered is no object of Kubernetes: ${result.message}.`,
      at: originAt(result.offset),
      related,
    });
  }
  return [];
};

/** What either of two ways gives; what only one of them does is there or not. */
export const eachWay = (value: HclValue, read: (text: HclString) => readonly ReadManifest[]): readonly ReadManifest[] => {
  if (value.type === 'string') return read(value);
  if (value.type !== 'unknown' || value.ways === undefined) return [];
  const [one, other] = value.ways.map((way) => eachWay(way, read));
  return united(one ?? [], other ?? []);
};

const united = (one: readonly ReadManifest[], other: readonly ReadManifest[]): readonly ReadManifest[] => {
  const rest = new Map(other.map((manifest) => [identityOf(manifest.root), manifest] as const));
  const both = one.map((manifest): ReadManifest => {
    const twin = rest.get(identityOf(manifest.root));
    rest.delete(identityOf(manifest.root));
    return twin ? { ...manifest, root: mergeWorlds(manifest.root, twin.root) } : { ...manifest, multiplicity: '0..1' };
  });
  return [...both, ...[...rest.values()].map((manifest) => ({ ...manifest, multiplicity: '0..1' as const }))];
};

export const kubernetesManifest = (resource: ResourceInstance, context: CarrierContext): readonly TerraformObject[] => {
  const manifest = get(resource.values, 'manifest');
  return manifest ? objectsOf(manifest, resource, context) : [];
};

const objectsOf = (value: HclValue, resource: ResourceInstance, context: CarrierContext): readonly TerraformObject[] => {
  const at = resourceOrigin(resource);
  if (value.type === 'unknown' && value.ways) {
    const [one, other] = value.ways.map((way) => objectsOf(way, resource, context));
    return united(one ?? [], other ?? []).map((object) => ({
      ...objectOf(object.root, object.at, resource),
      multiplicity: object.multiplicity,
    }));
  }
  const node = toNode(value, { holes: context.run.machine.holes, at });
  if (!isMap(node)) {
    if (node.type === 'unknown') noteGap(context.run, `what ${resource.address} applies is unknown: ${node.why}`, at.span);
    return [];
  }
  return [objectOf(node, value.at ?? at, resource)];
};
