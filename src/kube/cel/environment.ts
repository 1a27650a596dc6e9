import type * as Cel from '@marcbachmann/cel-js';
import { isGoPattern, matchesGoPattern } from '../../pattern/go-pattern.ts';
import type { Meter } from './cel-cost.ts';

/** Those of CEL whose work is more than what they are given, under names that no expression can have. */
export const ownMethods: ReadonlyMap<string, string> = new Map([
  ['matches', 'matchesRe2'],
  ['join', 'joinMetered'],
]);

/**
 * What an expression may call. CEL's regular expressions are RE2.
 *
 * @param cel the interpreter, which is loaded by whoever needs it
 */
export const createEnvironment = ({ Environment, EvaluationError }: typeof Cel, meter: Meter): Cel.Environment => {
  const join = (parts: readonly unknown[], separator: string): string => {
    let length = 0;
    for (const part of parts) {
      if (typeof part !== 'string') throw new EvaluationError('join(): the list must hold strings alone');
      length += part.length + separator.length;
    }
    meter.charge(Math.ceil(length / 10));
    return parts.join(separator);
  };
  return new Environment({ homogeneousAggregateLiterals: false })
    .registerFunction('string.matchesRe2(string): bool', (text: string, pattern: string) => {
      // As Kubernetes estimates it (cel-go: interpreter/runtimecost.go).
      meter.charge(Math.ceil((text.length + 1) / 10) * Math.ceil(pattern.length / 4));
      if (!isGoPattern(pattern)) throw new EvaluationError(`Invalid regular expression: ${pattern}`);
      return matchesGoPattern(text, pattern);
    })
    .registerFunction('list<string>.joinMetered(): string', (parts: readonly string[]) => join(parts, ''))
    .registerFunction('list<string>.joinMetered(string): string', (parts: readonly string[], separator: string) => join(parts, separator));
};
