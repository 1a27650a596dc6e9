import { git } from '../../files/git.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import type { Io } from '../terminal/io.ts';
import { complete, directives } from './complete.ts';
import { completionTable } from './completion-table.ts';

/**
 * Answers a shell in the protocol of cobra, which kubectl and flux speak: candidates, one a line with a description
 * behind a tab, then a colon and the directive (https://github.com/spf13/cobra/blob/main/site/content/completions/_index.md).
 * So a program that completes its plugins by that protocol, as flux does, can ask it as well.
 */
export const answerShell = ([name, ...words]: readonly string[], io: Io): number => {
  const { candidates, directive } = complete({ table: completionTable, words, revisions: () => revisionsIn(io.cwd) });
  const hasAbout = name !== '__completeNoDesc';
  for (const { word, about } of candidates) io.stdout(hasAbout && about !== '' ? `${word}\t${about}\n` : `${word}\n`);
  io.stdout(`:${directive}\n`);
  io.stderr(`Completion ended with directive: ${namesOf(directive)}\n`);
  return exitCodes.done;
};

const revisionsIn = (directory: string): readonly string[] =>
  git(directory, ['for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/remotes', 'refs/tags'])
    ?.toString('utf8')
    .split('\n')
    .filter(Boolean) ?? [];

const namesOf = (directive: number): string => {
  const names = [
    [directives.noSpace, 'ShellCompDirectiveNoSpace'],
    [directives.noFiles, 'ShellCompDirectiveNoFileComp'],
    [directives.directories, 'ShellCompDirectiveFilterDirs'],
  ] as const;
  const set = names.filter(([bit]) => (directive & bit) !== 0).map(([, name]) => name);
  return set.length === 0 ? 'ShellCompDirectiveDefault' : set.join(', ');
};
