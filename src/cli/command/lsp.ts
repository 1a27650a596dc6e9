import { defineCommand } from '../command.ts';
import { exitCodes } from '../terminal/exit-code.ts';

export const lspCommand = defineCommand({
  usage: 'lsp',
  summary: 'Serve an editor over stdio: diagnostics, reach, effective values, navigation and fixes while one types',
  options: { stdio: { type: 'boolean', describe: 'Editors pass it; there is no other way to talk' } },
  examples: [['flux-lint lsp --stdio', 'as an editor starts it (docs/editors.md)']],
  run: async () => {
    const { serve } = await import('../../language-server.ts');
    await serve(process.stdin, process.stdout);
    return exitCodes.done;
  },
});
