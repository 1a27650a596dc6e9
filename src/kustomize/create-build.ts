import { directoryOf, type Files } from '../files/files.ts';
import type { Origin } from '../model/origin.ts';
import type { Build, BuildInput, BuildResult, ParseFile } from './build.ts';
import { accumulate } from './directory/accumulate.ts';
import { type DirectoryMemory, levelOf, newLoader, type Run, readsOf } from './directory/build-directory.ts';
import { isRejection, nothing } from './directory/directory.ts';
import { generateKustomization } from './file/generated-kustomization.ts';
import { type Kustomization, type NoKustomization, readKustomization } from './file/kustomization.ts';
import type { Loader } from './file/loader.ts';
import { openApiOf } from './file/openapi.ts';
import { withOverrides } from './file/root-overrides.ts';
import { finish } from './finish.ts';
import { buildMetadataOf } from './transform/build-metadata.ts';

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
  readonly directories: DirectoryMemory;
  /** Of roots, with the overrides of a Flux object and without. */
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

const buildRoot = (input: BuildInput, { directories }: Memory, parse: ParseFile): BuildResult => {
  const loader: Loader = newLoader(input, input.files.resolve(input.directory) ?? input.directory);
  const asked: Origin = input.overrides?.at ?? { span: { path: input.directory, start: 0, end: 0 }, via: [] };
  const read = readRoot(input, parse, { loader, asked });
  if (read.type !== 'kustomization') return unreadable(read, loader);

  const kustomization = input.overrides ? withOverrides(read, input.overrides) : read;
  const directory = kustomization.file ? directoryOf(kustomization.file.path) : input.directory;
  const metadata = buildMetadataOf(kustomization.root, { directory, isFlux: isFlux(input) });
  const run: Run = { input, parse, directories: metadata ? new WeakMap() : directories, cyclic: new Map(), count: { built: 0 }, metadata };
  const { schemas, problems: schemaProblems } = openApiOf(kustomization.root, { loader, parse, hasBuiltin: isFlux(input) });
  const level = levelOf(run, loader, { kustomization, chain: [loader.directory], isRoot: true, schemas });
  const built = accumulate(level, nothing);
  const finished = finish(built.accumulation, kustomization, metadata);
  // A patch that is allowed to rename says itself that it makes two of one.
  const isTold = built.problems.some(({ ruleId }) => ruleId === duplicate);
  const last = isTold ? finished.problems.filter(({ ruleId }) => ruleId !== duplicate) : finished.problems;
  const problems = [...schemaProblems, ...built.problems, ...last];
  return {
    objects: finished.objects,
    problems,
    failed: problems.some(isRejection),
    reads: built.reads,
    leaves: built.leaves,
    patchTargets: built.patchTargets,
  };
};

const duplicate = 'build/duplicate-object';

/** Only Flux makes a kustomization where there is none. Its controller has built others before; the program begins anew. */
const isFlux = ({ withoutKustomization }: BuildInput): boolean => withoutKustomization === 'generate';

interface Asked {
  readonly loader: Loader;
  readonly asked: Origin;
}

const readRoot = (input: BuildInput, parse: ParseFile, { loader, asked }: Asked): Kustomization | NoKustomization => {
  const read = readKustomization(loader, parse, { asked, isLoose: isFlux(input) });
  return read.type === 'none' && isFlux(input) ? generateKustomization(loader, parse, asked) : read;
};

const unreadable = (read: NoKustomization, loader: Loader): BuildResult => ({
  objects: [],
  problems: read.problems,
  failed: true,
  reads: readsOf(loader, read),
  leaves: [],
  patchTargets: [],
});
