/** Options of the commands that run rules. */
import type { CheckRequest } from '../analyze.ts';
import { severities } from '../model/severity.ts';
import * as shared from './options.ts';
import { failOnChoices } from './terminal/exit-code.ts';

export const ruleOptions = {
  rule: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'RULE=off|info|warning|error for this run; repeatable',
    completes: 'severities',
  },
  only: { type: 'string', array: true, requiresArg: true, describe: 'Run this rule alone; repeatable, globs', completes: 'rules' },
  'fail-on': {
    type: 'string',
    requiresArg: true,
    default: 'error',
    describe: `Exit 1 from this severity on: ${failOnChoices.join(', ')}`,
    completes: failOnChoices,
  },
  plugins: {
    type: 'boolean',
    describe: 'Run the plugins of the configuration; --no-plugins for none [default: yes]',
    completes: 'negation',
  },
} as const;

/** `RULE=SEVERITY` options by rule. */
export const severitiesOf = (values: readonly string[] = []): CheckRequest['rules'] => {
  const given = Object.entries(shared.pairs('--rule', values, `RULE=${severityWords.join('|')}`));
  return Object.fromEntries(given.map(([id, severity]) => [id, shared.oneOf('--rule', severity, severityWords)]));
};

const severityWords = ['off', ...severities] as const;
