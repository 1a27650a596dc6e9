/** Directories below a root: each is built once for a tree, unless it holds a cycle. */
import { isWithin } from '../../files/files.ts';
import { limitExceeded } from '../../model/limit-exceeded.ts';
import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import type { BuildInput, ParseFile } from '../build.ts';
import { type Kustomization, type NoKustomization, readKustomization } from '../file/kustomization.ts';
import { emptyLog, type Loader } from '../file/loader.ts';
import { builtinSchemas, type MergeSchemas } from '../file/merge-schema.ts';
import { openApiOf } from '../file/openapi.ts';
import { limits } from '../resource/limits.ts';
import type { BuildMetadata } from '../transform/build-metadata.ts';
import { accumulate } from './accumulate.ts';
import { type BuiltDirectory, nothing } from './directory.ts';
import type { DirectoryEntry, Level } from './level.ts';
import { withUniqueObjects } from './unique-objects.ts';

/** Directories as bases, by the schema in force, then by restriction and path. */
export type DirectoryMemory = WeakMap<MergeSchemas, Map<string, BuiltDirectory>>;

/** One run from a root: who includes whom, and what is only true in this run. */
export interface Run {
  readonly input: BuildInput;
  readonly parse: ParseFile;
  readonly directories: DirectoryMemory;
  /** Directories that hold a cycle: what they came to when they were first met in this run. */
  readonly cyclic: Map<string, BuiltDirectory>;
  /** Set where the root asks for it; the run has a memory of its own then, since all objects carry what is told of them. */
  readonly metadata: BuildMetadata | undefined;
  /** Directories so far, not counting those that were remembered. */
  readonly count: { built: number };
}

interface Here {
  readonly kustomization: Kustomization;
  /** The directories that include each other, the root first and this one last. */
  readonly chain: readonly string[];
  readonly isRoot: boolean;
  readonly schemas: MergeSchemas | undefined;
}

export const newLoader = ({ files, loadRestrictor }: BuildInput, directory: string): Loader => ({
  files,
  directory,
  isRootOnly: loadRestrictor === 'LoadRestrictionsRootOnly',
  log: emptyLog(),
});

export const levelOf = (run: Run, loader: Loader, { kustomization, chain, isRoot, schemas }: Here): Level => ({
  kustomization,
  loader,
  parse: run.parse,
  schemas,
  metadata: run.metadata,
  sourceOf: (path) => (kustomization.file?.path === path ? kustomization.file.text : run.input.overrides?.sourceOf?.(path)),
  ignoresMissingComponents: isRoot && run.input.overrides?.ignoreMissingComponents === true,
  buildDirectory: (entry) => buildDirectory(run, entry, chain),
});

/** Deeper than any repository's; beyond it the stack of the process is in danger. */
const maxDepth = 500;

const buildDirectory = (run: Run, entry: DirectoryEntry, chain: readonly string[]): BuiltDirectory => {
  const { directory, asked } = entry;
  const visited = chain.find((root) => isWithin(root, directory));
  if (visited !== undefined) return failedDirectory(directory, cycle(directory, visited, asked));
  if (chain.length >= maxDepth) {
    const message = `Kustomizations include each other more than ${maxDepth} deep: flux-lint does not follow them further.`;
    return failedDirectory(directory, limitExceeded(asked, message));
  }
  if (run.count.built >= limits.directories) {
    const message = `flux-lint follows ${limits.directories} directories in one build, counting a component each time it is named.`;
    const failed = failedDirectory(directory, limitExceeded(asked, message));
    return entry.onto ? { ...failed, accumulation: entry.onto } : failed;
  }
  const remembered = directoriesOf(run.directories, entry.schemas ?? builtinSchemas);
  // Flux's controller has built other directories before.
  const hasBuiltin = run.input.withoutKustomization === 'generate' || entry.hasBuiltin();
  const key = `${run.input.loadRestrictor} ${hasBuiltin ? 'builtin' : 'fresh'} ${directory}`;
  const known = entry.onto ? undefined : remembered.get(key);
  if (known && !known.directories.some((inner) => chain.some((root) => isWithin(root, inner)))) return known;
  const met = entry.onto ? undefined : run.cyclic.get(key);
  if (met) return met;
  run.count.built++;
  const built = buildAnew(run, { ...entry, hasBuiltin }, [...chain, directory]);
  if (entry.onto) return built;
  const isCyclic = built.problems.some(({ ruleId }) => ruleId === 'build/cycle' || ruleId === 'manifest/limit-exceeded');
  // A problem with the entry itself is told anew at each entry.
  const isOfEntry = built.problems.some(({ at }) => at === asked);
  if (isCyclic) run.cyclic.set(key, built);
  else if (!isOfEntry) remembered.set(key, built);
  return built;
};

