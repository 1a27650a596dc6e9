import { rules } from '../rules/index.ts';
import { markdownCatalogue, markdownPage } from '../src/report/rules/markdown.ts';

/** The page of every rule and the catalogue of them all, by their paths. */
export const rulePages = (): ReadonlyMap<string, string> =>
  new Map([
    ['docs/rules/index.md', markdownCatalogue(rules, (id) => `${id}.md`)],
    ...rules.map((rule) => [`docs/rules/${rule.id}.md`, markdownPage(rule)] as const),
  ]);
