import { git } from './git.ts';

/** Contents in git's object store. Each question is a process of its own, so that what is expected together is read together. */
export interface Blobs {
  /**
   * What will be asked for. The usual is read with whatever is asked for first, and anything else with the first of its kind.
   */
  readonly expect: (kind: string, ids: readonly string[]) => void;
  /** Undefined for what is not here. */
  readonly read: (id: string) => Buffer | undefined;
}

/** What nearly every reader asks for. */
export const usual = 'usual';

/** The contents of one repository; several views of it read them in one. */
export const openBlobs = (directory: string): Blobs => {
  const read = new Map<string, Buffer>();
  const asked = new Set<string>();
  const groups = new Map<string, Set<string>>();
  const groupOf = new Map<string, Set<string>>();
  const load = (ids: readonly string[]) => {
    const wanted = ids.filter((id) => !asked.has(id));
    for (const id of wanted) asked.add(id);
    for (const [id, content] of readBlobs(directory, wanted)) read.set(id, content);
  };
  return {
    expect: (kind, ids) => {
      const group = groups.get(kind) ?? new Set();
      groups.set(kind, group);
      for (const id of ids) {
        group.add(id);
        if (!groupOf.has(id)) groupOf.set(id, group);
      }
    },
    read: (id) => {
      if (!asked.has(id)) load([...new Set([id, ...(groupOf.get(id) ?? []), ...(groups.get(usual) ?? [])])]);
      return read.get(id);
    },
  };
};

/** `<id> blob <size>`, the content, a line break, and so on; `<id> missing` for what is not here. */
const readBlobs = function* (directory: string, ids: readonly string[]): Generator<readonly [id: string, content: Buffer]> {
  const output = git(directory, ['cat-file', '--batch'], `${ids.join('\n')}\n`);
  let offset = 0;
  while (output && offset < output.length) {
    const end = output.indexOf(10, offset);
    const [id = '', type, size] = output.toString('latin1', offset, end).split(' ');
    offset = end + 1;
    if (type === 'missing') continue;
    yield [id, output.subarray(offset, offset + Number(size))];
    offset += Number(size) + 1;
  }
};
