/** The world as a command sees it: `bin.ts` gives the process, tests give buffers. */
export interface Io {
  readonly stdout: (text: string) => unknown;
  readonly stderr: (text: string) => unknown;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Standard output is a terminal. */
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  /** Writes to standard error by itself: a stream that Ctrl-C ends in the middle of a write never writes again. */
  readonly draw: (text: string) => unknown;
  readonly stderrIsTTY: boolean;
  readonly stderrColumns: number | undefined;
  /** Milliseconds since the process was started. */
  readonly now: () => number;
  /** The most bytes of memory that the process held so far. */
  readonly peakMemory: () => number;
  /** All of standard input, as text; absent where there is none to be read. */
  readonly stdin?: () => string;
  /** Calls what does not wait so that Ctrl-C ends it with an exception. */
  readonly interruptible: <T>(run: () => T) => T;
  /** Puts questions to whoever sits there; absent where nobody does. */
  readonly questions?: () => Promise<Questions>;
}

export interface Questions {
  /** What was answered, without the line break; undefined where they left instead. */
  readonly ask: (question: string) => Promise<string | undefined>;
  readonly close: () => void;
}
