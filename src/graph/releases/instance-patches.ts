/** The patches that a FluxInstance, or the release of its chart, has for what the Flux Operator installs. */
import type { Files } from '../../files/files.ts';
import type { StepProblem } from '../../model/problem.ts';
import { isWholeGoPattern, matchesWholeGoPattern } from '../../pattern/go-pattern.ts';
import { child, isMap, itemsOf, type Node, stringAt } from '../../yaml/node.ts';
import { holdsUnknown } from '../../yaml/unknown.ts';
import type { InstanceOfCluster } from '../clusters/flux-instance.ts';
import { ofInstance } from '../clusters/installed-controllers.ts';
import type { AppliedView } from '../clusters/views.ts';
import { entryProblems } from './post-renderers.ts';

export interface InstancePatches {
  /** What kustomize refuses of them. */
  readonly problems: readonly StepProblem[];
  /** Targets that select nothing of what the operator installs, and the names that there are. */
  readonly lost: readonly { readonly target: Node; readonly names: readonly string[] }[];
}

/**
 * flux-operator: internal/builder/build.go writes `spec.kustomize.patches` behind its own into a kustomization and builds it in
 * memory: what kustomize refuses fails the whole instance (BuildFailed), and a target that selects nothing is passed over.
 */
export const instancePatches = (
  { label, namespace }: AppliedView,
  instance: InstanceOfCluster | undefined,
  files: Files,
): InstancePatches => {
  const entries = itemsOf(child(instance?.spec, 'kustomize', 'patches')).filter((entry) => isMap(entry) && !holdsUnknown(entry));
  const fails = `The Flux Operator does not install or update Flux, and ${label} stays at what it was.`;
  const noFiles = 'The operator reads no files: write the patch itself here.';
  return {
    problems: entries.flatMap((entry) => (isMap(entry) ? entryProblems(entry, { files, fails, noFiles }) : [])),
    lost: entries.flatMap((entry) => {
      const target = child(entry, 'target');
      const names = instance && target && namesOf(instance, { kind: stringAt(target, 'kind'), namespace });
      return names && selectsNone(target, names) ? [{ target, names }] : [];
    }),
  };
};

/** The names of what is installed of a kind; undefined where that is not known for sure. */
const namesOf = (
  instance: InstanceOfCluster,
  { kind, namespace }: { readonly kind: string | undefined; readonly namespace: string | undefined },
): readonly string[] | undefined => {
  const { spec } = instance;
  if (kind === 'Kustomization' || kind === 'GitRepository' || kind === 'OCIRepository' || kind === 'Bucket') {
    const sync = child(spec, 'sync');
    const name = child(sync, 'name') === undefined ? namespace : stringAt(sync, 'name');
    if (sync === undefined || name === undefined) return undefined;
    return kind === 'Kustomization' || kind === (stringAt(sync, 'kind') ?? 'GitRepository') ? [name] : [];
  }
  const components = kind === 'Deployment' ? ofInstance(instance)?.names : undefined;
  const shards = itemsOf(child(spec, 'sharding', 'shards')).map((shard) => stringAt(shard));
  if (!components || shards.includes(undefined)) return undefined;
  return [...components].flatMap((name) => [name, ...shards.map((shard) => `${name}-${shard}`)]);
};

const selectsNone = (target: Node, names: readonly string[]): boolean => {
  const pattern = stringAt(target, 'name');
  const isByLabels = ['labelSelector', 'annotationSelector'].some((field) => child(target, field) !== undefined);
  if (isByLabels || pattern === undefined || !isWholeGoPattern(pattern)) return false;
  return !names.some((name) => matchesWholeGoPattern(name, pattern));
};
