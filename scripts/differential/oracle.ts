/** kustomize and Flux themselves: a Go program that is built where Go is, and asked line by line. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Answer {
  /** JSON texts with sorted keys. */
  readonly objects: readonly string[];
  readonly error: string | undefined;
}

export interface Oracle {
  readonly ask: (request: object) => Promise<Answer>;
  readonly close: () => void;
}

/** Undefined where there is no Go, or no module proxy to build from. */
export const openOracle = (): Oracle | undefined => {
  const program = build();
  return program === undefined ? undefined : openProgram(program);
};

/** A program that answers a line of JSON with a line of JSON. */
export const openProgram = (program: string): Oracle => {
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error('the Go program ended');
      const answer: { objects: readonly string[] | null; error?: string } = JSON.parse(value);
      return { objects: answer.objects ?? [], error: answer.error };
    },
    close: () => child.stdin.end(),
  };
};

const build = (): string | undefined => {
  const source = join(import.meta.dirname, 'oracle');
  const folder = join(import.meta.dirname, '../../node_modules/.cache/flux-lint');
  const program = join(folder, 'differential');
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync('go', ['build', '-p', '2', '-o', program, '.'], { cwd: source, stdio: ['ignore', 'inherit', 'inherit'] });
  return status === 0 ? program : undefined;
};
