/** `npm run new-rule references/unknown-dependency`: the file of a rule and its empty `bad/` and `good/`. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRuleId } from '../src/model/rule-id.ts';
import { exportName } from './generate.ts';

const root = join(import.meta.dirname, '..');
const id = process.argv[2];

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
  if (existsSync(file)) throw new Error(`rules/${ruleId}.ts exists already`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, template(ruleId));
  for (const name of ['bad', 'good']) {
    const directory = join(root, 'fixtures/rules', ruleId, name, 'clusters/production/flux-system');
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'gotk-sync.yaml'), '# written by flux bootstrap\n');
  }
  console.log(`rules/${ruleId}.ts and fixtures/rules/${ruleId}/{bad,good} written. Next: npm run generate`);
};

if (id === undefined || !isRuleId(id)) {
  console.error('usage: npm run new-rule CATEGORY/PROBLEM, such as references/unknown-dependency');
  process.exitCode = 2;
} else create(id);
