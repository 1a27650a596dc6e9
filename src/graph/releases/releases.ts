/** What HelmReleases install, as far as the repository shows it. */
import type { Files } from '../../files/files.ts';
import { memo } from '../../model/memo.ts';
import type { StepProblem } from '../../model/problem.ts';
import type { HelmReleaseView } from '../clusters/views.ts';
import { postRendererProblems } from './post-renderers.ts';
import { type Storage, storageOf } from './storage.ts';

export interface Releases {
  /** Where Helm keeps its record; undefined where that is not known. */
  readonly storageOf: (release: HelmReleaseView) => Storage | undefined;
  /** What kustomize refuses of its post-renderers. */
  readonly postRendererProblems: (release: HelmReleaseView) => readonly StepProblem[];
}

export const createReleases = (files: Files): Releases => ({
  storageOf: memo(storageOf),
  postRendererProblems: (release) => postRendererProblems(release, files),
});
