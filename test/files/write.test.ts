import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeFile } from '../../src/files/write.ts';

const directory = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'flux-lint-write-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
};

it('puts the whole file in place of the old one, with its mode', () => {
  const path = join(directory(), 'deep/report.json');
  writeFile(path, 'old');
  writeFileSync(path, 'old', { mode: 0o640 });
  writeFile(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(join(path, '..'))).toEqual(['report.json']);
});

it("takes away what a run left that was ended, and nobody else's file", () => {
  const place = directory();
  const ended = spawnSync('true').pid;
  const [left, running, foreign] = [`report.flux-lint-${ended}.tmp`, `report.flux-lint-${process.ppid}.tmp`, 'report.1234.tmp'];
  for (const name of [left, running, foreign]) writeFileSync(join(place, name), 'x');
  writeFile(join(place, 'report'), 'new');
  expect(readdirSync(place).sort()).toEqual([foreign, running, 'report'].sort());
});

it('leaves a foreign file of its own name alone, and the old report too', () => {
  const place = directory();
  const path = join(place, 'report');
  writeFileSync(path, 'old');
  const foreign = `${path}.flux-lint-${process.pid}.tmp`;
  writeFileSync(foreign, 'foreign');
  expect(() => writeFile(path, 'new')).toThrow('cannot write');
  expect([readFileSync(path, 'utf8'), readFileSync(foreign, 'utf8')]).toEqual(['old', 'foreign']);
});

it('leaves the old report where the disk is full', () => {
  if (!existsSync('/dev/full')) return;
  const path = join(directory(), 'report');
  writeFile(path, 'old');
  expect(() => writeFile('/dev/full', 'x'.repeat(100_000))).toThrow('cannot write');
  expect(statSync(path).size).toBe(3);
});
