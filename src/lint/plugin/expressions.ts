import type { Config, ExpressionConfig } from '../../config/config.ts';
import { configError, fileAt } from '../../config/config-error.ts';
import type { ClusterView } from '../../graph/clusters/cluster-view.ts';
import type { AppliedView } from '../../graph/clusters/views.ts';
import { costWords, createMeter, metered, renameMethods } from '../../kube/cel/cel-cost.ts';
import { createEnvironment, ownMethods } from '../../kube/cel/environment.ts';
import { interpreter } from '../../kube/cel/interpreter.ts';
import { groupOf } from '../../kube/object-view.ts';
import { endReading, readable, string } from '../../kube/view.ts';
import { globMatcher } from '../../pattern/glob.ts';
import { defineRule, type Rule } from '../define-rule.ts';
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
    configError(fileAt(config, assertAt), {
      at: assertAt,
      message: `the expression ${id} does not compile: ${firstLine(why)}`,
      hint: 'Write a CEL expression over `object` that is true or false.',
    });
  const cel = interpreter();
  const meter = createMeter(config.expressions.length, (words) => new cel.EvaluationError(words));
  const parse = () => {
    try {
      return createEnvironment(cel, meter).registerVariable('object', 'map').parse(assert);
    } catch (error) {
      if (error instanceof cel.ParseError || error instanceof cel.TypeError) throw fail(error.message);
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

/** An absent key ends an expression that does not ask `has` first; a value that nobody knows here ends it by itself. */
const attemptCel = (evaluate: () => unknown, ended: (why: string) => never): unknown => {
  try {
    return evaluate();
  } catch (error) {
    const cel = interpreter();
    if (error instanceof cel.EvaluationError || error instanceof cel.TypeError || error instanceof RangeError)
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
