/** What a change makes of objects, as texts to look at: what `build` prints of them before and after. */
import { structuredPatch } from 'diff';
import { type ShownObject, shownObjects } from '../../graph/secrets/shown-objects.ts';
import { type ClusterImpact, type Impact, type ObjectChange, objectChanges } from '../../impact/impact.ts';
import { memo } from '../../model/memo.ts';
import { objectLines } from '../build/yaml.ts';
import { createRoom, createTable } from './table.ts';

export interface ObjectDiffs {
  /** The place of a diff among the others; undefined where there is no room for it, or nothing to see. */
  readonly add: (change: ObjectChange, cluster: ClusterImpact) => number | undefined;
  readonly all: () => readonly string[];
  /** How many had no room. */
  readonly left: () => number;
}

/** Lines of one object, and edits that are worth the time of finding the fewest. */
const [maxLines, maxEdits] = [400, 4000];

/** @param room characters of the page for all of them */
export const createObjectDiffs = ({ base, head }: Pick<Impact, 'base' | 'head'>, room: number): ObjectDiffs => {
  const diffs = createTable<string>();
  // What the change takes away is as secret as what it brings.
  const text = (line: string) => base.secrets.text(head.secrets.text(line));
  const space = createRoom([diffs], room);
  const shownIn = memo((cluster: ClusterImpact) => shownObjects(objectsOf(cluster)));
  return {
    add: (change, cluster) => {
      const shown = shownIn(cluster);
      const lines = (object: ObjectChange['base']): string => (object ? textOf(shown(object), text) : '');
      const diff = diffText(lines(change.base), lines(change.head));
      return diff === '' ? undefined : space.take(() => diffs.place(diff));
    },
    all: diffs.all,
    left: space.left,
  };
};

/** Both sides hide what is secret on either. */
const objectsOf = ({ base, head, kustomizations }: ClusterImpact) => [
  ...(base?.objects ?? []),
  ...(head?.objects ?? []),
  ...kustomizations.flatMap(objectChanges).flatMap((change) => [change.base ?? [], change.head ?? []].flat()),
];

const textOf = ({ root }: ShownObject, shown: (line: string) => string): string =>
  objectLines(root)
    .map((line) => `${shown(line.text)}\n`)
    .join('');

/** Three lines around each difference; `…` for those in between and for what is too long. */
const diffText = (before: string, after: string): string => {
  const patch = structuredPatch('', '', before, after, '', '', { context: 3, maxEditLength: maxEdits });
  if (!patch) return '… more than can be compared here';
  const lines = patch.hunks.flatMap(({ lines: hunk }, index) => [
    ...(index === 0 ? [] : ['…']),
    ...hunk.filter((line) => line[0] !== '\\'),
  ]);
  return [...lines.slice(0, maxLines), ...(lines.length > maxLines ? [`… ${lines.length - maxLines} lines more`] : [])].join('\n');
};
