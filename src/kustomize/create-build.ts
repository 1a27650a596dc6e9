import { directoryOf, type File, type Files, isWithin } from '../files/files.ts';
import type { Origin } from '../model/origin.ts';
import type { StepProblem } from '../model/problem.ts';
import { mapNode } from '../yaml/edit.ts';
import { isMap, type MapNode } from '../yaml/node.ts';
import { accumulate } from './accumulate.ts';
import type { Build, BuildInput, BuildResult, ParseFile, Reads } from './build.ts';
import { type MetadataContext, transformersIn } from './build-metadata.ts';
import { decode } from './decode.ts';
import { type BuiltDirectory, isRejection, nothing } from './directory.ts';
import { finish } from './finish.ts';
import { generateKustomization } from './generated-kustomization.ts';
import { type Kustomization, type NoKustomization, readKustomization } from './kustomization.ts';
import { kustomizationShape } from './kustomization-fields.ts';
import type { DirectoryEntry, Level } from './level.ts';
import { emptyLog, type Loader } from './loader.ts';
import { builtinSchemas, type MergeSchemas } from './merge-schema.ts';
import { openApiOf } from './openapi.ts';
import { withOverrides } from './root-overrides.ts';

/**
 * A build function with a memory: each directory of a `Files` view is built once, and overlays share what it came to.
 * The same input gives the same result, by identity.
 */
export const createBuild = (parse: ParseFile): Build => {
  const memories = new WeakMap<Files, Memory>();
  return (input) => {
    let memory = memories.get(input.files);
    if (!memory) {
      memory = { directories: new WeakMap(), results: new Map(), byOverrides: new WeakMap() };
      memories.set(input.files, memory);
    }
    return remembered(input, memory, parse);
  };
};

interface Memory {
  /** Directories as bases, by the schema in force, restriction and path. */
  readonly directories: WeakMap<MergeSchemas, Map<string, BuiltDirectory>>;
  readonly results: Map<string, BuildResult>;
  readonly byOverrides: WeakMap<object, Map<string, BuildResult>>;
}

const remembered = (input: BuildInput, memory: Memory, parse: ParseFile): BuildResult => {
  let results = memory.results;
  if (input.overrides) {
    results = memory.byOverrides.get(input.overrides) ?? new Map();
    memory.byOverrides.set(input.overrides, results);
  }
  const key = `${input.loadRestrictor} ${input.withoutKustomization} ${input.directory}`;
  const known = results.get(key);
  if (known) return known;
  const result = buildRoot(input, memory, parse);
  results.set(key, result);
  return result;
};

/** One run from a root: who includes whom, and what is only true in this run. */
interface Run {
  readonly input: BuildInput;
  readonly parse: ParseFile;
  readonly memory: Memory;
  /** Directories that hold a cycle: what they came to when they were first met in this run. */
  readonly cyclic: Map<string, BuiltDirectory>;
}

/** Deeper than any repository's; beyond it the stack of the process is in danger. */
const maxDepth = 500;

const buildRoot = (input: BuildInput, memory: Memory, parse: ParseFile): BuildResult => {
  const run: Run = { input, memory, parse, cyclic: new Map() };
  const loader: Loader = newLoader(input, input.files.resolve(input.directory) ?? input.directory);
  const asked: Origin = input.overrides?.at ?? { span: { path: input.directory, start: 0, end: 0 }, via: [] };
  const read = readRoot(run, loader, asked);
  if (read.type !== 'kustomization') return unreadable(read, loader);

  const kustomization = input.overrides ? withOverrides(read, input.overrides) : read;
  const { schemas, problems: schemaProblems } = openApiOf(kustomization.root, loader, parse);
  const built = accumulate(levelOf(run, loader, { kustomization, chain: [loader.directory], isRoot: true, schemas }), nothing);
  const finished = finish(built.accumulation, kustomization, metadataContext(run, kustomization, built));
  const problems = [...schemaProblems, ...built.problems, ...finished.problems];
  return {
    objects: finished.objects,
    problems,
    failed: problems.some(isRejection),
    reads: built.reads,
    leaves: built.leaves,
    patchTargets: built.patchTargets,
  };
};

const readRoot = ({ input, parse }: Run, loader: Loader, asked: Origin): Kustomization | NoKustomization => {
  const isFlux = input.withoutKustomization === 'generate';
  const read = readKustomization(loader, parse, { asked, isLoose: isFlux });
  return read.type === 'none' && isFlux ? generateKustomization(loader, parse, asked) : read;
};

