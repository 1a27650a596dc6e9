/**
 * One use of a module: its names get values, lazily and once each; its resources and the modules that it calls are told
 * by instance (terraform: `internal/terraform/evaluate.go`).
 */
import { evaluate } from '../../../hcl/evaluate.ts';
import { fail } from '../../../hcl/failure.ts';
import type { Access, Resolved, Scope } from '../../../hcl/machine.ts';
import type { Attribute, Block, Expression } from '../../../hcl/syntax/tree.ts';
import { convert } from '../../../hcl/value/convert.ts';
import { anyType } from '../../../hcl/value/type.ts';
import { type HclObject, type HclUnknown, type HclValue, hclNull, hclObject, hclString, hclTuple } from '../../../hcl/value/value.ts';
import { memo } from '../../../model/memo.ts';
import type { Span } from '../../../model/span.ts';
import type { Multiplicity } from '../../generated.ts';
import { bodyValues } from './body-values.ts';
import { dataValue } from './data-sources.ts';
import { type Instance, type Instances, instancesOf } from './instances.ts';
import { attributeNamed, localSource, type Module, type ResourceBlock, readModule } from './read-module.ts';
import { attempted, type Memory, noteGap, type Run, remembered } from './run.ts';
import { type Constraint, readConstraint, withDefaults } from './type-constraint.ts';

export interface Argument {
  readonly value: HclValue;
  /** Where a person would mend it. */
  readonly span: Span;
}

export interface ModuleInstance {
  readonly run: Run;
  readonly module: Module;
  /** `path.module`. */
  readonly path: string;
  /** `module.tenant["billing"].`, empty for the root. */
  readonly address: string;
  readonly multiplicity: Multiplicity;
  readonly scope: (instance?: Instance) => Scope;
  readonly variable: (name: string, at: Span) => HclValue;
  readonly output: (name: string, at: Span) => HclValue;
  readonly calls: () => readonly ModuleCall[];
  readonly resourcesOf: (resource: ResourceBlock) => Resources;
}

/** A `module` block, and what it is of; no modules where that is not here. */
export interface ModuleCall {
  readonly name: string;
  readonly block: Block;
  readonly caller: ModuleInstance;
  readonly source: string;
  readonly type: Instances['type'];
  readonly open: HclUnknown | undefined;
  readonly instances: readonly { readonly instance: Instance; readonly module: ModuleInstance | undefined }[];
}

export interface ResourceInstance {
  readonly resource: ResourceBlock;
  readonly address: string;
  readonly instance: Instance;
  readonly values: HclObject;
  readonly multiplicity: Multiplicity;
  readonly module: ModuleInstance;
}

export interface Resources {
  readonly type: Instances['type'];
  readonly open: HclUnknown | undefined;
  readonly instances: readonly ResourceInstance[];
}

export interface InstanceInput {
  readonly run: Run;
  readonly module: Module;
  readonly path: string;
  readonly address: string;
  readonly depth: number;
  readonly multiplicity: Multiplicity;
  readonly argument: (name: string) => Argument | undefined;
}

const maxDepth = 8;

