/**
 * One line on standard error that tells how far a run is, for who sits before a terminal and waits. It shows after half
 * a second, never where output is kept (a pipe, CI), and is gone before anything else is written. Nothing here waits, so
 * it is drawn when the run tells of something.
 */
import { type Counted, type Step, unwatched, type Watch } from '../../model/watch.ts';
import { amount, withCommas } from '../../report/words.ts';
import type { Io } from './io.ts';
import { isPreCommit } from './pre-commit.ts';

export interface Progress {
  /** Takes the line away before it writes anything. */
  readonly io: Io;
  /** Who looks on, where somebody does. */
  readonly watch: Watch;
}

/** In milliseconds: nobody misses a word sooner, and nobody reads faster than ten lines a second. */
const patience = 500;
const interval = 100;

const lineStart = '\r';
/** Written behind a line, so that there is no moment without one. The cursor stays where it is, and is never hidden. */
const eraseToEnd = '\u001b[K';

export const createProgress = (io: Io): Progress => {
  if (!isWanted(io)) return { io, watch: unwatched };
  let counts: Counts = none;
  let isShown = false;
  let drawn = patience - interval;
  let isInside = false;

  const draw = () => {
    const now = io.now();
    if (now - drawn < interval) return;
    drawn = now;
    isShown = true;
    // A terminal breaks the line at its last column.
    io.draw(`${lineStart}${lineOf(counts).slice(0, (io.stderrColumns ?? 80) - 1)}${eraseToEnd}`);
  };
  const clear = () => {
    if (!isShown) return;
    isShown = false;
    drawn = Number.NEGATIVE_INFINITY;
    io.draw(`${lineStart}${eraseToEnd}`);
  };
  const add = (what: Counted, { done = 0, expected = 0 }: Partial<Count>) => {
    const before = counts[what];
    counts = { ...counts, [what]: { done: before.done + done, expected: before.expected + expected } };
  };
  /** The line is there only while Ctrl-C can be told of: what ends the process otherwise leaves it on the screen. */
  const whileInterruptible = <T>(run: () => T): T => {
    isInside = true;
    try {
      return io.interruptible(() => {
        draw();
        try {
          return run();
        } finally {
          clear();
        }
      });
    } finally {
      isInside = false;
      // Nothing within sees that it was interrupted.
      clear();
    }
  };
  const during = <T>(step: Step, run: () => T): T => {
    // The other revision, or the files after their fixes: it begins again.
    if (step === 'evaluation') counts = none;
    if (!isInside) return whileInterruptible(run);
    draw();
    return run();
  };
  return {
    io: {
      ...io,
      stdout: (text) => {
        clear();
        return io.stdout(text);
      },
      stderr: (text) => {
        clear();
        return io.stderr(text);
      },
    },
    watch: {
      during,
      expect: (what, more) => add(what, { expected: more }),
      count: (what, more) => {
        add(what, { done: more });
        draw();
      },
    },
  };
};

/** Nobody looks on where a command was asked to be quiet. */
export const watchOf = ({ quiet }: { readonly quiet?: boolean | undefined }, { watch }: { readonly watch: Watch }): Watch =>
  quiet === true ? unwatched : watch;

const isWanted = ({ stderrIsTTY, env }: Io): boolean => {
  const isCi = env.CI !== undefined && env.CI !== '' && env.CI !== 'false' && env.CI !== '0';
  // pre-commit runs hooks in a terminal that it keeps the output of.
  return stderrIsTTY && !isCi && !isPreCommit(env) && env.TERM !== 'dumb';
};

interface Count {
  readonly done: number;
  /** Zero: nobody knows before. */
  readonly expected: number;
}

type Counts = Readonly<Record<Counted, Count>>;

const nothing: Count = { done: 0, expected: 0 };
const none: Counts = { file: nothing, cluster: nothing, object: nothing, rule: nothing };

/** `1,204 files · 12/18 clusters · 3,220 objects`, in the words of the report's last line. */
const lineOf = (counts: Counts): string => {
  const parts = Object.entries(counts)
    .filter(([, { done, expected }]) => done > 0 || expected > 0)
    .map(([what, { done, expected }]) => (expected > 0 ? `${withCommas(done)}/${amount(expected, what)}` : amount(done, what)));
  return parts.join(' · ') || 'reading files';
};