const newLoader = ({ files, loadRestrictor }: BuildInput, directory: string): Loader => ({
  files,
  directory,
  isRootOnly: loadRestrictor === 'LoadRestrictionsRootOnly',
  log: emptyLog(),
});

interface Here {
  readonly kustomization: Kustomization;
  /** The directories that include each other, the root first and this one last. */
  readonly chain: readonly string[];
  readonly isRoot: boolean;
  readonly schemas: MergeSchemas | undefined;
}

const levelOf = (run: Run, loader: Loader, { kustomization, chain, isRoot, schemas }: Here): Level => ({
  kustomization,
  loader,
  parse: run.parse,
  schemas,
  sourceOf: (path) => (kustomization.file?.path === path ? kustomization.file.text : run.input.overrides?.sourceOf?.(path)),
  ignoresMissingComponents: isRoot && run.input.overrides?.ignoreMissingComponents === true,
  buildDirectory: (entry) => buildDirectory(run, entry, chain),
});

const buildDirectory = (run: Run, entry: DirectoryEntry, chain: readonly string[]): BuiltDirectory => {
  const { directory, asked } = entry;
  const visited = chain.find((root) => isWithin(root, directory));
  if (visited !== undefined) return failedDirectory(directory, cycle(directory, visited, asked));
  if (chain.length >= maxDepth) {
    const message = `Kustomizations include each other more than ${maxDepth} deep: flux-lint does not follow them further.`;
    return failedDirectory(directory, { ruleId: 'manifest/limit-exceeded', at: asked, message });
  }
  const remembered = directoriesOf(run.memory, entry.schemas ?? builtinSchemas);
  const key = `${run.input.loadRestrictor} ${directory}`;
  const known = entry.onto ? undefined : remembered.get(key);
  if (known && !known.directories.some((inner) => chain.some((root) => isWithin(root, inner)))) return known;
  const met = entry.onto ? undefined : run.cyclic.get(key);
  if (met) return met;
  const built = buildAnew(run, entry, [...chain, directory]);
  const isWhole = !built.problems.some(({ ruleId }) => ruleId === 'build/cycle' || ruleId === 'manifest/limit-exceeded');
  if (!entry.onto) (isWhole ? remembered : run.cyclic).set(key, built);
  return built;
};

const directoriesOf = ({ directories }: Memory, schemas: MergeSchemas): Map<string, BuiltDirectory> => {
  const known = directories.get(schemas);
  if (known) return known;
  const none = new Map<string, BuiltDirectory>();
  directories.set(schemas, none);
  return none;
};

const buildAnew = (run: Run, { directory, asked, onto, schemas }: DirectoryEntry, chain: readonly string[]): BuiltDirectory => {
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
  const own = openApiOf(read.root, loader, run.parse);
  const level = levelOf(run, loader, { kustomization: read, chain, isRoot: false, schemas: schemas ?? own.schemas });
  const built = accumulate(level, onto ?? nothing);
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
  plugins: [],
  schemas: undefined,
  directories: [directory],
});

const readsOf = ({ directory, log }: Loader, read: Kustomization | NoKustomization): BuiltDirectory['reads'] => ({
  directory,
  kustomization: read.file,
  files: [...log.files],
  listed: [...log.listed],
  missing: [...log.missing],
  children: [],
});

const unreadable = (read: NoKustomization, loader: Loader): BuildResult => ({
  objects: [],
  problems: read.problems,
  failed: true,
  reads: readsOf(loader, read),
  leaves: [],
  patchTargets: [],
});

const metadataContext = ({ parse, input }: Run, kustomization: Kustomization, { reads, plugins }: BuiltDirectory): MetadataContext => {
  const rootPath = kustomization.file?.path;
  return {
    root: kustomization.root,
    directory: rootPath === undefined ? input.directory : directoryOf(rootPath),
    transformersOf: (path) => [
      ...transformersIn(path === rootPath ? kustomization.root : decodedAt(path, reads, parse)).map((kind) => ({ kind, path })),
      ...plugins.filter(({ asked }) => asked === path),
    ],
  };
};

const decodedAt = (path: string, reads: Reads, parse: ParseFile): MapNode => {
  const file = fileAt(path, reads);
  const root = file && parse(file).documents[0]?.root;
  return isMap(root) ? decode(root, kustomizationShape).root : mapNode([], { span: { path, start: 0, end: 0 }, via: [] });
};

const fileAt = (path: string, { kustomization, children }: Reads): File | undefined => {
  if (kustomization?.path === path) return kustomization;
  for (const { reads } of children) {
    const found = fileAt(path, reads);
    if (found) return found;
  }
  return undefined;
};
