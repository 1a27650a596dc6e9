/**
 * The root modules of a repository that make something Flux knows of, each run evaluated once: files in, what they make out.
 * Pure; nothing is thrown for what is in the files.
 */
import type { Files } from '../../files/files.ts';
import { readModule } from './module/read-module.ts';
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
  const planned = plans.flatMap((plan) => plannedRequest(files, plan) ?? []);
  const declared = roots.map(({ path, varFiles: own, workspace = 'default', cluster }): RootRequest => {
    const isOneOfSeveral = roots.filter((other) => other.path === path).length > 1;
    const variant = isOneOfSeveral ? (cluster ?? own[0] ?? workspace) : undefined;
    return { directory: path, varFiles: own, workspace, cluster, variant };
  });
  const isDeclared = new Set([...planned, ...declared].map(({ directory }) => directory));
  const found = carryingRoots(files)
    .filter((directory) => !isDeclared.has(directory))
    .flatMap((directory): readonly RootRequest[] => {
      const module = readModule(files, directory);
      if (module === undefined) return [];
      return varFiles.length > 0 ? [{ directory, varFiles, workspace: 'default', variant: undefined }] : requestsFor(files, module);
    });
  const isPlanned = new Set(planned.map(({ directory }) => directory));
  return [...planned, ...declared.filter(({ directory }) => !isPlanned.has(directory)), ...found];
};

/** The root module that has most of a plan's resources. */
const plannedRequest = (files: Files, plan: Plan): RootRequest | undefined => {
  let best: { readonly request: RootRequest; readonly count: number } | undefined;
  for (const directory of carryingRoots(files)) {
    const request: RootRequest = { directory, varFiles: [], workspace: 'default', variant: plan.path, plan };
    const root = evaluateRoot(files, { ...request, plan: undefined });
    const count = root ? fits(plan, root.instance) : 0;
    if (count > (best?.count ?? 0)) best = { request, count };
  }
  return best?.request;
};