export const createInstance = (input: InstanceInput): ModuleInstance => {
  const { run, module, path, address, argument } = input;
  const memory: Memory = new Map();
  const once = (name: string, span: Span, make: () => HclValue) => remembered(memory, name, { run, span, address }, make);

  const variable = (name: string, at: Span): HclValue => {
    const block = module.variables.get(name);
    if (!block)
      return fail(
        `Reference to undeclared input variable: An input variable with the name ${JSON.stringify(name)} has not been declared`,
        at,
      );
    return once(`var.${name}`, at, () => variableValue(name, block, { self, given: argument(name), isRoot: address === '' }));
  };
  const local = (name: string, at: Span): HclValue => {
    const attribute = module.locals.get(name);
    if (!attribute)
      return fail(`Reference to undeclared local value: A local value with the name ${JSON.stringify(name)} has not been declared`, at);
    return once(`local.${name}`, attribute.nameSpan, () => evaluate(attribute.value, self.scope()));
  };
  const output = (name: string, at: Span): HclValue => {
    const block = module.outputs.get(name);
    const value = block && attributeNamed(block.body, 'value');
    if (!block) return fail(`Unsupported attribute: This object does not have an attribute named ${JSON.stringify(name)}`, at);
    return once(`output.${name}`, at, () => (value ? outputValue(block, evaluate(value.value, self.scope())) : hclNull()));
  };
  const resources = new Map<string, ResourceBlock>(
    module.resources.map((resource) => [`${resource.mode}.${resource.type}.${resource.name}`, resource]),
  );
  const remember = memo((resource: ResourceBlock): { found: Resources | undefined } => ({
    found: attempted(run, () => makeResources(resource, self)),
  }));
  const resourcesOf = (resource: ResourceBlock): Resources =>
    remember(resource).found ?? { type: 'single', open: undefined, instances: [] };
  let calls: readonly ModuleCall[] | undefined;

  const self: ModuleInstance = {
    run,
    module,
    path,
    address,
    multiplicity: input.multiplicity,
    variable,
    output,
    resourcesOf,
    calls: () => {
      if (calls) return calls;
      calls = [];
      calls = [...module.calls].flatMap(([name, block]) => attempted(run, () => callOf(name, block, self, input.depth)) ?? []);
      return calls;
    },
    scope: (instance) => ({
      machine: run.machine,
      names: noNames,
      item: undefined,
      isInTemplate: false,
      resolve: (name, steps, at) => resolve(name, steps, { at, instance, self, resources, variable, local, once }),
    }),
  };
  return self;
};

const noNames: ReadonlyMap<string, HclValue> = new Map();

interface Resolving {
  readonly at: Expression;
  readonly instance: Instance | undefined;
  readonly self: ModuleInstance;
  readonly resources: ReadonlyMap<string, ResourceBlock>;
  readonly variable: (name: string, at: Span) => HclValue;
  readonly local: (name: string, at: Span) => HclValue;
  readonly once: (name: string, span: Span, make: () => HclValue) => HclValue;
}

const resolve = (name: string, steps: readonly Access[], resolving: Resolving): Resolved => {
  const { at, instance, self, resources, variable, local } = resolving;
  const [first, second] = steps;
  const firstName = typeof first?.key === 'string' ? first.key : undefined;
  const span = first?.expression.span ?? at.span;
  switch (name) {
    case 'var':
      return firstName === undefined ? invalid(name, at) : { value: variable(firstName, span), used: 1 };
    case 'local':
      return firstName === undefined ? invalid(name, at) : { value: local(firstName, span), used: 1 };
    case 'path':
      return { value: pathValue(firstName, self, span), used: 1 };
    case 'terraform':
    case 'tofu':
      if (firstName !== 'workspace') return invalid(name, at);
      return { value: hclString(self.run.workspace, { span, via: [] }), used: 1 };
    case 'each': {
      const { each } = instance ?? {};
      if (!each || (firstName !== 'key' && firstName !== 'value')) {
        return fail(
          'Reference to "each" in context without for_each: The "each" object can be used only in "module" or "resource" blocks, and only when the "for_each" argument is set',
          span,
        );
      }
      return { value: each[firstName], used: 1 };
    }
    case 'count': {
      const index = instance?.index;
      return index
        ? { value: index, used: 1 }
        : fail('Reference to "count" in non-counted context: The "count" object can only be used when the "count" argument is set', span);
    }
    case 'resource': {
      // `resource.TYPE.NAME` says the same as `TYPE.NAME`.
      if (firstName === undefined) return invalid(name, at);
      const { value, used } = resolve(firstName, steps.slice(1), resolving);
      return { value, used: used + 1 };
    }
    case 'self':
      return { value: unknownOf('self', 'the object is known when it is applied', span, true), used: 0 };
    case 'module':
      return firstName === undefined ? invalid(name, at) : moduleValue(firstName, steps, resolving, span);
    case 'data': {
      const secondName = typeof second?.key === 'string' ? second.key : undefined;
      if (firstName === undefined || secondName === undefined) return invalid(name, at);
      const resource = resources.get(`data.${firstName}.${secondName}`);
      const where = second?.expression.span ?? span;
      if (!resource) return undeclared(`data.${firstName}.${secondName}`, where);
      return { value: resourceValue(resource, resolving, where), used: 2 };
    }
    default: {
      if (firstName === undefined) return invalid(name, at);
      const resource = resources.get(`managed.${name}.${firstName}`);
      return resource ? { value: resourceValue(resource, resolving, span), used: 1 } : undeclared(`${name}.${firstName}`, span);
    }
  }
};

