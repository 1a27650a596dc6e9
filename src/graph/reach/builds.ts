import type { BuildResult } from '../../kustomize/build.ts';
import { addToGroup } from '../../model/grouped.ts';
import type { KustomizationView } from '../clusters/views.ts';

/** One build, and the Kustomizations whose content it is: those that apply one directory in the same way share it. */
export interface SharedBuild {
  readonly build: BuildResult;
  readonly kustomizations: readonly KustomizationView[];
}

/** Every distinct build of the clusters, in the order in which they were found. */
export const sharedBuilds = (kustomizations: Iterable<KustomizationView>): readonly SharedBuild[] => {
  const builds = new Map<BuildResult, [KustomizationView, ...KustomizationView[]]>();
  for (const kustomization of kustomizations) {
    const { content } = kustomization;
    if (content.type !== 'built') continue;
    addToGroup(builds, content.build, kustomization);
  }
  return [...builds].map(([build, sharing]) => ({ build, kustomizations: sharing }));
};
