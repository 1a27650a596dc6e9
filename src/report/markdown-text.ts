import { printable } from './printable.ts';

/**
 * Characters that a comment may have on GitHub, which refuses more ("Body is too long (maximum is 65536 characters)"). GitLab
 * takes a million (docs.gitlab.com/administration/instance_limits), a job summary of GitHub 1 MiB.
 */
export const maxComment = 65_536;

/** Text that stays text: one line, no markup, and nothing that GitHub or GitLab send a notice for or make a link of, mail addresses aside. */
export const escaped = (text: string): string =>
  printable(text.replace(/\s+/g, ' '))
    .replace(/[\\`*_{}[\]|~#]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(reference, `$&${gap}`);

/** Blank of no width: forges look for references after markup is read, when a backslash does not hold them back any more. */
const gap = '&#8203;';

/**
 * What `@team`, `#7`, `!7`, `GH-7`, `www.example.com` and `https://example.com` start with, and GitLab's `$7`, `%7`, `&7` and `~bug`
 * (docs.gitlab.com/user/markdown, GitLab-specific references).
 */
const reference = /(?<![\w.])@(?=\w)|[#!$%](?=\d)|&amp;(?=\d)|~(?=\w)|\bGH-(?=\d)|\bwww(?=\.)|\b[a-z][a-z0-9+.-]{0,30}:(?=\/\/)/gi;

/**
 * A code span within a table: longer ticks than the text has, and no bare bar. A backslash before one would take away what
 * holds it: there is a blank between them.
 */
export const code = (text: string): string => {
  const ticks = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const padding = text.includes('`') ? ' ' : '';
  return `${ticks}${padding}${inCell(printable(text.replace(/\s+/g, ' ')))}${padding}${ticks}`;
};

const inCell = (text: string): string => text.replaceAll('\\|', '\\ |').replaceAll('|', '\\|');
