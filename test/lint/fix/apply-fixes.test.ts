import { expect, it } from 'vitest';
import { memoryFiles } from '../../../src/files/memory.ts';
import { applyFixes } from '../../../src/lint/fix/apply-fixes.ts';
import { fixAll } from '../../../src/lint/fix/fix.ts';
import type { Finding, FindingEdit } from '../../../src/model/finding.ts';

const edit = (path: string, start: number, end: number, text: string): FindingEdit => ({ path, range: [start, end], text });
const fix = (edits: readonly FindingEdit[], safety: 'safe' | 'unsafe' = 'safe'): Pick<Finding, 'fix'> => ({
  fix: { description: 'fix', safety, edits },
});
const texts: Readonly<Record<string, string>> = { a: '0123456789', b: 'bbb' };
const apply = (fixes: readonly Pick<Finding, 'fix'>[], safeties: readonly ('safe' | 'unsafe')[] = ['safe']) =>
  applyFixes(fixes, (path) => texts[path], safeties);

it.each([
  ['edits that touch', [fix([edit('a', 0, 3, 'x')]), fix([edit('a', 3, 5, 'y')])], { a: 'xy56789' }, 2],
  ['an edit within another', [fix([edit('a', 0, 5, 'x')]), fix([edit('a', 2, 3, 'y')])], { a: 'x56789' }, 1],
  ['two insertions at one place', [fix([edit('a', 2, 2, 'x')]), fix([edit('a', 2, 2, 'y')])], { a: '01x23456789' }, 1],
  ['the same fix of two findings', [fix([edit('a', 2, 2, 'x')]), fix([edit('a', 2, 2, 'x')])], { a: '01x23456789' }, 2],
  ['a fix whole or not at all', [fix([edit('a', 0, 5, 'x')]), fix([edit('b', 0, 1, 'y'), edit('a', 4, 6, 'z')])], { a: 'x56789' }, 1],
  ['a fix in a file that cannot be edited', [fix([edit('b', 0, 1, 'y'), edit('elsewhere', 0, 0, 'z')])], {}, 0],
  ['an unsafe fix', [fix([edit('a', 0, 1, 'x')], 'unsafe')], {}, 0],
])('resolves %s', (_, fixes, changed, count) => {
  expect(apply(fixes)).toEqual({ texts: changed, count, refused: [] });
});

it('applies unsafe fixes where they are asked for', () => {
  expect(apply([fix([edit('a', 0, 1, 'x')], 'unsafe')], ['safe', 'unsafe']).texts).toEqual({ a: 'x123456789' });
});

it('ends, even where every fix calls for another', () => {
  let rounds = 0;
  const fixed = fixAll(
    memoryFiles({ a: '' }),
    (files) => {
      rounds++;
      return { findings: [{ ...fix([edit('a', 0, 0, 'x')]), text: files.file('a')?.text } as unknown as Finding] };
    },
    ['safe'],
  );
  expect(rounds).toBe(11);
  expect(fixed.files).toEqual([{ path: 'a', before: '', after: 'xxxxxxxxxx' }]);
});
