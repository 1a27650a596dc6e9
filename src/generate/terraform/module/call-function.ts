/** A function of the language, called with values that are at hand instead of expressions. */
import { evaluate } from '../../../hcl/evaluate.ts';
import type { Scope } from '../../../hcl/machine.ts';
import type { Expression } from '../../../hcl/syntax/tree.ts';
import type { HclValue } from '../../../hcl/value/value.ts';
import type { Span } from '../../../model/span.ts';

interface Caller {
  readonly scope: Scope;
  readonly span: Span;
}

/** @param args each with the place that is told where it is refused; without one the caller's */
export const callFunction = (
  name: string,
  args: readonly { readonly value: HclValue; readonly at?: Span | undefined }[],
  { scope, span }: Caller,
): HclValue => {
  const names = new Map(args.map(({ value }, index) => [`argument${index}`, value] as const));
  const expressions = args.map(({ at = span }, index): Expression => ({ type: 'variable', name: `argument${index}`, span: at }));
  return evaluate({ type: 'call', name, nameSpan: span, args: expressions, isExpanded: false, span }, { ...scope, names });
};
