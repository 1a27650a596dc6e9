/** The world as a command sees it: `bin.ts` gives the process, tests give buffers. */
export interface Io {
  readonly stdout: (text: string) => unknown;
  readonly stderr: (text: string) => unknown;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Standard output is a terminal. */
  readonly isTTY: boolean;
  readonly columns: number | undefined;
}