const invalid = (name: string, { span }: Expression): never =>
  fail(`Invalid reference: A reference to ${JSON.stringify(name)} must be followed by attribute access`, span);

const undeclared = (address: string, span: Span): never =>
  fail(`Reference to undeclared resource: A resource ${address} has not been declared in this module`, span);

const unknownOf = (key: string, why: string, span: Span, isOfApply?: boolean): HclUnknown => ({
  type: 'unknown',
  of: anyType,
  why,
  key,
  at: { span, via: [] },
  isOfApply,
});

const pathValue = (name: string | undefined, { path }: ModuleInstance, span: Span): HclValue => {
  switch (name) {
    case 'module':
      return hclString(path, { span, via: [] });
    case 'root':
    // Where that lies is known on the machine alone; what is asked for below it is here all the same.
    case 'cwd':
      return hclString('.', { span, via: [] });
    default:
      return fail(`Invalid "path" attribute: The "path" object does not have an attribute named ${JSON.stringify(name ?? '')}`, span);
  }
};

// Variables and outputs

interface VariableContext {
  readonly self: ModuleInstance;
  readonly given: Argument | undefined;
  readonly isRoot: boolean;
}

const variableValue = (name: string, block: Block, { self, given, isRoot }: VariableContext): HclValue => {
  const { run } = self;
  const scope = self.scope();
  const typed = attributeNamed(block.body, 'type');
  const constraint: Constraint = typed ? (attempted(run, () => readConstraint(typed.value, scope)) ?? untyped) : untyped;
  const fallback = attributeNamed(block.body, 'default');
  const isNullable = literalOf(attributeNamed(block.body, 'nullable')) !== false;
  const isSensitive = literalOf(attributeNamed(block.body, 'sensitive')) === true;
  const finish = (value: HclValue): HclValue => (isSensitive ? { ...value, isSensitive } : value);
  const usesDefault = given === undefined || (given.value.type === 'null' && !isNullable);
  if (usesDefault && fallback) {
    const value = evaluate(fallback.value, scope);
    const made =
      value.type === 'null'
        ? { value: hclNull(constraint.type, value.at) }
        : convert(withDefaults(value, constraint.defaults), constraint.type);
    if ('value' in made) return finish(made.value);
    return fail(
      `Invalid default value for variable: This default value is not compatible with the variable's type constraint: ${made.problem}`,
      fallback.value.span,
    );
  }
  if (given === undefined) {
    const why = isRoot ? `var.${name} has no value here` : `var.${name} is not set`;
    return finish({ ...unknownOf(`${self.address}var.${name}`, why, block.header), of: constraint.type });
  }
  const made = convert(withDefaults(given.value, constraint.defaults), constraint.type);
  if ('value' in made) return finish(made.value);
  return fail(
    isRoot
      ? `Invalid value for input variable: The given value is not suitable for var.${name}: ${made.problem}`
      : `Invalid value for module argument: The given value is not suitable for child module variable ${JSON.stringify(name)}: ${made.problem}`,
    given.span,
    [{ at: { span: typed?.span ?? block.header, via: [] }, message: 'the type is declared here' }],
  );
};

