import { Ajv } from 'ajv';
import type { Config } from '../../config/config.ts';
import { configError, fileAt } from '../../config/config-error.ts';
import { schemaProblems } from '../../config/schema-problems.ts';
import { toValue } from '../../yaml/node.ts';
import type { RuleMeta } from '../rule-meta.ts';
import { allSettings } from '../settings.ts';

/**
 * Holds the options of a configuration against the schema of each rule. It loads a schema compiler, so it is imported
 * only where a configuration has options.
 *
 * @throws UsageError with `path:line` of the first option that does not fit
 */
export const checkOptions = (config: Config, rules: readonly RuleMeta[]): void => {
  const ajv = new Ajv({ allErrors: true, verbose: true, strict: false });
  for (const { rule: id, optionsAt } of allSettings(config)) {
    const rule = rules.find((candidate) => candidate.id === id);
    if (!rule || !optionsAt) continue;
    const validate = ajv.compile({ additionalProperties: false, ...(rule.options ?? { type: 'object', properties: {} }) });
    if (validate(toValue(optionsAt))) continue;
    const [problem] = schemaProblems(validate.errors ?? [], optionsAt, `the options of ${id}`);
    if (problem) throw configError(fileAt(config, optionsAt), hasNone(rule) ? { at: optionsAt, ...noOptions(id) } : problem);
  }
};

const hasNone = ({ options }: RuleMeta): boolean => Object.keys(options?.properties ?? {}).length === 0;

const noOptions = (id: string) => ({ message: `${id} takes no options`, hint: 'Write its severity alone.' });
