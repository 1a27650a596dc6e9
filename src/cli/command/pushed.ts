import { type Changes, openChanges, type Range, upstreamOf } from '../../files/range.ts';
import type { Request } from '../../workspace.ts';
import type { Io } from '../terminal/io.ts';
import { refsRange } from '../terminal/pre-commit.ts';
import { nothingOfFlux, say } from '../terminal/say.ts';
import { createRootFinder, hookDirectory, refuseSeveral, touchedRoots } from './touched-roots.ts';

export interface Pushed {
  readonly request: Request;
  readonly range: Range;
  /** What differs in the root, where that has been asked already. */
  readonly known?: Changes | undefined;
}

/**
 * What `impact` judges when pre-commit runs it: what is pushed, else the branch against its upstream; in each root that
 * this touches. Where there is nothing to compare with, or nothing of it has to do with Flux, it says so and judges
 * nothing: the first push of a branch is no mistake.
 *
 * @throws UsageError where git cannot compare
 */
export const pushedTargets = (request: Request, io: Io, isForPeople: boolean): readonly Pushed[] => {
  const directory = hookDirectory(request);
  const refs = refsRange(directory, io.env);
  if (refs === undefined && upstreamOf(directory) === undefined) {
    say(io, 'nothing to compare with: the branch has no upstream, and there is no origin/HEAD');
    return [];
  }
  const range: Range = refs ?? { type: 'since', revision: undefined };
  const known = openChanges(directory, range);
  const { changes, head } = known;
  const rootOf = createRootFinder(directory, request);
  const roots = touchedRoots({ directory, changes, head, rootOf });
  if (roots.length === 0) say(io, nothingOfFlux);
  refuseSeveral(roots, isForPeople);
  return [...roots]
    .sort()
    .map((root) => ({ request: { ...request, root, mayBeEmpty: true }, range, known: root === directory ? known : undefined }));
};
