/** `action.yml` as the runner reads it: inputs, outputs and the bash steps of a composite action, with their expressions. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface CompositeStep {
  readonly name: string;
  readonly id?: string;
  readonly shell: 'bash';
  readonly env?: Readonly<Record<string, string>>;
  readonly run: string;
}

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
    const unknown = Object.keys(step).find((key) => !played.includes(key));
    if (unknown !== undefined || step.shell !== 'bash') throw new Error(`${file}: ${step.name}: ${unknown ?? step.shell} is not played`);
    // An expression in a script is pasted into it before bash reads it: whoever sets the input runs code.
    if (step.run.includes('${{')) throw new Error(`${file}: ${step.name}: an expression within the script`);
  }
  return action;
};

const played: readonly string[] = ['name', 'id', 'shell', 'env', 'run'] satisfies (keyof CompositeStep)[];

/** The text with every `${{ … }}` replaced by its value; an unset output is empty, as on the runner. */
export const substituted = (text: string, { inputs, steps }: ExpressionContext): string =>
  text.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => {
    const [scope, name = '', property, key = '', ...rest] = expression.split('.');
    if (scope === 'inputs' && property === undefined && inputs[name] !== undefined) return inputs[name];
    if (scope === 'steps' && property === 'outputs' && rest.length === 0) return steps.get(name)?.[key] ?? '';
    throw new Error(`the played runner does not know \${{ ${expression} }}`);
  });
