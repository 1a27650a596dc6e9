/**
 * A rule of a CustomResourceDefinition (`x-kubernetes-validations`) over a value. The interpreter has not all that Kubernetes adds
 * to CEL (`url`, `quantity`, `format`, optional fields): a rule that it cannot read or run says nothing.
 */
import { memoByText } from '../../model/memo.ts';
import { createMeter, metered, renameMethods } from './cel-cost.ts';
import { createEnvironment, ownMethods } from './environment.ts';
import { interpreter } from './interpreter.ts';

/** A value as CEL has it: whole numbers are its ints. */
export type CelValue = string | number | bigint | boolean | null | readonly CelValue[] | { readonly [key: string]: CelValue };

/** Whether a rule is broken for certain. Rules of one run share what they may cost, and one that costs too much says nothing. */
export const isBroken = (rule: string, self: CelValue): boolean => {
  // An object that is made has none before it.
  if (/\boldSelf\b/.test(rule)) return false;
  return compiled(rule)?.(self) === false;
};

const compiled = memoByText((rule: string): ((self: CelValue) => unknown) | undefined => {
  const cel = interpreter();
  const meter = createMeter(expectedRules, (words) => new cel.EvaluationError(words));
  const quiet = <T>(run: () => T): T | undefined => {
    try {
      return run();
    } catch (error) {
      const isOfCel = error instanceof cel.ParseError || error instanceof cel.EvaluationError || error instanceof cel.TypeError;
      if (isOfCel || error instanceof RangeError) return undefined;
      throw error;
    }
  };
  const evaluate = quiet(() => createEnvironment(cel, meter).registerVariable('self', 'dyn').parse(rule));
  if (!evaluate) return undefined;
  renameMethods(evaluate.ast, ownMethods);
  if (!quiet(() => evaluate.check())?.valid) return undefined;
  metered(evaluate.ast, meter);
  return (self) => {
    meter.start();
    if (meter.isExceeded()) return undefined;
    const outcome = quiet(() => evaluate({ self }));
    return meter.isExceeded() ? undefined : outcome;
  };
});

/** No cluster has more rules than this in use: each has its part of what a run may cost. */
const expectedRules = 200;