const directoriesOf = (directories: DirectoryMemory, schemas: MergeSchemas): Map<string, BuiltDirectory> => {
  const known = directories.get(schemas);
  if (known) return known;
  const none = new Map<string, BuiltDirectory>();
  directories.set(schemas, none);
  return none;
};

interface NewDirectory extends Omit<DirectoryEntry, 'hasBuiltin'> {
  readonly hasBuiltin: boolean;
}

const buildAnew = (run: Run, { directory, asked, onto, schemas, hasBuiltin }: NewDirectory, chain: readonly string[]): BuiltDirectory => {
  const loader = newLoader(run.input, directory);
  const read = readKustomization(loader, run.parse, { asked, isLoose: false });
  if (read.type !== 'kustomization') {
    return {
      ...failedDirectory(directory, undefined),
      accumulation: onto ?? nothing,
      problems: missing(read, asked),
      reads: readsOf(loader, read),
    };
  }
  const isComponent = onto !== undefined;
  if (isComponent !== (read.kind === 'Component')) {
    const expected = isComponent
      ? `expected kind 'Component' for path '/${directory}' but got '${read.kind}'`
      : `expected kind != 'Component' for path '/${directory}'`;
    const message = isComponent ? `accumulating components: accumulateDirectory: "${expected}"` : `accumulating resources: ${expected}`;
    const problem: StepProblem = { ruleId: 'build/invalid-kustomization', at: asked, message };
    return { ...failedDirectory(directory, problem), accumulation: onto ?? nothing, reads: readsOf(loader, read) };
  }
  const own = openApiOf(read.root, { loader, parse: run.parse, hasBuiltin });
  const level = levelOf(run, loader, { kustomization: read, chain, isRoot: false, schemas: schemas ?? own.schemas });
  const built = withUniqueObjects(accumulate(level, onto ?? nothing));
  return own.problems.length === 0 ? built : { ...built, problems: [...own.problems, ...built.problems] };
};

const missing = (read: NoKustomization, asked: Origin): readonly StepProblem[] =>
  read.type === 'none'
    ? read.problems.map((problem) => ({
        ...problem,
        at: asked,
        message: `accumulating resources: couldn't make target for path: ${problem.message}`,
      }))
    : read.problems;

const cycle = (directory: string, visited: string, at: Origin): StepProblem => ({
  ruleId: 'build/cycle',
  at,
  message: `cycle detected: candidate root '/${directory}' contains visited root '/${visited}'. A directory cannot be part of itself, nor of one below it.`,
});

const failedDirectory = (directory: string, problem: StepProblem | undefined): BuiltDirectory => ({
  accumulation: nothing,
  problems: problem ? [problem] : [],
  leaves: [],
  patchTargets: [],
  reads: { directory, kustomization: undefined, files: [], listed: [], missing: [], children: [] },
  schemas: undefined,
  directories: [directory],
});

export const readsOf = ({ directory, log }: Loader, read: Kustomization | NoKustomization): BuiltDirectory['reads'] => ({
  directory,
  kustomization: read.file,
  files: [...log.files],
  listed: [...log.listed],
  missing: [...log.missing],
  children: [],
});
