/** `action.yml` as the runner reads it: inputs, outputs and the steps of a composite action, with their expressions. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type CompositeStep = BashStep | ActionStep;

export interface BashStep {
  readonly name: string;
  readonly id?: string;
  readonly shell: 'bash';
  readonly env?: Readonly<Record<string, string>>;
  readonly run: string;
}

/** A step of another action, which is not run here: its condition is, and what it is given. */
export interface ActionStep {
  readonly name: string;
  readonly if?: string;
  readonly uses: string;
  readonly with?: Readonly<Record<string, string>>;
}

export const isBash = (step: CompositeStep): step is BashStep => 'run' in step;

export interface CompositeAction {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: 'composite'; readonly steps: readonly CompositeStep[] };
}

/** Values that expressions may ask for: `inputs`, and of each step with an id the outputs. */
export interface ExpressionContext {
  readonly inputs: Readonly<Record<string, string>>;
  readonly steps: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** Reads an action; throws for what the played runner does not play, so that nothing is passed over in silence. */
export const readAction = (file: string): CompositeAction => {
  const action: CompositeAction = parse(readFileSync(file, 'utf8'));
  if (action.runs.using !== 'composite') throw new Error(`${file}: only composite actions are played`);
  for (const step of action.runs.steps) {
    const played: readonly string[] = isBash(step) ? playedOfBash : playedOfAction;
    const unknown = Object.keys(step).find((key) => !played.includes(key));
    if (unknown !== undefined) throw new Error(`${file}: ${step.name}: ${unknown} is not played`);
    if (!isBash(step)) {
      // A tag can be moved to other code; a commit cannot.
      if (!/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(step.uses))
        throw new Error(`${file}: ${step.name}: ${step.uses} is not pinned to a commit`);
      continue;
    }
    if (step.shell !== 'bash') throw new Error(`${file}: ${step.name}: ${step.shell} is not played`);
    // An expression in a script is pasted into it before bash reads it: whoever sets the input runs code.
    if (step.run.includes('${{')) throw new Error(`${file}: ${step.name}: an expression within the script`);
  }
  return action;
};

const playedOfBash = ['name', 'id', 'shell', 'env', 'run'] satisfies (keyof BashStep)[];
const playedOfAction = ['name', 'if', 'uses', 'with'] satisfies (keyof ActionStep)[];

/** The text with every `${{ … }}` replaced by its value; an unset output is empty, as on the runner. */
export const substituted = (text: string, { inputs, steps }: ExpressionContext): string =>
  text.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => {
    const [scope, name = '', property, key = '', ...rest] = expression.split('.');
    if (scope === 'inputs' && property === undefined && inputs[name] !== undefined) return inputs[name];
    if (scope === 'steps' && property === 'outputs' && rest.length === 0) return steps.get(name)?.[key] ?? '';
    throw new Error(`the played runner does not know \${{ ${expression} }}`);
  });

/**
 * Whether a step runs: `!cancelled()` and comparisons of a value with the empty text, joined by `&&`. Without one that asks
 * for the status, a step runs only where none before it failed.
 */
export const isMet = (condition: string | undefined, context: ExpressionContext, hasFailed: boolean): boolean => {
  const [, inner = condition ?? 'success()'] = /^\$\{\{\s*(.+?)\s*\}\}$/.exec(condition ?? '') ?? [];
  const terms = inner.split(/\s*&&\s*/);
  const asksStatus = terms.some((term) => /^(success|!cancelled)\(\)$/.test(term));
  return (asksStatus || !hasFailed) && terms.every((term) => isTermMet(term, context, hasFailed));
};

const isTermMet = (term: string, context: ExpressionContext, hasFailed: boolean): boolean => {
  if (term === '!cancelled()') return true;
  if (term === 'success()') return !hasFailed;
  const [, value] = /^([\w.-]+) != ''$/.exec(term) ?? [];
  if (value === undefined) throw new Error(`the played runner does not know the condition ${term}`);
  return substituted(`\${{ ${value} }}`, context) !== '';
};
