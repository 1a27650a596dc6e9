/** What must hold of every repository that the grammar makes, and of the small readers with odd texts. */

import { doublestar } from '../../src/flux/source/doublestar.ts';
import { parseTemplate } from '../../src/flux/substitution/envsubst.ts';
import { evaluateTemplate } from '../../src/flux/substitution/envsubst-evaluate.ts';
import { isSemverRange } from '../../src/kube/semver-range.ts';
import { splitFieldPath } from '../../src/kustomize/field/field-path.ts';
import { goRegexp } from '../../src/kustomize/field/go-regexp.ts';
import { fixAll } from '../../src/lint/fix/fix.ts';
import type { CheckResult } from '../../src/lint/result.ts';
import { directivesOf } from '../../src/lint/suppression/suppressions.ts';
import { globMatcher } from '../../src/pattern/glob.ts';
import { jsonReport } from '../../src/report/check/json.ts';
import { markdownReport } from '../../src/report/check/markdown.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { wholeFile } from '../../src/yaml/place.ts';
import { lintAll, type Texts, workspaceOf } from '../fixture.ts';
import { type Chance, chanceOf, planted, repositoryOf, word } from './grammar.ts';

const about = { tool: { name: 'flux-lint', version: '0' }, root: '.', folder: '' } as const;

const reported = (texts: Texts): CheckResult => ({ ...lintAll(workspaceOf(texts)), ...about });

/** Throws, with the seed, where something does not hold. */
export const judgeRepository = (seed: number): void => {
  try {
    judge(repositoryOf(seed));
  } catch (error) {
    throw new Error(`the repository of seed ${seed}`, { cause: error });
  }
};

const judge = (texts: Texts): void => {
  const start = performance.now();
  const result = reported(texts);
  if (performance.now() - start > 5000) throw new Error('it takes too long');
  for (const { ruleId, error } of result.failed) throw new Error(`rule ${ruleId}`, { cause: error });
  const json = jsonReport(result);
  JSON.parse(json);
  for (const printed of [json, markdownReport(result)]) if (printed.includes(planted)) throw new Error(`a secret is printed: ${printed}`);
  const shuffled = Object.fromEntries(Object.entries(texts).reverse());
  if (jsonReport(reported(shuffled)) !== json) throw new Error('the order of files changes the report');
  if (!result.findings.some(({ fix }) => fix?.safety === 'safe')) return;

  const workspace = workspaceOf(texts);
  const mended = fixAll(workspace.files, (files) => lintAll({ ...workspace, files }), ['safe']);
  // A fix that would break its file is refused and told; what is written holds what follows.
  const after = { ...texts, ...Object.fromEntries(mended.files.map((file) => [file.path, file.after])) };
  const again = workspaceOf(after);
  const twice = fixAll(again.files, (files) => lintAll({ ...again, files }), ['safe']);
  if (twice.files.length > 0) throw new Error(`fixes are not done after one run: ${twice.files.map(({ path }) => path).join(', ')}`);
};

const sentence = (chance: Chance): string =>
  Array.from({ length: chance.below(8) }, () => word(chance)).join(chance.of(['', ' ', '/', '.', '\n', ': ', '${', '}', '//']));

const units: readonly [(chance: Chance) => unknown, ...((chance: Chance) => unknown)[]] = [
  (chance) => globMatcher(sentence(chance))(sentence(chance)),
  (chance) => doublestar(sentence(chance))?.(sentence(chance)),
  (chance) => isSemverRange(sentence(chance)),
  (chance) => parseYaml(sentence(chance), wholeFile('a.yaml')),
  (chance) => directivesOf('a.yaml', `# flux-lint-${sentence(chance)}\n`),
  (chance) => splitFieldPath(sentence(chance)),
  (chance) => {
    const pattern = goRegexp(sentence(chance));
    return pattern.type === 'regexp' && pattern.test(sentence(chance));
  },
  (chance) => {
    const template = parseTemplate(sentence(chance));
    if (template.type === 'error') return undefined;
    return evaluateTemplate(template.parts, () => ({ type: 'value', value: word(chance) }), { characters: 100_000 });
  },
];

/** One small reader with one odd text. */
export const judgeUnit = (seed: number): void => {
  const chance = chanceOf(seed);
  const start = performance.now();
  try {
    chance.of(units)(chance);
  } catch (error) {
    throw new Error(`the unit of seed ${seed}`, { cause: error });
  }
  if (performance.now() - start > 1000) throw new Error(`the unit of seed ${seed} takes too long`);
};
