import { UsageError } from '../../model/usage-error.ts';
import { defineCommand } from '../command.ts';
import * as shared from '../options.ts';
import { exitCodes } from '../terminal/exit-code.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

export const completionCommand = defineCommand({
  usage: 'completion [shell]',
  summary: 'Print the script by which a shell completes commands, options and rules',
  positional: { name: 'shell', summary: `${shells.join(', ')} [default: of $SHELL]`, completes: shells },
  options: {},
  examples: [
    ['source <(flux-lint completion bash)', 'for this session; in ~/.bashrc for every one'],
    ['flux-lint completion fish > ~/.config/fish/completions/flux-lint.fish', 'where fish looks for it'],
  ],
  run: async (_given, [named], { io, enter }) => {
    const used = /[^/\\]*$/.exec(io.env.SHELL ?? '')?.[0];
    const shell = named ?? shells.find((known) => known === used);
    if (shell === undefined) throw new UsageError('the shell is not known', `Name it: ${shells.join(', ')}.`);
    enter('the script');
    const { completionScripts } = await import('../completion/completion-scripts.ts');
    io.stdout(completionScripts[shared.oneOf('the shell', shell, shells)]);
    return exitCodes.done;
  },
});
