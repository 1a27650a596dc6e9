/** A composite resource, as the functions of a Composition see it: of a claim, with the defaults of its definition. */
import { mapNode, scalarNode, withEntry, withoutEntry } from '../../yaml/edit.ts';
import { child, type Entry, entryOf, isMap, itemsOf, type MapNode, type Node, stringAt, type UnknownNode } from '../../yaml/node.ts';
import { type Definition, schemaOf } from './kinds.ts';

/** @param object a composite resource or a claim */
export const compositeOf = (object: MapNode, definition: Definition, isClaim: boolean): MapNode => {
  const composite = isClaim ? ofClaim(object, definition) : object;
  const version = stringAt(object, 'apiVersion')?.split('/')[1];
  const filled = withDefaults(composite, schemaOf(definition, version));
  return isMap(filled) ? filled : composite;
};

/** Fields of a claim that are its own business (`claim.PropagateSpecFromClaimToComposite` of crossplane). */
const ownFields = ['resourceRef', 'writeConnectionSecretToRef', 'compositeDeletePolicy', 'publishConnectionDetailsTo'];

/** `internal/controller/apiextensions/claim` of crossplane 1: the name gets five random characters. */
const ofClaim = (claim: MapNode, { root }: Definition): MapNode => {
  const name = child(claim, 'metadata', 'name') ?? claim;
  const namespace = child(claim, 'metadata', 'namespace');
  const text = (value: string, at: Node) => scalarNode(value, at);
  const entry = (key: string, value: Node): Entry => ({ key: text(key, value), value });
  const generated: UnknownNode = {
    type: 'unknown',
    why: 'the end of the name is random',
    text: `${stringAt(name) ?? '(unknown)'}-(unknown)`,
    span: name.span,
    via: name.via,
  };
  const labels = [
    ...keptEntries(child(claim, 'metadata', 'labels')),
    entry('crossplane.io/claim-name', name),
    ...(namespace ? [entry('crossplane.io/claim-namespace', namespace)] : []),
  ];
  const annotations = keptEntries(child(claim, 'metadata', 'annotations'));
  const claimRef = mapNode(
    [
      entry('apiVersion', child(claim, 'apiVersion') ?? name),
      entry('kind', child(claim, 'kind') ?? name),
      entry('name', name),
      ...(namespace ? [entry('namespace', namespace)] : []),
    ],
    claim,
  );
  const spec = child(claim, 'spec');
  const copied = ownFields.reduce<MapNode>((map, field) => withoutEntry(map, field), isMap(spec) ? spec : mapNode([], claim));
  const metadata = mapNode(
    [
      entry('name', generated),
      entry('labels', mapNode(labels, claim)),
      ...(annotations.length > 0 ? [entry('annotations', mapNode(annotations, claim))] : []),
    ],
    child(claim, 'metadata') ?? claim,
  );
  const kind = child(root, 'spec', 'names', 'kind') ?? name;
  return mapNode(
    [
      entry('apiVersion', child(claim, 'apiVersion') ?? name),
      entry('kind', kind),
      entry('metadata', metadata),
      entry('spec', withEntry(copied, 'claimRef', claimRef)),
    ],
    claim,
  );
};

/** Labels and annotations that are not those of Kubernetes' own tools. */
const keptEntries = (node: Node | undefined): readonly Entry[] =>
  isMap(node) ? node.entries.filter(({ key }) => !/(?:kubernetes|k8s)\.io\//.test(key.text)) : [];

/** `default`s of a schema, where what they are in is there; an explicit null gets them too (apiextensions-apiserver, defaulting). */
const withDefaults = (node: Node, schema: Node | undefined): Node => {
  if (schema === undefined) return node;
  if (node.type === 'list') {
    const items = child(schema, 'items');
    return items ? { ...node, items: node.items.map((item) => withDefaults(item, items)) } : node;
  }
  if (node.type !== 'map') return node;
  const properties = child(schema, 'properties');
  let filled = node;
  for (const { key, value: property } of isMap(properties) ? properties.entries : []) {
    const known = entryOf(filled, key.text)?.value;
    const standard = child(property, 'default');
    const isNull = known?.type === 'scalar' && known.value === null && child(property, 'nullable') === undefined;
    const present = known === undefined || isNull ? standard : known;
    if (present) filled = withEntry(filled, key.text, withDefaults(present, property));
  }
  const others = child(schema, 'additionalProperties');
  if (!isMap(others)) return filled;
  const isOther = (name: string) => !isMap(properties) || entryOf(properties, name) === undefined;
  return {
    ...filled,
    entries: filled.entries.map(({ key, value }) => ({ key, value: isOther(key.text) ? withDefaults(value, others) : value })),
  };
};

/**
 * The composite resource that stands for all that may come: what the schema allows and nobody has set is unknown, what it
 * fills in by itself is known.
 */
export const symbolicComposite = (definition: Definition, composition: MapNode): MapNode => {
  const reference = child(composition, 'spec', 'compositeTypeRef') ?? composition;
  const version = stringAt(reference, 'apiVersion')?.split('/')[1];
  const schema = schemaOf(definition, version);
  const kind = stringAt(reference, 'kind') ?? 'composite resource';
  const why = (path: string) => `each ${kind} has its own ${path}`;
  const at = child(composition, 'metadata', 'name') ?? composition;
  const unknown = (path: string, { span, via }: Node): UnknownNode => ({ type: 'unknown', why: why(path), span, via });
  const entry = (key: string, value: Node): Entry => ({ key: scalarNode(key, value), value });
  const spec = child(schema, 'properties', 'spec');
  const metadata = ['name', 'namespace', 'labels', 'annotations', 'uid'].map((key) => entry(key, unknown(`metadata.${key}`, at)));
  return mapNode(
    [
      entry('apiVersion', child(reference, 'apiVersion') ?? at),
      entry('kind', child(reference, 'kind') ?? at),
      entry('metadata', mapNode(metadata, at)),
      entry('spec', spec === undefined ? unknown('spec', at) : symbolicValue(spec, 'spec', unknown)),
    ],
    at,
  );
};

const symbolicValue = (schema: Node, path: string, unknown: (path: string, at: Node) => UnknownNode): Node => {
  const standard = child(schema, 'default');
  if (standard) return standard;
  const allowed = itemsOf(child(schema, 'enum'));
  const [only] = allowed;
  if (allowed.length === 1 && only) return only;
  const properties = child(schema, 'properties');
  if (stringAt(schema, 'type') !== 'object' || !isMap(properties) || child(schema, 'additionalProperties')) return unknown(path, schema);
  return mapNode(
    properties.entries.map(({ key, value }) => ({ key, value: symbolicValue(value, `${path}.${key.text}`, unknown) })),
    schema,
  );
};
