import { child, stringAt } from '../../../yaml/node.ts';
import { type FieldRule, has, isOther, itemsOf, repeated, when } from './field-rule.ts';

const kubeConfigRules: readonly FieldRule[] = [
  {
    message: 'spec.kubeConfig takes either secretRef or configMapRef, not both: the API server rejects the object.',
    check: (spec) =>
      when(has(spec, 'kubeConfig', 'secretRef') && has(spec, 'kubeConfig', 'configMapRef'), 'spec', 'kubeConfig', 'configMapRef'),
  },
  {
    message: 'spec.kubeConfig needs secretRef or configMapRef: the API server rejects the object.',
    check: (spec) => {
      const isEmpty =
        child(spec, 'kubeConfig')?.type === 'map' && !['secretRef', 'configMapRef'].some((ref) => has(spec, 'kubeConfig', ref));
      return when(isEmpty, 'spec', 'kubeConfig');
    },
  },
];

const repeatedHealthChecks: FieldRule = {
  message: 'Another health check expression is for the same apiVersion and kind: the object stalls (InvalidCELExpression).',
  check: (spec) =>
    repeated(itemsOf(spec, 'healthCheckExprs'), (check) => {
      const apiVersion = stringAt(check, 'apiVersion');
      const kind = stringAt(check, 'kind');
      return apiVersion && kind && `${apiVersion} ${kind}`;
    }).map((index) => ['spec', 'healthCheckExprs', index]),
};

export const kustomizationRules: readonly FieldRule[] = [...kubeConfigRules, repeatedHealthChecks];

export const chartRules: readonly FieldRule[] = [
  {
    message: 'spec.chart and spec.chartRef exclude each other: the API server rejects the object.',
    check: (spec) => when(has(spec, 'chart') && has(spec, 'chartRef'), 'spec', 'chartRef'),
  },
  {
    message: 'A HelmRelease needs spec.chart or spec.chartRef: the API server rejects the object.',
    check: (spec) => when(!has(spec, 'chart') && !has(spec, 'chartRef'), 'spec'),
  },
];

export const helmReleaseRules: readonly FieldRule[] = [
  ...chartRules,
  ...kubeConfigRules,
  repeatedHealthChecks,
  ...['install', 'upgrade'].map(
    (action): FieldRule => ({
      message: `spec.${action}.strategy.retryInterval is only for the strategy RetryOnFailure: the API server rejects it.`,
      check: (spec) => {
        const strategy = child(spec, action, 'strategy');
        const isWrong = has(strategy, 'retryInterval') && isOther(stringAt(strategy, 'name'), 'RetryOnFailure');
        return when(isWrong, 'spec', action, 'strategy', 'retryInterval');
      },
    }),
  ),
];
