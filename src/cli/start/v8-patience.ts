import { setFlagsFromString } from 'node:v8';

/**
 * V8 optimises what has run for a while, on threads of its own; a run of seconds with many functions is over before that
 * pays. More patience saves a tenth to a third of the processor time (docs/performance.md); Node 20 counts it in bytecode, later versions
 * in calls.
 */
const patience = (version: string): readonly string[] => {
  switch (version) {
    case '20':
      return ['--interrupt-budget=1620000'];
    case '22':
    case '23':
    case '24':
      return ['--invocation-count-for-maglev=1600', '--invocation-count-for-turbofan=100000'];
    default:
      return [];
  }
};

/** Not for a language server, which stays; and a version that is not known has a V8 whose flags are not. */
export const setPatience = (command: string | undefined): void => {
  if (command === 'lsp') return;
  for (const flag of patience(process.versions.node.split('.')[0] ?? '')) setFlagsFromString(flag);
};