const untyped: Constraint = { type: anyType, defaults: undefined };

const literalOf = (attribute: Attribute | undefined): string | number | boolean | null | undefined =>
  attribute?.value.type === 'literal' ? attribute.value.value : undefined;

const outputValue = (block: Block, value: HclValue): HclValue =>
  literalOf(attributeNamed(block.body, 'sensitive')) === true ? { ...value, isSensitive: true } : value;

// Modules

const callOf = (name: string, block: Block, caller: ModuleInstance, depth: number): ModuleCall => {
  const { run, module } = caller;
  const sourceAttribute = attributeNamed(block.body, 'source');
  const value = sourceAttribute && evaluate(sourceAttribute.value, caller.scope());
  const source = value?.type === 'string' ? value.value : '';
  const directory = localSource(module.directory, source);
  const found = directory === undefined || depth >= maxDepth ? undefined : readModule(run.files, directory);
  const { type, open, instances } = instancesOf(block.body, caller.scope(), run);
  const span = sourceAttribute?.value.span ?? block.header;
  if (found === undefined && directory !== undefined) noteGap(run, `the module ${source} is not in this repository`, span);
  else if (found === undefined && !isReadElsewhere(source))
    noteGap(run, `the module ${name} comes from ${source || 'somewhere'}, which is not read`, span);
  return {
    name,
    block,
    caller,
    source,
    type,
    open,
    instances: instances.map((instance) => ({
      instance,
      module: found && childOf(found, { name, block, caller, source, instance, depth }),
    })),
  };
};

/** The one module of a registry whose arguments say what it makes. */
export const isReadElsewhere = (source: string): boolean =>
  /(?:^|\/)terraform-kubernetes-flux-operator-bootstrap\b|flux-operator-bootstrap\/kubernetes/.test(source);

interface ChildInput {
  readonly name: string;
  readonly block: Block;
  readonly caller: ModuleInstance;
  readonly source: string;
  readonly instance: Instance;
  readonly depth: number;
}

const childOf = (module: Module, { name, block, caller, source, instance, depth }: ChildInput): ModuleInstance => {
  const scope = caller.scope(instance);
  const attributes = new Map(block.body.attributes.map((attribute) => [attribute.name, attribute]));
  return createInstance({
    run: caller.run,
    module,
    path: joined(caller.path, source),
    address: `${caller.address}module.${name}${instance.suffix}.`,
    depth: depth + 1,
    multiplicity: atMost(caller.multiplicity, instance.multiplicity),
    argument: (wanted) => {
      const attribute = attributes.get(wanted);
      return attribute && { value: evaluate(attribute.value, scope), span: attribute.value.span };
    },
  });
};

