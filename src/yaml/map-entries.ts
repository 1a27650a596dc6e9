import type { Entry } from './node.ts';

/** Written keys win over merged ones, the first merged map over later ones; merged keys come behind. */
export const withMerged = (written: readonly Entry[], merged: readonly Entry[]): Entry[] => {
  const keys = new Set(written.map((entry) => entry.key.text));
  const added: Entry[] = [];
  for (const entry of merged) {
    if (keys.has(entry.key.text)) continue;
    keys.add(entry.key.text);
    added.push(entry);
  }
  return [...written, ...added];
};

/** One entry for each key: the last one written, at the place of the first. */
export const lastOfEach = (entries: readonly Entry[]): readonly Entry[] => {
  const last = new Map<string, Entry>();
  for (const entry of entries) last.set(entry.key.text, entry);
  return last.size === entries.length ? entries : [...last.values()];
};
