/** An expression as our evaluator has it: its value as JSON, or why there is none. */
import { evaluate } from '../../src/hcl/evaluate.ts';
import { attempt } from '../../src/hcl/failure.ts';
import type { Machine, Scope } from '../../src/hcl/machine.ts';
import { parseExpression } from '../../src/hcl/syntax/parse.ts';
import { wholeFile } from '../../src/yaml/place.ts';

export type Evaluated = { readonly json: string } | { readonly fails: string } | { readonly unknown: string };

/** @param text evaluated inside of `jsonencode` */
export const evaluated = (text: string): Evaluated => {
  const parsed = parseExpression(`jsonencode(${text})`, wholeFile('expression'));
  if ('failure' in parsed) return { fails: parsed.failure.message };
  const machine: Machine = {
    holes: [],
    files: { read: () => ({ type: 'missing', why: 'there are no files' }), below: () => undefined },
    note: () => undefined,
    steps: 0,
    depth: 0,
    way: undefined,
    hasForked: false,
  };
  const scope: Scope = {
    machine,
    names: new Map(),
    item: undefined,
    isInTemplate: false,
    resolve: (name) => ({ value: { type: 'unknown', of: { type: 'any' }, why: `${name} is no name here`, key: name }, used: 0 }),
  };
  const result = attempt(() => evaluate(parsed.value, scope));
  if (!('value' in result)) return { fails: result.failure.message };
  if (result.value.type !== 'string') return { unknown: result.value.type };
  const [hole] = machine.holes;
  return hole ? { unknown: hole.why } : { json: result.value.value };
};
