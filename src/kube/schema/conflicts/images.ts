import { child } from '../../../yaml/node.ts';
import { type FieldRule, has, isOther, valueOr, when } from './field-rule.ts';

const choices = ['semver', 'alphabetical', 'numerical'];

export const imageChoiceRules: readonly FieldRule[] = [
  {
    message: `spec.policy needs one of ${choices.join(', ')}: no image is ever chosen (given ImagePolicyChoice object is invalid).`,
    check: (spec) => {
      const isEmpty = child(spec, 'policy')?.type === 'map' && !choices.some((choice) => has(spec, 'policy', choice));
      return when(isEmpty, 'spec', 'policy');
    },
  },
  ...choices.flatMap((winner, index) =>
    choices.slice(index + 1).map(
      (loser): FieldRule => ({
        message: `spec.policy.${loser} has no effect: spec.policy.${winner} comes before it.`,
        check: (spec) => when(has(spec, 'policy', winner) && has(spec, 'policy', loser), 'spec', 'policy', loser),
        atMost: 'info',
      }),
    ),
  ),
];

export const imagePolicyRules: readonly FieldRule[] = [
  ...imageChoiceRules,
  {
    message: 'spec.interval is only for the digestReflectionPolicy Always: the API server rejects it.',
    check: (spec) => when(has(spec, 'interval') && isOther(valueOr(spec, 'digestReflectionPolicy', 'Never'), 'Always'), 'spec', 'interval'),
  },
  {
    message: 'The digestReflectionPolicy Always needs spec.interval: the API server rejects the object.',
    check: (spec) =>
      when(valueOr(spec, 'digestReflectionPolicy', 'Never') === 'Always' && !has(spec, 'interval'), 'spec', 'digestReflectionPolicy'),
  },
];
