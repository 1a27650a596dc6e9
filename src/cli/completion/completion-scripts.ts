/** What the shells read. The bundle holds the texts instead of this module. */
import { readFileSync } from 'node:fs';

const script = (shell: string): string => readFileSync(new URL(`./completions/flux-lint.${shell}`, import.meta.url), 'utf8');

export const completionScripts = { bash: script('bash'), zsh: script('zsh'), fish: script('fish') };
