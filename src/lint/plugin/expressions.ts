import { TypeError as CelTypeError, Environment, EvaluationError, ParseError } from '@marcbachmann/cel-js';
import type { Config, ExpressionConfig } from '../../config/config.ts';
import { configError } from '../../config/config-error.ts';
import type { ClusterView } from '../../graph/clusters/cluster-view.ts';
import type { AppliedView } from '../../graph/clusters/views.ts';
import { groupOf } from '../../kube/object-view.ts';
import { endReading, readable, string } from '../../kube/view.ts';
import { globMatcher } from '../../pattern/glob.ts';
import { isGoPattern, matchesGoPattern } from '../../pattern/go-pattern.ts';
import { defineRule, type Rule } from '../define-rule.ts';
import { costWords, createMeter, type Meter, metered, renameMethods } from './cel-cost.ts';
import { toCel } from './cel-value.ts';

/**
 * An expression of a configuration as a rule: it yields a problem for each object that it matches and that makes the
 * assertion false. What the assertion cannot read ends it: the object is not judged.
 *
 * @throws UsageError with `path:line` for an assertion that does not compile, or is no yes or no
 */
export const expressionRule = (expression: ExpressionConfig, config: Config): Rule => {
  const { id, severity, assert, message } = expression;
  const holds = compile(expression, config);
  const matches = matcher(expression.match);
  return defineRule({
    id,
    severity,
    summary: message.replace(/\.$/, ''),
    why: `This repository asks for it: \`${assert}\` must be true for every object that the expression matches.`,
    reference: 'https://github.com/google/cel-spec/blob/master/doc/langdef.md',
    examples: { bad: {}, good: {} },

    ...(expression.match.kind === undefined ? {} : { kinds: [expression.match.kind] }),
    *object(object, { graph }) {
      if (!matches(object, graph.clusters.get(object.cluster)) || holds(object)) return;
      yield { at: object.origin('/metadata/name'), message };
    },
  });
};

const compile = ({ id, assert, assertAt }: ExpressionConfig, config: Config): ((object: AppliedView) => boolean) => {
  const fail = (why: string) =>
    configError(config.file, {
      at: assertAt,
      message: `the expression ${id} does not compile: ${firstLine(why)}`,
      hint: 'Write a CEL expression over `object` that is true or false.',
    });
  const meter = createMeter(config.expressions.length);
  const parse = () => {
    try {
      return environment(meter).parse(assert);
    } catch (error) {
      if (error instanceof ParseError || error instanceof CelTypeError) throw fail(error.message);
      throw error;
    }
  };
  const evaluate = parse();
  renameMethods(evaluate.ast, ownMethods);
  const { valid, type = 'dyn', error } = evaluate.check();
  if (!valid) throw fail(error?.message ?? 'it is not valid');
  if (type !== 'bool' && type !== 'dyn') throw fail(`it is ${type}, not true or false`);

  metered(evaluate.ast, meter);

  return ({ root }) => {
    const ended = (why: string) => endReading(`the expression ${id} ends with "${why}"`, root);
    meter.start();
    if (meter.isExceeded()) return ended(costWords);
    const outcome: unknown = attemptCel(() => evaluate({ object: toCel(root) }), ended);
    if (meter.isExceeded()) return ended(costWords);
    return typeof outcome === 'boolean' ? outcome : endReading(`the expression ${id} is neither true nor false`, root);
  };
};

/** Those of CEL whose work is more than what they are given, under names that no expression can have. */
const ownMethods: ReadonlyMap<string, string> = new Map([
  ['matches', 'matchesRe2'],
  ['join', 'joinMetered'],
]);

/** CEL's regular expressions are RE2. */
const environment = (meter: Meter): Environment =>
  new Environment({ homogeneousAggregateLiterals: false })
    .registerVariable('object', 'map')
    .registerFunction('string.matchesRe2(string): bool', (text: string, pattern: string) => {
      // As Kubernetes estimates it (cel-go: interpreter/runtimecost.go).
      meter.charge(Math.ceil((text.length + 1) / 10) * Math.ceil(pattern.length / 4));
      if (!isGoPattern(pattern)) throw new EvaluationError(`Invalid regular expression: ${pattern}`);
      return matchesGoPattern(text, pattern);
    })
    .registerFunction('list<string>.joinMetered(): string', (parts: readonly string[]) => join(parts, '', meter))
    .registerFunction('list<string>.joinMetered(string): string', (parts: readonly string[], separator: string) =>
      join(parts, separator, meter),
    );

const join = (parts: readonly unknown[], separator: string, meter: Meter): string => {
  let length = 0;
  for (const part of parts) {
    if (typeof part !== 'string') throw new EvaluationError('join(): the list must hold strings alone');
    length += part.length + separator.length;
  }
  meter.charge(Math.ceil(length / 10));
  return parts.join(separator);
};

/** An absent key ends an expression that does not ask `has` first; a value that nobody knows here ends it by itself. */
const attemptCel = (evaluate: () => unknown, ended: (why: string) => never): unknown => {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof EvaluationError || error instanceof CelTypeError || error instanceof RangeError)
      return ended(firstLine(error.message));
    throw error;
  }
};

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

const matcher = ({ group, namespace, labels, environment: wanted }: ExpressionConfig['match']) => {
  const isNamespace = namespace === undefined ? () => true : globMatcher(namespace);
  return (object: AppliedView, cluster: ClusterView | undefined): boolean =>
    (group === undefined || groupOf(object.apiVersion) === group) &&
    isNamespace(object.namespace ?? '') &&
    (wanted === undefined || cluster?.environment?.environment === wanted) &&
    [...labels].every(([name, value]) => labelOf(object, name) === value);
};

/** A label that is not known offline ends the reading: the object may or may not be meant. */
const labelOf = (object: AppliedView, name: string): string | undefined => {
  const pointer = `/metadata/labels/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  if (object.state(pointer) === 'unknown') return endReading('a label is not known', object.root);
  const node = object.node(pointer);
  return node && readable(() => string(node));
};
