import { TypeError as CelTypeError, Environment, EvaluationError, ParseError } from '@marcbachmann/cel-js';
import picomatch from 'picomatch';
import type { Config, ExpressionConfig } from '../../config/config.ts';
import { configError } from '../../config/config-error.ts';
import type { ClusterView } from '../../graph/clusters/cluster-view.ts';
import type { AppliedView } from '../../graph/clusters/views.ts';
import { groupOf } from '../../kube/object-view.ts';
import { endReading, readable, string } from '../../kube/view.ts';
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
    configError(config.file, {
      at: assertAt,
      message: `the expression ${id} does not compile: ${firstLine(why)}`,
      hint: 'Write a CEL expression over `object` that is true or false.',
    });
  const parse = () => {
    try {
      return environment().parse(assert);
    } catch (error) {
      if (error instanceof ParseError || error instanceof CelTypeError) throw fail(error.message);
      throw error;
    }
  };
  const evaluate = parse();
  const { valid, type = 'dyn', error } = evaluate.check();
  if (!valid) throw fail(error?.message ?? 'it is not valid');
  if (type !== 'bool' && type !== 'dyn') throw fail(`it is ${type}, not true or false`);

  return ({ root }) => {
    const outcome: unknown = attemptCel(
      () => evaluate({ object: toCel(root) }),
      (why) => endReading(`the expression ${id} ends with "${why}"`, root),
    );
    return typeof outcome === 'boolean' ? outcome : endReading(`the expression ${id} is neither true nor false`, root);
  };
};

/** Its limits keep a hostile expression from taking long. */
const environment = (): Environment => new Environment({ homogeneousAggregateLiterals: false }).registerVariable('object', 'map');

/** An absent key ends an expression that does not ask `has` first; a value that nobody knows here ends it by itself. */
const attemptCel = (evaluate: () => unknown, ended: (why: string) => never): unknown => {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof EvaluationError || error instanceof CelTypeError) return ended(firstLine(error.message));
    throw error;
  }
};

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

const matcher = ({ group, namespace, labels, environment: wanted }: ExpressionConfig['match']) => {
  const isNamespace = namespace === undefined ? () => true : picomatch(namespace);
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
