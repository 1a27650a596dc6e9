/**
 * `vitest -t NAME` skips what is not called so, and is content when that is everything: a rule with a typing mistake would pass,
 * and one that is not registered yet. Here such a run fails, and says why.
 */
import type { Reporter, TestModule } from 'vitest/node';
import { ruleIds } from '../scripts/generate.ts';
import { didYouMean, nearest } from '../src/model/spelling.ts';

/**
 * Why tests that were asked for could not be run; undefined where nothing is missing.
 *
 * @param asked the pattern of `-t`; undefined where all were asked for
 * @param names of every test there is, as the pattern is held against them
 * @param rules the ids of the files under `rules/`
 */
export const whyNoTest = (asked: RegExp | undefined, names: readonly string[], rules: readonly string[]): string | undefined => {
  if (asked === undefined) return undefined;
  const isTested = (id: string) => names.some((name) => name.startsWith(`${id} `));
  // Where the tests of rules are not among those there are, nothing can be said of one.
  const unregistered = rules.some(isTested) ? rules.find((id) => asked.test(id) && !isTested(id)) : undefined;
  if (unregistered !== undefined) return `${unregistered} has no tests, for it is not registered. Run npm run generate first.`;
  if (names.some((name) => asked.test(name))) return undefined;
  const none = `No test has a name like "${asked.source.replaceAll('\\/', '/')}"`;
  const problem = asked.source.slice(asked.source.indexOf('/') + 1);
  const meant = nearest(problem, rules.map(problemOf));
  const hint = didYouMean(rules.find((id) => problemOf(id) === meant));
  return hint === undefined ? `${none}.` : `${none}. ${hint}`;
};

const problemOf = (id: string): string => id.slice(id.indexOf('/') + 1);

export const askedNames = (): Reporter => {
  let asked: RegExp | undefined;
  return {
    onInit(vitest) {
      asked = vitest.config.testNamePattern;
    },
    onTestRunEnd(modules) {
      const why = whyNoTest(asked, modules.flatMap(namesIn), ruleIds());
      if (why === undefined) return;
      console.error(`\n${why}\n`);
      process.exitCode = 1;
    },
  };
};

/** Vitest matches against names without the marks that it shows between them. */
const namesIn = ({ children }: TestModule): readonly string[] =>
  [...children.allTests()].map(({ fullName }) => fullName.replaceAll(' > ', ' '));
