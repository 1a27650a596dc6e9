import { defineRule } from '../../src/rule.ts';

const conflict = [
  'apiVersion: v1',
  'kind: ConfigMap',
  'metadata:',
  '  name: settings',
  'data:',
  '# expect: manifest/unresolved-merge-conflict',
  '<<<<<<< HEAD',
  '  currency: EUR',
  '=======',
  '  currency: USD',
  '>>>>>>> release',
  '',
].join('\n');

/** Found where builds read files; nothing here looks for it. */
export const unresolvedMergeConflict = defineRule({
  id: 'manifest/unresolved-merge-conflict',
  severity: 'error',
  summary: "Git's conflict markers were committed with a file that a build reads",
  why: `A merge that nobody finished leaves both sides in the file, between lines of \`<<<<<<<\` and \`>>>>>>>\`. That is no YAML:
    kustomize fails with \`MalformedYAMLError\`, and the Kustomization that applies the directory stops reconciling.`,
  reference: 'https://git-scm.com/docs/git-merge#_how_conflicts_are_presented',
  remedy: 'Resolve the conflict and commit the result.',
  examples: {
    bad: conflict,
    good: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  currency: EUR\n',
  },
});
