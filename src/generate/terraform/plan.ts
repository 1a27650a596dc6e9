/**
 * A plan (`terraform show -json PLAN`) → the resources it makes, every value exact. What only applying tells is left out of
 * `values` and marked in `after_unknown`: it comes back as unknown. A plan has no lines: those are the resource's of the same
 * address in the root module.
 */

import { anyType } from '../../hcl/value/type.ts';
import type { HclUnknown, HclValue } from '../../hcl/value/value.ts';
import { hclBool, hclNull, hclNumber, hclObject, hclString, hclTuple } from '../../hcl/value/value.ts';
import type { Origin } from '../../model/origin.ts';
import { withoutIndices } from './addresses.ts';
import type { ModuleInstance, ResourceInstance } from './module/instance.ts';
import type { ResourceBlock } from './module/read-module.ts';

export interface Plan {
  /** What it was read from. */
  readonly path: string;
  readonly resources: readonly PlannedResource[];
}

interface PlannedResource {
  readonly address: string;
  /** Of the module, without indices: `module.a.module.b`; empty for the root. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly values: unknown;
  readonly unknown: unknown;
  readonly sensitive: unknown;
}

/** Undefined for a text that is no plan. */
export const readPlan = (path: string, text: string): Plan | undefined => {
  const plan = parsed(text);
  if (!isRecord(plan) || typeof at(plan, 'format_version') !== 'string') return undefined;
  const root = at(plan, 'planned_values', 'root_module');
  if (!isRecord(root)) return undefined;
  const changes = new Map(
    listOf(at(plan, 'resource_changes')).map((change) => [String(at(change, 'address')), at(change, 'change')] as const),
  );
  const resources: PlannedResource[] = [];
  const visit = (module: unknown): void => {
    for (const resource of listOf(at(module, 'resources'))) {
      if (at(resource, 'mode') !== 'managed') continue;
      const address = String(at(resource, 'address'));
      const change = changes.get(address);
      resources.push({
        address,
        module: withoutIndices(String(at(module, 'address') ?? '')),
        type: String(at(resource, 'type')),
        name: String(at(resource, 'name')),
        values: at(resource, 'values'),
        unknown: at(change, 'after_unknown'),
        sensitive: at(change, 'after_sensitive'),
      });
    }
    for (const child of listOf(at(module, 'child_modules'))) visit(child);
  };
  visit(root);
  return { path, resources };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

type Record = { readonly [key: string]: unknown };

const isRecord = (value: unknown): value is Record => typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce((here, key) => (isRecord(here) ? here[key] : undefined), value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** How many of its resources a root module has: the one that has most of them is the one that was planned. */
export const fits = ({ resources }: Plan, root: ModuleInstance): number =>
  resources.filter((resource) => resourceBlock(resource, root) !== undefined).length;

/** The resources of a plan, as if they had been evaluated. */
export const plannedResources = ({ resources }: Plan, root: ModuleInstance): readonly ResourceInstance[] =>
  resources.flatMap((planned): readonly ResourceInstance[] => {
    const found = resourceBlock(planned, root);
    if (found === undefined) return [];
    const { block, module } = found;
    const { address, type } = planned;
    const where = new Map(block.block.body.attributes.map(({ name, value }) => [name, value.span] as const));
    const header: Origin = { span: block.block.header, via: [] };
    const values = overlaid(planned.values, planned, { address, at: header });
    const placed =
      values.type === 'object'
        ? hclObject(
            [...values.entries].map(([name, value]) => {
              const span = where.get(name);
              return [name, span ? { ...value, at: { span, via: [] } } : value] as const;
            }),
            header,
          )
        : hclObject([], header);
    const instance = { suffix: '', key: undefined, each: undefined, index: undefined, multiplicity: '1' as const };
    return [{ resource: { ...block, type }, address, instance, values: placed, multiplicity: '1', module }];
  });

const resourceBlock = (
  { module: path, type, name }: PlannedResource,
  root: ModuleInstance,
): { readonly block: ResourceBlock; readonly module: ModuleInstance } | undefined => {
  const steps = path === '' ? [] : path.split('.').filter((_, index) => index % 2 === 1);
  let module: ModuleInstance | undefined = root;
  for (const step of steps) {
    module = module
      ?.calls()
      .find((call) => call.name === step)
      ?.instances.find((each) => each.module)?.module;
  }
  const block = module?.module.resources.find(
    (resource) => resource.mode === 'managed' && resource.type === type && resource.name === name,
  );
  return module && block && { block, module };
};

interface Mask {
  readonly unknown: unknown;
  readonly sensitive: unknown;
}

interface Context {
  readonly address: string;
  readonly at: Origin;
}

/** A value with what is unknown of it, and what is sensitive. */
const overlaid = (value: unknown, { unknown, sensitive }: Mask, context: Context): HclValue => {
  if (unknown === true) return unknownAt(context);
  const made = ofJson(value, { unknown, sensitive }, context);
  return sensitive === true ? { ...made, isSensitive: true } : made;
};

const unknownAt = ({ address, at: place }: Context): HclUnknown => ({
  type: 'unknown',
  of: anyType,
  why: `${address} is known when it is applied`,
  key: address,
  at: place,
  isOfApply: true,
});

const ofJson = (value: unknown, { unknown, sensitive }: Mask, context: Context): HclValue => {
  const inner = (key: string | number): Context => ({ ...context, address: `${context.address}.${key}` });
  if (Array.isArray(value) || Array.isArray(unknown)) {
    const [items, masks, secrets] = [listOf(value), listOf(unknown), listOf(sensitive)];
    const count = Math.max(items.length, masks.length);
    return hclTuple(
      Array.from({ length: count }, (_, index) =>
        overlaid(items[index], { unknown: masks[index], sensitive: secrets[index] }, inner(index)),
      ),
      context.at,
    );
  }
  if (isRecord(value) || isRecord(unknown)) {
    const names = new Set([...Object.keys(isRecord(value) ? value : {}), ...Object.keys(isRecord(unknown) ? unknown : {})]);
    const entries = [...names].map(
      (name) => [name, overlaid(at(value, name), { unknown: at(unknown, name), sensitive: at(sensitive, name) }, inner(name))] as const,
    );
    return hclObject(entries, context.at);
  }
  switch (typeof value) {
    case 'string':
      return hclString(value, context.at);
    case 'number':
      return hclNumber(value, context.at);
    case 'boolean':
      return hclBool(value, context.at);
    default:
      return hclNull(anyType, context.at);
  }
};
