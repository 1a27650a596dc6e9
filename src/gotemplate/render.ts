/**
 * Go templates, as `text/template` renders them: text in, chunks of text out that know where
 * they come from. Values may be unknown; where a condition is, the template is rendered once for each way it can go.
 * Nothing is thrown for what a template holds, and a hostile one ends at a limit.
 */
import { type Chunk, evaluate, type MissingKey } from './evaluate.ts';
import { attemptTemplate, type TemplateFailure } from './failure.ts';
import type { Functions } from './function.ts';
import type { Holes } from './hole.ts';
import type { Delimiters } from './lexer.ts';
import { parse } from './parser.ts';
import type { Template } from './syntax.ts';
import { type GoValue, goNil } from './value.ts';

export type Parsed = { readonly type: 'parsed'; readonly text: string; readonly template: Template } | FailedTemplate;

interface FailedTemplate {
  readonly type: 'failed';
  readonly failure: TemplateFailure;
}

export const parseTemplate = (text: string, delimiters: Delimiters, functions: Functions): Parsed => {
  const result = attemptTemplate(() => parse(text, { delimiters, isFunction: (name) => functions(name) !== undefined }));
  if ('failure' in result) return { type: 'failed', failure: result.failure };
  return { type: 'parsed', text, template: result.value };
};

/** One way in which the unknown conditions of a template can go. */
export interface World {
  /** What each unknown condition was taken for, by what it asks. */
  readonly decisions: ReadonlyMap<string, boolean>;
  readonly outcome: { readonly type: 'rendered'; readonly chunks: readonly Chunk[] } | FailedTemplate;
}

export interface RenderInput {
  readonly parsed: Parsed & { readonly type: 'parsed' };
  /** Made anew for each world, since templates may change a map. */
  readonly functions: () => Functions;
  readonly data?: GoValue;
  readonly holes: Holes;
  /** `error` where nothing is said, as the Flux Operator has it. */
  readonly missingKey?: MissingKey;
}

/** How many ways are looked at. */
const maxWorlds = 16;

export interface Rendered {
  /** One where nothing is unknown; the one in which every condition holds stands first. */
  readonly worlds: readonly World[];
  /** There are more ways than were looked at. */
  readonly isCut: boolean;
}

export const render = (input: RenderInput): Rendered => {
  const queue: ReadonlyMap<string, boolean>[] = [new Map()];
  const worlds: World[] = [];
  let isCut = false;
  for (const preset of queue) {
    if (worlds.length >= maxWorlds) {
      isCut = true;
      break;
    }
    const world = renderWorld(input, preset);
    worlds.push(world);
    // Each condition that was met for the first time goes the other way once, behind those before it.
    const before = new Map(preset);
    for (const [key, value] of world.decisions) {
      if (preset.has(key)) continue;
      queue.push(new Map([...before, [key, !value]]));
      before.set(key, value);
    }
  }
  return { worlds, isCut };
};

const renderWorld = (
  { parsed, functions, data = goNil, holes, missingKey = 'error' }: RenderInput,
  preset: ReadonlyMap<string, boolean>,
): World => {
  const decisions = new Map(preset);
  const decide = (key: string): boolean => {
    const known = decisions.get(key);
    if (known !== undefined) return known;
    decisions.set(key, true);
    return true;
  };
  const { text, template } = parsed;
  const result = attemptTemplate(() => evaluate({ template, text, functions: functions(), data, holes, decide, missingKey }));
  const outcome =
    'failure' in result ? ({ type: 'failed', failure: result.failure } as const) : ({ type: 'rendered', chunks: result.value } as const);
  return { decisions, outcome };
};
