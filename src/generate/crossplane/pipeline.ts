/** A Composition and a composite resource → what the functions of its pipeline compose. */
import type { Step } from '../../model/origin.ts';
import { child, isMap, itemsOf, type MapNode, type Node, stringAt } from '../../yaml/node.ts';
import type { Gap, GeneratorError } from '../generated.ts';
import { environmentConfigs } from './environment-configs.ts';
import { isNative } from './kinds.ts';
import { patchAndTransform } from './patch/patch-and-transform.ts';
import { type Composed, fatal, type PipelineState, type StepInput, type StepResult } from './pipeline-state.ts';
import { goTemplating } from './template/go-templating.ts';

export interface PipelineInput {
  readonly composite: MapNode;
  readonly composition: MapNode;
  /** Every EnvironmentConfig of the cluster. */
  readonly environmentConfigs: readonly MapNode[];
  readonly sourceOf: StepInput['sourceOf'];
}

export interface PipelineResult {
  readonly composed: readonly Composed[];
  readonly gaps: readonly Gap[];
  readonly errors: readonly GeneratorError[];
}

/** Steps run in order on what those before them want; the first fatal one ends it. */
export const runPipeline = (given: PipelineInput): PipelineResult => {
  const { composite, composition, sourceOf } = given;
  const name = child(composition, 'metadata', 'name') ?? composition;
  const step: Step = { type: 'composition', at: name.span, field: stringAt(name) ?? '' };
  let state: PipelineState = { desired: new Map(), environment: undefined };
  const gaps: Gap[] = [];
  for (const run of stepsOf(composition)) {
    const result = run({ composite, state, input: composition, step, sourceOf }, given);
    gaps.push(...result.gaps);
    if (result.errors.length > 0) return { composed: [], gaps, errors: result.errors };
    state = result.state;
  }
  return { composed: [...state.desired.values()], gaps, errors: [] };
};

type RunStep = (input: StepInput, given: PipelineInput) => StepResult;

/** A native Composition is one step of patch and transform over the spec itself. */
const stepsOf = (composition: MapNode): readonly RunStep[] => {
  const spec = child(composition, 'spec');
  if (isMap(spec) && isNative(composition)) return [(input) => patchAndTransform({ ...input, input: spec }, 'native')];
  return itemsOf(child(spec, 'pipeline')).map(
    (item): RunStep =>
      (input, given) =>
        named(stringAt(item, 'step') ?? '', runFunction(item, input, given)),
  );
};

/** As Crossplane words it, the step first. */
const named = (step: string, result: StepResult): StepResult =>
  result.errors.length === 0
    ? result
    : { ...result, errors: result.errors.map((error) => ({ ...error, message: `pipeline step "${step}": ${error.message}` })) };

/** Functions are found by what they are called; a package of another name is found by the kind of its input. */
const runFunction = (item: Node, input: StepInput, given: PipelineInput): StepResult => {
  const { state } = input;
  const own = child(item, 'input');
  const name = stringAt(item, 'functionRef', 'name') ?? '';
  const apiVersion = stringAt(own, 'apiVersion') ?? '';
  const kind = functionOf(apiVersion, name);
  switch (kind) {
    case 'patch-and-transform':
      return isMap(own) ? patchAndTransform({ ...input, input: own }) : fatal(state, 'invalid Function input: it is missing', item);
    case 'go-templating':
      return isMap(own) ? goTemplating({ ...input, input: own }) : fatal(state, 'invalid function input: source is required', item);
    case 'environment-configs':
      return isMap(own) ? environmentConfigs({ ...input, input: own }, given.environmentConfigs) : { state, gaps: [], errors: [] };
    case 'nothing':
      return { state, gaps: [], errors: [] };
    case 'unknown':
      return {
        state,
        gaps: [{ reason: `what function ${name} makes is not known here`, at: child(item, 'functionRef') ?? item }],
        errors: [],
      };
    default:
      return kind satisfies never;
  }
};

type FunctionKind = 'patch-and-transform' | 'go-templating' | 'environment-configs' | 'nothing' | 'unknown';

const groups: ReadonlyMap<string, FunctionKind> = new Map([
  ['pt.fn.crossplane.io', 'patch-and-transform'],
  ['gotemplating.fn.crossplane.io', 'go-templating'],
  ['environmentconfigs.fn.crossplane.io', 'environment-configs'],
  // It says in which order what others make is applied.
  ['sequencer.fn.crossplane.io', 'nothing'],
]);

const functionOf = (apiVersion: string, name: string): FunctionKind => {
  const byInput = groups.get(apiVersion.split('/')[0] ?? '');
  if (byInput) return byInput;
  const matched = /(patch-and-transform|go-templating|environment-configs|auto-ready|sequencer)$/.exec(name)?.[1];
  switch (matched) {
    case 'patch-and-transform':
    case 'go-templating':
    case 'environment-configs':
      return matched;
    case 'auto-ready':
    case 'sequencer':
      return 'nothing';
    default:
      return 'unknown';
  }
};
