import type { Io } from './io.ts';

/**
 * Whether a terminal makes links of OSC 8. None can be asked, so those count that are known to
 * (https://github.com/Alhadis/OSC8-Adoption); others would show nothing wrong, but some old ones print the URL.
 * FORCE_HYPERLINK decides where it is set, as in other tools; who wants no colours wants no links.
 */
export const takesHyperlinks = ({ env, isTTY }: Pick<Io, 'env' | 'isTTY'>, { toFile, hasColour }: Shown): boolean => {
  if (toFile) return false;
  const { FORCE_HYPERLINK: force, TERM: terminal = '', TERM_PROGRAM: program = '', VTE_VERSION: vte = '0' } = env;
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if (!isTTY || !hasColour || terminal === 'dumb' || (env.CI !== undefined && env.CI !== '')) return false;
  return (
    programs.includes(program.toLowerCase()) ||
    terminals.some((name) => terminal.includes(name)) ||
    marks.some((name) => env[name] !== undefined) ||
    // 0.50.0 crashed of them.
    Number(vte) > 5000
  );
};

interface Shown {
  readonly toFile: boolean;
  readonly hasColour: boolean;
}

const programs = ['iterm.app', 'wezterm', 'vscode', 'ghostty', 'hyper', 'rio', 'tabby', 'zed'];
const terminals = ['kitty', 'alacritty', 'foot', 'ghostty', 'wezterm'];
const marks = ['WT_SESSION', 'KONSOLE_VERSION', 'DOMTERM'];
