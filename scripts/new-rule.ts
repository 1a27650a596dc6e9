/** `npm run new-rule references/unknown-dependency`: the file of a rule and its `bad/` and `good/`, to be filled. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRuleId } from '../src/model/rule-id.ts';
import { didYouMean, nearest } from '../src/model/spelling.ts';
import { exportName, ruleIds } from './generate.ts';

const root = join(import.meta.dirname, '..');

type Verdict =
  | { readonly type: 'refused'; readonly why: string }
  /** `near`: rules that may be meant, or that may have to be told apart. */
  | { readonly type: 'new'; readonly id: string; readonly near: readonly string[] };

/** Whether an id can be that of a new rule, beside those of the `known` ones. */
export const judgeId = (id: string | undefined, known: readonly string[]): Verdict => {
  if (id === undefined || !isRuleId(id)) {
    return { type: 'refused', why: 'usage: npm run new-rule CATEGORY/PROBLEM, such as references/unknown-dependency' };
  }
  if (known.includes(id))
    return { type: 'refused', why: `rules/${id}.ts is there already: give it another case under fixtures/rules/${id}/` };
  const [category = '', problem = ''] = id.split('/');
  const categories = new Set(known.map((other) => other.slice(0, other.indexOf('/'))));
  const meant = categories.has(category) ? undefined : nearest(category, categories);
  if (meant !== undefined) return { type: 'refused', why: `there is no category "${category}". ${didYouMean(`${meant}/${problem}`)}` };
  const near = known.filter((other) => nearest(problem, [other.slice(other.indexOf('/') + 1)]) !== undefined);
  return { type: 'new', id, near };
};

const template = (ruleId: string): string => `import { defineRule, yaml } from '../../src/rule.ts';

export const ${exportName(ruleId)} = defineRule({
  id: '${ruleId}',
  severity: 'warning',
  summary: 'What is wrong, in one line',
  why: \`What happens in Flux or in production because of it, for someone whose night it will spoil.\`,
  reference: 'https://fluxcd.io/flux/',
  examples: {
    bad: yaml\`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: apps, namespace: flux-system }
      spec: {} # expect: ${ruleId}
    \`,
    good: yaml\`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: apps, namespace: flux-system }
      spec: {}
    \`,
  },

  *kustomization(kustomization) {
    yield { at: kustomization.origin('/spec'), message: \`\${kustomization.id} …\` };
  },
});
`;

const create = (ruleId: string) => {
  const file = join(root, 'rules', `${ruleId}.ts`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, template(ruleId));
  for (const name of ['bad', 'good']) {
    const directory = join(root, 'fixtures/rules', ruleId, name, 'clusters/production/flux-system');
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'gotk-sync.yaml'), '# written by flux bootstrap\n');
  }
};

if (process.argv[1]?.endsWith('new-rule.ts')) {
  const verdict = judgeId(process.argv[2], ruleIds());
  if (verdict.type === 'refused') {
    console.error(verdict.why);
    process.exitCode = 2;
  } else {
    const { id, near } = verdict;
    create(id);
    console.log(`rules/${id}.ts and fixtures/rules/${id}/{bad,good} written. Next: npm run generate, which registers it`);
    if (near.length > 0) console.log(`Near it: ${near.join(', ')}. Did you mean one of these?`);
  }
}
