import { configSchema } from '../../config/config-schema.ts';
import { categoryOf, type RuleMeta } from '../../lint/rule-meta.ts';
import { documentation } from '../../model/tool.ts';

type Json = { readonly [key: string]: unknown };

/** A key as those see it who complete it. */
export interface ConfigKey {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly oneOf?: readonly ConfigKey[];
  readonly properties?: Readonly<Record<string, ConfigKey>>;
  readonly patternProperties?: Readonly<Record<string, ConfigKey>>;
  readonly additionalProperties?: boolean | ConfigKey;
  readonly items?: ConfigKey | readonly ConfigKey[];
  readonly required?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

export interface ConfigJsonSchema extends ConfigKey {
  readonly definitions: Readonly<Record<string, ConfigKey>>;
}

/**
 * The schema of `.flux-lint.yaml` for editors: the validator's, and with it every rule with its summary, its severity
 * and its options. It accepts what flux-lint accepts; rules of one's own, whose names only plugins and expressions know,
 * may be called anything outside the categories of the built-in ones.
 */
export const configJsonSchema = (rules: readonly RuleMeta[]): ConfigJsonSchema => {
  const { definitions, ...schema } = configSchema;
  const categories = [...new Set(rules.map(({ id }) => categoryOf(id)))].join('|');
  const { rules: _rules, ruleSetting, expression, ...others } = definitions;
  // A title stands above everything that editors show.
  const { title: _, ...setting } = ruleSetting;
  const ownRule = `^(?!(${categories})/)${expression.properties.id.pattern.slice(1)}`;
  return {
    ...schema,
    ...withoutOwnRules(categories),
    definitions: {
      ...others,
      ruleSetting: setting,
      plainSetting: { oneOf: settingOf({ type: 'object', additionalProperties: false }) },
      rules: {
        type: 'object',
        properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleProperty(rule)])),
        patternProperties: { [ownRule]: { $ref: '#/definitions/ruleSetting' } },
        additionalProperties: false,
      },
      expression: { ...expression, properties: { ...expression.properties, id: { ...expression.properties.id, pattern: ownRule } } },
    },
  };
};

/** Where nothing brings rules of one's own, a name outside the built-in categories is a mistake. */
const withoutOwnRules = (categories: string): { readonly if: Json; readonly then: Json } => {
  // Types as everywhere: editors take the first they find to write what follows the key.
  const rules = { type: 'object', patternProperties: { [`^(?!(${categories})/)`]: false } };
  const hasSome = (key: string) => ({ required: [key], properties: { [key]: { minItems: 1 } } });
  return {
    if: { not: { anyOf: ['plugins', 'expressions'].map(hasSome) } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nobody awaits this object.
    then: { properties: { rules, overrides: { type: 'array', items: { type: 'object', properties: { rules } } } } },
  };
};

const ruleProperty = ({ id, summary, severity, options }: RuleMeta): ConfigKey => {
  const description = `${summary}. ${documentation(`rules/${id}.md`)}`;
  if (options === undefined) return { $ref: '#/definitions/plainSetting', default: severity, description };
  return { description, default: severity, oneOf: settingOf({ additionalProperties: false, ...options }) };
};

/** A severity, or a list of one and options. */
const settingOf = (options: ConfigKey): readonly ConfigKey[] => {
  const [severity, list] = configSchema.definitions.ruleSetting.oneOf;
  return [severity, { ...list, items: [list.items[0], options] }];
};
