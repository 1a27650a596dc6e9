/** Whether flux-lint takes a configuration, as a run of `check` finds out: without what plugins and CEL would say. */
import { rules } from '../../rules/index.ts';
import { parseConfig } from '../../src/config/read-config.ts';
import { textFile } from '../../src/files/memory.ts';
import { allRules } from '../../src/lint/plugin/own-rules.ts';
import { settingsOf } from '../../src/lint/settings.ts';
import { UsageError } from '../../src/model/usage-error.ts';

/** What it says against the text; undefined where it takes it. */
export const refusalOf = async (text: string, name = '.flux-lint.yaml'): Promise<string | undefined> => {
  try {
    const config = parseConfig(textFile(name, text), `/repository/${name}`);
    const known = await allRules({ builtIn: rules, config, runPlugins: false });
    settingsOf({ rules: known, config, only: [], severities: {}, rulesMissing: config.plugins.length > 0 });
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return `${error.message}. ${error.whatToDo}`;
    throw error;
  }
};
