/** Which builds read what, and by which way. */
import type { Files } from '../../files/files.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { memoByText } from '../../model/memo.ts';
import type { Related } from '../../model/problem.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { KustomizationView } from '../clusters/views.ts';
import type { Sources } from '../sources/sources.ts';
import { type SharedBuild, sharedBuilds } from './builds.ts';
import { createPulls, type Pull } from './pulls.ts';
import { createReachIndex, type ReachIndex, type Way } from './reach-index.ts';
import { type UnreadManifest, unreadManifests } from './unread-manifests.ts';
import { createUnseenReaders } from './unseen-readers.ts';
import { type Use, usesByPlace } from './uses.ts';
import { wayTo } from './way-to.ts';

export interface Reach {
  /** The Kustomizations whose builds read a file, in the order of clusters and discovery. */
  readonly readers: ReachIndex['readers'];
  /** Every way by which a file gets into a cluster. */
  readonly ways: (path: string) => readonly Way[];
  /** Every file that the build of a Kustomization reads. */
  readonly filesOf: (kustomization: KustomizationView) => ReadonlySet<string>;
  /** Everything that a Kustomization's build takes in, and the lines that ask for it. */
  readonly pullsOf: (kustomization: KustomizationView) => readonly Pull[];
  /** How the cluster of a Kustomization gets to a pull, the line that pulls not included. */
  readonly wayTo: (kustomization: KustomizationView, pull: Pull) => readonly Related[];
  /** Every place that builds take in, with who does. */
  readonly uses: ReadonlyMap<string, readonly Use[]>;
  /** The environments that build a place. */
  readonly environmentsOf: (place: string) => ReadonlySet<string>;
  /** Every distinct build, with the Kustomizations that share it. */
  readonly builds: readonly SharedBuild[];
  /** Objects in files that no build reads, beside kustomization files that builds do read. */
  readonly unreadManifests: readonly UnreadManifest[];
  /** Whether a Kustomization whose content is not known may build a path of this repository. */
  readonly mayBeBuiltUnseen: (path: string) => boolean;
}

export interface ReachInput {
  readonly files: Files;
  readonly parse: ParseFile;
  readonly clusters: Clusters;
  readonly sources: Sources;
}

const noFiles: ReadonlySet<string> = new Set();

/** Each answer is found when it is first asked for: most commands ask for few of them. */
export const createReach = ({ files, parse, clusters, sources }: ReachInput): Reach => {
  const evaluated = clusters.all.map(({ cluster }) => cluster);
  const index = createReachIndex(evaluated);
  const pullsOf = createPulls(parse);
  let uses: Reach['uses'] | undefined;
  const allUses = () => {
    uses ??= usesByPlace({ clusters, sources, pullsOf });
    return uses;
  };
  let builds: Reach['builds'] | undefined;
  let unread: Reach['unreadManifests'] | undefined;
  return {
    readers: index.readers,
    ways: index.ways,
    filesOf: ({ content }) => (content.type === 'built' ? index.filesOf(content.build.reads) : noFiles),
    pullsOf,
    wayTo: (view, pull) => wayTo(view, pull, clusters.get(view.target)),
    get uses() {
      return allUses();
    },
    environmentsOf: memoByText((place) => new Set((allUses().get(place) ?? []).flatMap(({ environment }) => environment ?? []))),
    get builds() {
      builds ??= sharedBuilds(clusters.all.flatMap((cluster) => cluster.appliers));
      return builds;
    },
    get unreadManifests() {
      unread ??= unreadManifests({ files, parse, readers: index.readers });
      return unread;
    },
    mayBeBuiltUnseen: createUnseenReaders(evaluated),
  };
};
