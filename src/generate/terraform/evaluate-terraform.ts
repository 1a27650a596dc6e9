/**
 * The root modules of a repository that make something Flux knows of, each run evaluated once: files in, what they make out.
 * Pure; nothing is thrown for what is in the files.
 */
import type { Files } from '../../files/files.ts';
import { readModule } from './module/read-module.ts';
import { carryingRoots, type EvaluatedRoot, evaluateRoot, type RootRequest, requestsFor } from './roots.ts';

/** What somebody says of the root modules, in the configuration or on the command line. */
export interface TerraformSettings {
  readonly roots: readonly DeclaredRootModule[];
  /** Files of values for every root that nothing else is said of, as paths of the repository. */
  readonly varFiles: readonly string[];
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
  const key = JSON.stringify(settings);
  const made = known.get(key) ?? requests(files, settings).flatMap((request) => evaluateRoot(files, request) ?? []);
  known.set(key, made);
  return made;
};

const requests = (files: Files, { roots, varFiles }: TerraformSettings): readonly RootRequest[] => {
  const declared = roots.map(({ path, varFiles: own, workspace = 'default', cluster }): RootRequest => {
    const isOneOfSeveral = roots.filter((other) => other.path === path).length > 1;
    const variant = isOneOfSeveral ? (cluster ?? own[0] ?? workspace) : undefined;
    return { directory: path, varFiles: own, workspace, cluster, variant };
  });
  const isDeclared = new Set(declared.map(({ directory }) => directory));
  const found = carryingRoots(files)
    .filter((directory) => !isDeclared.has(directory))
    .flatMap((directory): readonly RootRequest[] => {
      const module = readModule(files, directory);
      if (module === undefined) return [];
      return varFiles.length > 0 ? [{ directory, varFiles, workspace: 'default', variant: undefined }] : requestsFor(files, module);
    });
  return [...declared, ...found];
};
