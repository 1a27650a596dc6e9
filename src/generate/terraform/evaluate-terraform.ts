/**
 * The root modules of a repository that make something Flux knows of, each run evaluated once: files in, what they make out.
 * Pure; nothing is thrown for what is in the files.
 */
import type { Files } from '../../files/files.ts';
import { fits, type Plan } from './plan.ts';
import { carryingRoots, type EvaluatedRoot, evaluateRoot, type RootRequest, requestsFor } from './roots.ts';

/** What somebody says of the root modules, in the configuration or on the command line. */
export interface TerraformSettings {
  readonly roots: readonly DeclaredRootModule[];
  /** Files of values for every root that nothing else is said of, as paths of the repository. */
  readonly varFiles: readonly string[];
  /** Of a root module each. */
  readonly plans: readonly Plan[];
}

export interface DeclaredRootModule {
  readonly path: string;
  readonly varFiles: readonly string[];
  readonly workspace: string | undefined;
  readonly cluster: string | undefined;
}

export type EvaluateTerraform = (files: Files, settings: TerraformSettings) => readonly EvaluatedRoot[];

const memory = new WeakMap<Files, Map<string, readonly EvaluatedRoot[]>>();

export const evaluateTerraform: EvaluateTerraform = (files, settings) => {
  const known = memory.get(files) ?? new Map<string, readonly EvaluatedRoot[]>();
  memory.set(files, known);
  const key = JSON.stringify({ ...settings, plans: settings.plans.map(({ path }) => path) });
  const made = known.get(key) ?? requests(files, settings).flatMap((request) => evaluateRoot(files, request) ?? []);
  known.set(key, made);
  return made;
};

const requests = (files: Files, { roots, varFiles, plans }: TerraformSettings): readonly RootRequest[] => {
  const planned = plannedRequests(files, plans);
  const declared = roots.map(({ path, varFiles: own, workspace = 'default', cluster }): RootRequest => {
    const isOneOfSeveral = roots.filter((other) => other.path === path).length > 1;
    const variant = isOneOfSeveral ? (cluster ?? own[0] ?? workspace) : undefined;
    return { directory: path, varFiles: own, workspace, cluster, variant };
  });
  const isDeclared = new Set([...planned, ...declared].map(({ directory }) => directory));
  const found = carryingRoots(files)
    .filter((directory) => !isDeclared.has(directory))
    .flatMap((directory) => requestsFor(files, directory, varFiles));
  const isPlanned = new Set(planned.map(({ directory }) => directory));
  return [...planned, ...declared.filter(({ directory }) => !isPlanned.has(directory)), ...found];
};

/** Each plan with the root module that has most of its resources. */
const plannedRequests = (files: Files, plans: readonly Plan[]): readonly RootRequest[] => {
  if (plans.length === 0) return [];
  const roots = carryingRoots(files).flatMap(
    (directory) => evaluateRoot(files, { directory, varFiles: [], workspace: 'default', variant: undefined }) ?? [],
  );
  return plans.flatMap((plan): readonly RootRequest[] => {
    let best: { readonly root: EvaluatedRoot; readonly count: number } | undefined;
    for (const root of roots) {
      const count = fits(plan, root.instance);
      if (count > (best?.count ?? 0)) best = { root, count };
    }
    return best ? [{ ...best.root.request, variant: plan.path, plan }] : [];
  });
};
