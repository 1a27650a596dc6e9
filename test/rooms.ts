/** The layers and the rooms, as data: `architecture.test.ts` holds the code to them, `docs/architecture.test.ts` the page. */

/** Lowest layer first; folders of one row may use each other. */
export const rows = [
  ['model'],
  ['pattern'],
  ['files'],
  ['yaml'],
  ['config'],
  ['kube'],
  ['kustomize'],
  ['hcl', 'gotemplate', 'generate'],
  ['flux'],
  ['graph'],
  ['impact'],
  ['lint'],
] as const;

/**
 * The rooms of a folder, lowest first: each may import those before it. A room is a folder, or a file where its words are
 * lower than the rest; `.` is what lies in the folder itself and is not named. What is missing here has no place.
 */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  kube: ['.', 'credential', 'cel', 'schema', 'validation'],
  kustomize: ['build.ts', 'resource', 'field', 'file', 'transform', 'generate', 'reference', 'patch', 'directory', '.'],
  flux: ['clamped-path.ts', 'holes.ts', 'kinds.ts', 'specs.ts', 'evaluation.ts', 'world.ts', 'source', 'substitution', 'cluster', '.'],
  graph: [
    'environments',
    'files',
    'secrets',
    'clusters',
    'generators',
    'releases',
    'rights',
    'sources',
    'order',
    'schemas',
    'substitution',
    'existence',
    'notifications',
    'tenants',
    'references',
    'reach',
    'images',
    '.',
  ],
  lint: [
    'rule-meta.ts',
    'define-rule.ts',
    'known-rule.ts',
    'sources.ts',
    'baseline.ts',
    'fix',
    'result.ts',
    'hit.ts',
    'unreached.ts',
    'walk.ts',
    'settings.ts',
    'aggregate',
    'plugin',
    'suppression',
    'unmatched',
    '.',
  ],
  cli: [
    'completion/completes.ts',
    'completion/completion-scripts.ts',
    'terminal',
    'context.ts',
    'options.ts',
    'rule-options.ts',
    'command.ts',
    'workspace.ts',
    'command',
    'commands.ts',
    'completion',
    '.',
  ],
};
