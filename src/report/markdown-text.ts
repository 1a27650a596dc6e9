import { printable } from './terminal.ts';

/** Text that stays text: no markup, one line. */
export const escaped = (text: string): string =>
  printable(text.replace(/\s+/g, ' '))
    .replace(/[\\`*_{}[\]|~#]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** A code span within a table: longer ticks than the text has, and no bare bar. */
export const code = (text: string): string => {
  const ticks = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const padding = text.includes('`') ? ' ' : '';
  return `${ticks}${padding}${printable(text.replace(/\s+/g, ' ')).replaceAll('|', '\\|')}${padding}${ticks}`;
};
