/** The live line, with a clock that only moves when it is told to. */

import { describe, expect, it } from 'vitest';
import type { Analyze } from '../../../src/cli/context.ts';
import type { Io } from '../../../src/cli/terminal/io.ts';
import { UsageError } from '../../../src/model/usage-error.ts';
import { unwatched, type Watch } from '../../../src/model/watch.ts';
import { cleanResult } from '../../report/sample.ts';
import { runMain } from '../run-main.ts';
import { eraseToEnd, screen } from './screen.ts';

const fakeClock = () => {
  let time = 40;
  return {
    now: () => time,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
  };
};

type Clock = ReturnType<typeof fakeClock>;

/** Runs `check` on a terminal; the analysis does `work` and finds nothing. */
const check = async (work: (watch: Watch, clock: Clock) => void, io: Partial<Io> = {}, argv: readonly string[] = []) => {
  const clock = fakeClock();
  const analyze: Analyze = ({ watch = unwatched }) => {
    work(watch, clock);
    return cleanResult;
  };
  const terminal: Partial<Io> = { stderrIsTTY: true, stderrColumns: 80, now: clock.now };
  return runMain(argv, { ...terminal, ...io }, { analyze: async () => analyze });
};

const slowly = (watch: Watch, clock: Clock) =>
  watch.during('evaluation', () => {
    watch.expect('cluster', 18);
    clock.pass(600);
    watch.count('file', 1204);
    clock.pass(100);
    watch.count('cluster', 2);
    clock.pass(100);
    watch.count('object', 358);
  });

/** Every text that was drawn, again and again or once. */
const drawn = (stderr: string): readonly string[] => [...new Set(stderr.replaceAll(eraseToEnd, '\r').split('\r').filter(Boolean))];

it('says how far a long run is, and is gone before the report', async () => {
  const { stdout, stderr, code } = await check(slowly);
  expect(drawn(stderr)).toEqual([
    '1,204 files · 0/18 clusters',
    '1,204 files · 2/18 clusters',
    '1,204 files · 2/18 clusters · 358 objects',
  ]);
  expect(screen(stderr)).toBe('');
  expect({ stdout, code }).toEqual({ stdout: (await check(() => {})).stdout, code: 0 });
});

it.each<[string, Partial<Io>, readonly string[]]>([
  ['standard error is no terminal', { stderrIsTTY: false }, []],
  ['it runs in CI', { env: { CI: 'true' } }, []],
  ['pre-commit runs it in a terminal of its own', { env: { PRE_COMMIT: '1' } }, []],
  ['the terminal cannot', { env: { TERM: 'dumb' } }, []],
  ['it was asked to be quiet', {}, ['--quiet']],
])('says nothing where %s', async (_why, io, argv) => {
  expect((await check(slowly, io, argv)).stderr).toBe('');
});

it('speaks where CI is said to be off, and where the report goes into a pipe', async () => {
  expect(drawn((await check(slowly, { env: { CI: 'false' }, isTTY: false })).stderr)).not.toEqual([]);
});

it('says nothing in a run of less than half a second', async () => {
  const { stderr } = await check((watch, clock) =>
    watch.during('evaluation', () => {
      clock.pass(400);
      watch.count('file', 3);
      clock.pass(50);
    }),
  );
  expect(stderr).toBe('');
});

it('is drawn ten times a second at most', async () => {
  const { stderr } = await check((watch, clock) =>
    watch.during('evaluation', () => {
      for (let file = 0; file < 3000; file++) {
        clock.pass(1);
        watch.count('file', 1);
      }
    }),
  );
  expect(drawn(stderr).length).toBeGreaterThan(20);
  expect(drawn(stderr).length).toBeLessThanOrEqual(27);
});

it.each([
  [30, '1,204 files · 2/18 clusters ·'],
  [12, '1,204 files'],
  [undefined, '1,204 files · 2/18 clusters · 358 objects'],
])('fits into %s columns', async (stderrColumns, last) => {
  expect(drawn((await check(slowly, { stderrColumns })).stderr).at(-1)).toBe(last);
});

it('begins again with the other revision', async () => {
  const { stderr } = await check((watch, clock) => {
    slowly(watch, clock);
    watch.during('evaluation', () => {
      clock.pass(100);
      watch.count('file', 1);
    });
  });
  expect(drawn(stderr).at(-1)).toBe('1 file');
});

describe('when the run does not end well', () => {
  const failing = (error: unknown) =>
    check((watch, clock) => {
      slowly(watch, clock);
      watch.during('rules', () => {
        clock.pass(200);
        watch.count('rule', 1);
        throw error;
      });
    });

  it('leaves the message alone where it cannot be done', async () => {
    const { code, stdout, stderr } = await failing(new UsageError('there is no cluster a', 'There are: b'));
    expect({ code, stdout, shown: screen(stderr) }).toEqual({
      code: 2,
      stdout: '',
      shown: 'flux-lint: there is no cluster a. There are: b',
    });
  });

  it('leaves the report of a bug alone', async () => {
    const { code, stderr } = await failing(new Error('rule a/b'));
    expect(code).toBe(3);
    expect(screen(stderr)).toMatch(/^flux-lint: a bug in flux-lint [^\n]*: rule a\/b\nThis is not/);
  });

  it('leaves nothing on Ctrl-C', async () => {
    const interruption = { code: 'ERR_SCRIPT_EXECUTION_INTERRUPTED' };
    const { code, stdout, stderr } = await failing(interruption);
    expect({ code, stdout, shown: screen(stderr) }).toEqual({ code: 130, stdout: '', shown: '' });
    expect(drawn(stderr)).not.toEqual([]);
  });
});
