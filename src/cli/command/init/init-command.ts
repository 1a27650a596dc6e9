import { defineCommand } from '../../command.ts';
import * as shared from '../../options.ts';

export const initCommand = defineCommand({
  usage: 'init',
  summary: 'Write a .flux-lint.yaml from what is found here, and print the snippets for hooks and CI',
  options: {
    ...shared.rootOption,
    yes: { type: 'boolean', describe: 'Ask nothing; without a terminal nothing is ever asked' },
    'dry-run': { type: 'boolean', describe: 'Print the file instead of writing it' },
    ...shared.colourOption,
  },
  examples: [
    ['flux-lint init', 'in the repository that Flux syncs from'],
    ['flux-lint init --dry-run', 'what it would write'],
  ],
  run: async (given, _positionals, context) => {
    const { init } = await import('./init.ts');
    return init({ root: given.root, isAsking: given.yes !== true, isDryRun: given['dry-run'] === true, color: given.color }, context);
  },
});
