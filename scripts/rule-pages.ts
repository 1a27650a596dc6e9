import { rules } from '../rules/index.ts';
import { markdownPage } from '../src/report/rules/markdown.ts';

/** The page of every rule, by its path. */
export const rulePages = (): ReadonlyMap<string, string> => new Map(rules.map((rule) => [`docs/rules/${rule.id}.md`, markdownPage(rule)]));
