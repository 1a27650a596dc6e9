import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { compiledCode, type Surroundings } from '../../../src/cli/start/compiled-code.ts';

const top = mkdtempSync(join(tmpdir(), 'flux-lint-compiled-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(top, 'home-'));
});

const around = (changes: Partial<Surroundings> = {}): Surroundings => ({
  platform: 'linux',
  env: {},
  home: () => home,
  user: process.getuid?.(),
  ...changes,
});
const parent = () => join(home, '.cache/flux-lint/compiled');
const code = { bytecode: 1_000_000, code: Buffer.from('what V8 made') };

describe('the code of an earlier run', () => {
  it('is what was written, for the same build and V8 alone', () => {
    compiledCode('a', around())?.write(new Map([['core.cjs', code]]));
    expect(compiledCode('a', around())?.read('core.cjs')).toEqual(code);
    expect(compiledCode('a', around())?.read('other.cjs')).toBeUndefined();
    expect(compiledCode('b', around())?.read('core.cjs')).toBeUndefined();
  });

  it.each([
    ['cut short', (file: Buffer) => file.subarray(0, -1)],
    ['changed', (file: Buffer) => Buffer.concat([file.subarray(0, -1), Buffer.from('x')])],
    ['empty', () => Buffer.alloc(0)],
  ])('is none where the file is %s', (_, change) => {
    compiledCode('a', around())?.write(new Map([['core.cjs', code]]));
    const file = join(parent(), 'a/core.cjs');
    writeFileSync(file, change(readFileSync(file)));
    expect(compiledCode('a', around())?.read('core.cjs')).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')("is in directories that are the user's alone, and none where others can write", () => {
    compiledCode('a', around())?.write(new Map([['core.cjs', code]]));
    expect(statSync(join(parent(), 'a')).mode & 0o777).toBe(0o700);
    expect(statSync(join(parent(), 'a/core.cjs')).mode & 0o777).toBe(0o600);
    expect(compiledCode('a', around({ user: (process.getuid?.() ?? 0) + 1 }))?.read('core.cjs')).toBeUndefined();
    chmodSync(join(parent(), 'a'), 0o777);
    expect(compiledCode('a', around())?.read('core.cjs')).toBeUndefined();
    compiledCode('a', around())?.write(new Map([['second.cjs', code]]));
    expect(existsSync(join(parent(), 'a/second.cjs'))).toBe(false);
  });

  it('leaves nothing but whole files, of the three last builds', () => {
    for (const [index, key] of ['a', 'b', 'c'].entries()) {
      compiledCode(key, around())?.write(new Map([['core.cjs', code]]));
      utimesSync(join(parent(), key), index + 1, index + 1);
    }
    compiledCode('d', around())?.write(new Map([['core.cjs', code]]));
    expect(readdirSync(parent()).sort()).toEqual(['b', 'c', 'd']);
    expect(readdirSync(join(parent(), 'd'))).toEqual(['core.cjs']);
  });

  it('may grow for an hour, and once a day', () => {
    const store = compiledCode('a', around());
    expect(store?.mayGrow(Date.now())).toBe(false);
    store?.write(new Map([['core.cjs', code]]));
    const written = statSync(join(parent(), 'a')).mtimeMs;
    const hour = 3_600_000;
    expect([0.5, 1.5, 23, 25, 25.5, 26.5].map((hours) => store?.mayGrow(written + hours * hour))).toEqual([
      true,
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  it('is not asked for in CI, and not where it is switched off', () => {
    expect(compiledCode('a', around({ env: { CI: 'true' } }))).toBeUndefined();
    expect(compiledCode('a', around({ env: { NODE_DISABLE_COMPILE_CACHE: '1' } }))).toBeUndefined();
    expect(compiledCode('a', around({ env: { CI: 'false' } }))).toBeDefined();
  });

  it('lies where the platform keeps what can be deleted', () => {
    const placeOf = (changes: Partial<Surroundings>) => {
      compiledCode('a', around(changes))?.write(new Map([['core.cjs', code]]));
      const find = (path: string): string | undefined =>
        readdirSync(path, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('core.cjs'));
      const found = find(home);
      rmSync(home, { recursive: true, force: true });
      mkdirSync(join(home, 'Library'), { recursive: true });
      return found;
    };
    const behind = 'flux-lint/compiled/a/core.cjs';
    expect(placeOf({})).toBe(`.cache/${behind}`);
    expect(placeOf({ platform: 'darwin' })).toBe(`Library/Caches/${behind}`);
    expect(placeOf({ platform: 'win32', env: { LOCALAPPDATA: join(home, 'Local') } })).toBe(`Local/${behind}`);
    expect(placeOf({ env: { XDG_CACHE_HOME: join(home, 'else') } })).toBe(`else/${behind}`);
    expect(placeOf({ env: { XDG_CACHE_HOME: 'relative' } })).toBe(`.cache/${behind}`);
  });

  it('is done without where nothing can be written, or there is no home', () => {
    writeFileSync(join(home, '.cache'), '');
    const store = compiledCode('a', around());
    expect(() => store?.write(new Map([['core.cjs', code]]))).not.toThrow();
    expect(store?.read('core.cjs')).toBeUndefined();
    // A missing directory in /proc is missing again after it was made.
    for (const nowhere of ['/proc', join(home, 'there/is/none')]) {
      expect(() => compiledCode('a', around({ home: () => nowhere }))?.write(new Map([['core.cjs', code]]))).not.toThrow();
    }
    expect(existsSync(join(home, 'there'))).toBe(false);
    const homeless = around({
      home: () => {
        throw new Error('no home');
      },
    });
    expect(compiledCode('a', homeless)).toBeUndefined();
    // As with `HOME=`: what is relative would lie in the repository.
    expect(compiledCode('a', around({ home: () => '' }))).toBeUndefined();
    expect(compiledCode('a', around({ platform: 'win32', env: { LOCALAPPDATA: 'relative' } }))).toBeUndefined();
  });
});
