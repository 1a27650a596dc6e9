/** What carriers read of a resource, and how they say what it makes. */
import { hasHole } from '../../../gotemplate/hole.ts';
import type { HclValue } from '../../../hcl/value/value.ts';
import type { Origin, Step } from '../../../model/origin.ts';
import { fromValue, withEntry } from '../../../yaml/edit.ts';
import type { MapNode, Node, UnknownNode, Value } from '../../../yaml/node.ts';
import type { TerraformObject } from '../made.ts';
import type { ModuleInstance, ResourceInstance } from '../module/instance.ts';
import { attributeNamed } from '../module/read-module.ts';
import type { Run } from '../module/run.ts';
import { toNode } from '../to-node.ts';

export interface CarrierContext {
  readonly run: Run;
  readonly root: ModuleInstance;
}

export const get = (values: HclValue | undefined, ...names: readonly string[]): HclValue | undefined => {
  let here = values;
  for (const name of names) {
    if (here && 'items' in here) here = here.items[0];
    here = here && 'entries' in here ? here.entries.get(name) : undefined;
  }
  return here?.type === 'null' ? undefined : here;
};

/** A text that is known as a whole. */
export const textAt = (values: HclValue | undefined, ...names: readonly string[]): string | undefined => {
  const found = get(values, ...names);
  return found?.type === 'string' && !hasHole(found.value) ? found.value : undefined;
};

const boolAt = (values: HclValue | undefined, ...names: readonly string[]): boolean | undefined => {
  const found = get(values, ...names);
  return found?.type === 'bool' ? found.value : undefined;
};

export const resourceOrigin = ({ resource }: ResourceInstance): Origin => ({ span: resource.block.header, via: [] });

/** The step that says which resource makes it. */
export const stepOf = ({ resource, address }: ResourceInstance): Step => ({ type: 'terraform', at: resource.block.header, field: address });

export const objectOf = (root: MapNode, at: Origin, resource: ResourceInstance): TerraformObject => ({
  root: { ...root, via: [...root.via, stepOf(resource)] },
  at,
  multiplicity: resource.multiplicity,
  inputs: undefined,
  address: resource.address,
  type: resource.resource.type,
  resource: resourceOrigin(resource),
  isHandedOver: ignoresChanges(resource) || boolAt(resource.values, 'apply_only') === true,
});

const ignoresChanges = ({ resource: { block } }: ResourceInstance): boolean =>
  block.body.blocks.some(({ type, body }) => type === 'lifecycle' && attributeNamed(body, 'ignore_changes') !== undefined);

/** A tree of plain values and of nodes, at the place of whoever asked for it. */
export type Sketch = Value | Node | undefined | { readonly [key: string]: Sketch };

/** What is undefined is left out. */
export const sketched = (sketch: { readonly [key: string]: Sketch }, at: Origin): MapNode => {
  let map: MapNode = { type: 'map', entries: [], span: at.span, via: at.via };
  for (const [key, value] of Object.entries(sketch)) {
    if (value === undefined) continue;
    map = withEntry(map, key, isNode(value) ? value : isSketch(value) ? sketched(value, at) : fromValue(value, at));
  }
  return map;
};

const isNode = (value: Sketch): value is Node =>
  typeof value === 'object' && value !== null && 'span' in value && 'type' in value && 'via' in value;

const isSketch = (value: Sketch): value is { readonly [key: string]: Sketch } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isNode(value);

/** An argument as a node; undefined where it is not set. */
export const nodeAt = (
  values: HclValue | undefined,
  context: CarrierContext,
  at: Origin,
  ...names: readonly string[]
): Node | undefined => {
  const found = get(values, ...names);
  return found && toNode(found, { holes: context.run.machine.holes, at });
};

/** @param text what is known of it */
export const unknownNode = (why: string, { span, via }: Origin, text?: string): UnknownNode => ({
  type: 'unknown',
  why,
  span,
  via,
  ...(text === undefined ? {} : { text }),
});