/** Go's `path.Join`, which is how Terraform makes `path.module`. */
const joined = (path: string, source: string): string => {
  const parts: string[] = [];
  for (const part of `${path}/${source}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/') || '.';
};

const atMost = (a: Multiplicity, b: Multiplicity): Multiplicity =>
  a === '0..n' || b === '0..n' ? '0..n' : a === '0..1' || b === '0..1' ? '0..1' : '1';

const moduleValue = (name: string, steps: readonly Access[], { self }: Resolving, span: Span): Resolved => {
  const block = self.module.calls.get(name);
  if (!block) return fail(`Reference to undeclared module: No module call named ${JSON.stringify(name)} is declared in this module`, span);
  const call = self.calls().find((candidate) => candidate.name === name);
  if (!call) return { value: unknownOf(`${self.address}module.${name}`, `module.${name} cannot be read`, span), used: 1 };
  const [, second, third] = steps;
  if (call.type === 'single') {
    const [only] = call.instances;
    if (typeof second?.key === 'string') return { value: outputOf(only?.module, call, second.key, second.expression.span), used: 2 };
    return { value: outputsOf(only?.module, call, span), used: 1 };
  }
  // One instance, one output: nothing else needs to be worked out.
  if (second && typeof second.key !== 'string' && typeof third?.key === 'string' && call.open === undefined) {
    const key = evaluate(second.key, self.scope());
    const found = call.instances.find(({ instance }) => instance.key && isSameKey(instance.key, key));
    if (found) return { value: outputOf(found.module, call, third.key, third.expression.span), used: 3 };
  }
  const made = call.instances.map(({ instance, module }) => ({ instance, value: outputsOf(module, call, span) }));
  return { value: collected(call, made, span), used: 1 };
};

const isSameKey = (a: HclValue, b: HclValue): boolean =>
  (a.type === 'string' || a.type === 'number') && (b.type === 'string' || b.type === 'number') && String(a.value) === String(b.value);

const outputOf = (module: ModuleInstance | undefined, call: ModuleCall, name: string, span: Span): HclValue =>
  module
    ? module.output(name, span)
    : unknownOf(`${call.caller.address}module.${call.name}.${name}`, `module.${call.name} is not read here`, span);

const outputsOf = (module: ModuleInstance | undefined, call: ModuleCall, span: Span): HclValue =>
  module
    ? hclObject(
        [...module.module.outputs.keys()].map((name) => [name, module.output(name, span)] as const),
        { span, via: [] },
      )
    : unknownOf(`${call.caller.address}module.${call.name}`, `module.${call.name} is not read here`, span);

/** The instances of a block as one value: an object by key, a tuple by index, or what the single one is. */
const collected = (
  { type, open }: Pick<ModuleCall, 'type' | 'open'>,
  made: readonly { readonly instance: Instance; readonly value: HclValue }[],
  span: Span,
): HclValue => {
  const at = { span, via: [] };
  if (type === 'count') {
    return open
      ? { ...open, of: anyType, key: `${open.key}.instances`, isOfApply: open.isOfApply }
      : hclTuple(
          made.map(({ value }) => value),
          at,
        );
  }
  if (type === 'single') return made[0]?.value ?? unknownOf(`instances:${span.path}:${span.start}`, 'it cannot be read', span);
  const entries = made.flatMap(({ instance, value }) => (instance.key?.type === 'string' ? [[instance.key.value, value] as const] : []));
  return { ...hclObject(entries, at), open };
};

// Resources

const makeResources = (resource: ResourceBlock, self: ModuleInstance): Resources => {
  const { run } = self;
  const { block, mode, type, name } = resource;
  const { type: kind, open, instances } = instancesOf(block.body, self.scope(), run);
  return {
    type: kind,
    open,
    instances: instances.map((instance) => ({
      resource,
      address: `${self.address}${mode === 'data' ? 'data.' : ''}${type}.${name}${instance.suffix}`,
      instance,
      values: bodyValues(block.body, self.scope(instance), run),
      multiplicity: atMost(self.multiplicity, instance.multiplicity),
      module: self,
    })),
  };
};

/** A resource as others see it: its arguments are constants in disguise, everything else is known when it is applied. */
const resourceValue = (resource: ResourceBlock, { self, once }: Resolving, span: Span): HclValue => {
  const name = `${resource.mode === 'data' ? 'data.' : ''}${resource.type}.${resource.name}`;
  return once(name, span, () => {
    const { type, open, instances } = self.resourcesOf(resource);
    const made = instances.map((one) => ({ instance: one.instance, value: seen(one) }));
    return collected({ type, open }, made, span);
  });
};

const seen = ({ resource, address, values, module }: ResourceInstance): HclValue => {
  const { mode, type, block } = resource;
  if (mode === 'data') return dataValue(type, values, { address, at: block.header, run: module.run, scope: module.scope() });
  const open = unknownOf(address, `${address} is made when it is applied`, block.header, true);
  const known =
    type === 'terraform_data' && values.entries.has('input')
      ? new Map([...values.entries, ['output', values.entries.get('input') ?? hclNull()]])
      : values.entries;
  return { ...values, entries: known, open };
};
