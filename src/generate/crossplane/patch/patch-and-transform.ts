/**
 * function-patch-and-transform: bases and patches → composed resources (`fn.go`). Nothing is observed yet, as in the first
 * round of every composite resource: patches from a composed resource do nothing.
 */
import { carried } from '../../../kustomize/resource/steps.ts';
import type { Step } from '../../../model/origin.ts';
import { mapNode } from '../../../yaml/edit.ts';
import { child, isMap, itemsOf, type MapNode, type Node, stringAt } from '../../../yaml/node.ts';
import type { GeneratorError } from '../../generated.ts';
import { type Composed, fatal, type PipelineState, type StepInput, type StepResult } from '../pipeline-state.ts';
import { applyPatch, type Dialect, isRequired, type PatchInput, patchType, sidesOf } from './patch.ts';
import { refusedInput } from './validate-input.ts';

export const patchAndTransform = ({ composite, state, input, step }: StepInput, dialect: Dialect = 'function'): StepResult => {
  const refused = dialect === 'function' ? refusedInput(input) : undefined;
  if (refused) return fatal(state, `invalid Function input: ${refused.message}`, refused.at);
  const sets = patchSetsOf(input);
  const templates = itemsOf(child(input, 'resources'));
  const environmentPatches = itemsOf(child(input, 'environment', 'patches'));

  let environment = state.environment;
  for (const [index, patch] of environmentPatches.entries()) {
    const result =
      environment?.type === 'unknown'
        ? environment
        : environmentPatch({ patch, from: composite, to: environment ?? mapNode([], patch), step, dialect });
    if (typeof result === 'string')
      return fatal(state, `cannot apply the "${patchType(patch)}" environment patch at index ${index}: ${result}`, patch);
    environment = result;
  }

  const desired = new Map(state.desired);
  for (const [index, template] of templates.entries()) {
    const name = stringAt(template, 'name') ?? (dialect === 'native' ? `#${index}` : '');
    const made = composed({ template, name }, { composite, environment, sets, step, dialect, before: desired });
    if (made.type === 'fatal') return { state, gaps: [], errors: [made.error] };
    if (made.type === 'composed') desired.set(name, made.resource);
  }
  return { state: { desired, environment }, gaps: [], errors: [] };
};

/** By their names. */
type PatchSets = ReadonlyMap<string, readonly Node[]>;

export const patchSetsOf = (input: Node): PatchSets =>
  new Map(itemsOf(child(input, 'patchSets')).map((set) => [stringAt(set, 'name') ?? '', itemsOf(child(set, 'patches'))] as const));

/** The patches of a template, those of its sets in their place; the message where one is not there. */
const patchesOf = (template: Node, sets: PatchSets): readonly Node[] | { readonly message: string; readonly at: Node } => {
  const all: Node[] = [];
  for (const patch of itemsOf(child(template, 'patches'))) {
    if (patchType(patch) !== 'PatchSet') {
      all.push(patch);
      continue;
    }
    const name = stringAt(patch, 'patchSetName') ?? '';
    const inside = sets.get(name);
    if (inside === undefined)
      return { message: `cannot resolve PatchSets: cannot find PatchSet by name ${name}`, at: child(patch, 'patchSetName') ?? patch };
    const nested = inside.find((other) => patchType(other) === 'PatchSet');
    if (nested) return { message: 'cannot resolve PatchSets: a patch in a PatchSet cannot be of type PatchSet', at: nested };
    all.push(...inside);
  }
  return all;
};

/** The environment after a patch; the message where it fails. Patches to the composite resource reach its status alone. */
const environmentPatch = (input: PatchInput): MapNode | string => {
  const { patch, to } = input;
  const isToEnvironment = ['FromCompositeFieldPath', 'ToEnvironmentFieldPath', 'CombineFromComposite'].includes(patchType(patch));
  if (!isToEnvironment) return to;
  const result = applyPatch(input);
  if (result.type === 'patched') return result.root;
  return result.type === 'missing' && !isRequired(patch) ? to : result.message;
};

interface Surroundings {
  readonly composite: MapNode;
  readonly environment: PipelineState['environment'];
  readonly sets: PatchSets;
  readonly step: Step;
  readonly dialect: Dialect;
  readonly before: ReadonlyMap<string, Composed>;
}

type Made =
  | { readonly type: 'composed'; readonly resource: Composed }
  /** A required field is not there yet. */
  | { readonly type: 'held' }
  | { readonly type: 'fatal'; readonly error: GeneratorError };

interface Template {
  readonly template: Node;
  readonly name: string;
}

const composed = ({ template, name }: Template, { composite, environment, sets, step, dialect, before }: Surroundings): Made => {
  const fatally = (message: string, at: Node): Made => ({ type: 'fatal', error: { type: 'invalid', message, at } });
  const patches = patchesOf(template, sets);
  if ('message' in patches) return fatally(patches.message, patches.at);
  const start = startOf(template, name, step, before);
  if (start === undefined) {
    const message = `composed resource "${name}" has no base template, and was not produced by a previous Function in the pipeline`;
    return fatally(message, template);
  }
  let { root, multiplicity } = start;
  for (const [index, patch] of patches.entries()) {
    const type = patchType(patch);
    const sides = sidesOf(type);
    if (sides === undefined) return fatally(`invalid Function input: unknown patch type ${type}`, child(patch, 'type') ?? patch);
    if (sides.to !== 'composed') continue;
    const from = sides.from === 'composite' ? composite : (environment ?? mapNode([], patch));
    const result = applyPatch({ patch, from, to: root, step, dialect });
    if (result.type === 'patched') {
      root = result.root;
      if (result.isUncertain && isRequired(patch) && multiplicity === '1') multiplicity = '0..1';
    } else if (result.type === 'failed')
      return fatally(`cannot render composed resource "${name}" "${type}" patch at index ${index}: ${result.message}`, patch);
    else if (isRequired(patch)) return { type: 'held' };
  }
  return { type: 'composed', resource: { root, at: start.at, multiplicity } };
};

const startOf = (template: Node, name: string, step: Step, before: ReadonlyMap<string, Composed>): Composed | undefined => {
  const base = child(template, 'base');
  if (isMap(base)) return { root: carried(base, [step]), at: base, multiplicity: '1' };
  return before.get(name);
};
