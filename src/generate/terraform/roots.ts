/** Which directories are root modules, with which values each is run, and what a run of it makes. */
import { directoryOf, type File, type Files, isWithin, relativePath } from '../../files/files.ts';
import { evaluate } from '../../hcl/evaluate.ts';
import { attempt } from '../../hcl/failure.ts';
import type { Scope } from '../../hcl/machine.ts';
import { readJsonValues } from '../../hcl/syntax/json-body.ts';
import { parseBody } from '../../hcl/syntax/parse.ts';
import type { Attribute } from '../../hcl/syntax/tree.ts';
import { memo } from '../../model/memo.ts';
import type { Origin } from '../../model/origin.ts';
import { wholeFile } from '../../yaml/place.ts';
import { madeBy, mayCarry } from './carriers/carriers.ts';
import type { Made } from './made.ts';
import { fileAccess } from './module/file-access.ts';
import { type Argument, createInstance, type ModuleInstance } from './module/instance.ts';
import { attributeNamed, localSource, type Module, moduleDirectories, readModule } from './module/read-module.ts';
import { attempted, noteGap, type Run, reportFailure, type TerraformError } from './module/run.ts';
import type { Plan } from './plan.ts';

/** A root module and the values that one run of it has. */
export interface RootRequest {
  readonly directory: string;
  /** Files of values that somebody names on the command line, as paths of the repository. */
  readonly varFiles: readonly string[];
  readonly workspace: string;
  /** The cluster that it is said to be of. */
  readonly cluster?: string | undefined;
  /** What tells it from others of the directory: `env/prod.tfvars`. */
  readonly variant: string | undefined;
  /** What Terraform itself worked out. */
  readonly plan?: Plan | undefined;
}

export interface EvaluatedRoot extends Made {
  readonly request: RootRequest;
  /** The directory, and the variant where there are several. */
  readonly name: string;
  readonly at: Origin;
  readonly instance: ModuleInstance;
  readonly errors: readonly TerraformError[];
  readonly gaps: readonly { readonly reason: string; readonly at: Origin }[];
  /** Every file that has a part in it, as paths of the repository, sorted. */
  readonly paths: readonly string[];
}

/** Every directory with a module, and the local modules that those it holds name. */
const callGraph = memo((files: Files): ReadonlyMap<string, readonly string[]> => {
  const graph = new Map<string, readonly string[]>();
  for (const [directory, paths] of moduleDirectories(files)) {
    const called = paths.flatMap((path) =>
      [...(files.file(path)?.text ?? '').matchAll(/["']?\bsource["']?[ \t]*[=:][ \t]*"(\.\.?(?:\/[^"$]*)?)"/g)].flatMap(
        ([, source = '']) => localSource(directory, source) ?? [],
      ),
    );
    graph.set(directory, [...new Set(called)]);
  }
  return graph;
});

/** What a run of a directory reads: its own module, and those it calls. */
const reachedFrom = (files: Files, directory: string): ReadonlySet<string> => {
  const graph = callGraph(files);
  const reached = new Set<string>();
  const queue = [directory];
  for (const next of queue) {
    if (reached.has(next)) continue;
    reached.add(next);
    queue.push(...(graph.get(next) ?? []));
  }
  return reached;
};

/** Modules that no other one calls, or that have a backend of their own; in the order of their directories. */
export const rootDirectories = memo((files: Files): readonly string[] => {
  const graph = callGraph(files);
  const called = new Set([...graph].flatMap(([directory, sources]) => sources.filter((source) => source !== directory)));
  const hasBackend = (directory: string): boolean =>
    (moduleDirectories(files).get(directory) ?? []).some((path) => /^\s*backend\s+"|^\s*cloud\s*\{/m.test(files.file(path)?.text ?? ''));
  return [...graph.keys()].filter((directory) => !called.has(directory) || hasBackend(directory)).sort();
});

/** Roots in which something that Flux knows of may be made. */
export const carryingRoots = memo((files: Files): readonly string[] => {
  const carries = (directory: string): boolean =>
    (moduleDirectories(files).get(directory) ?? []).some((path) => mayCarry.test(files.file(path)?.text ?? ''));
  return rootDirectories(files).filter((directory) => [...reachedFrom(files, directory)].some(carries));
});

const isDefault = (path: string): boolean => /(?:^|\/)terraform\.tfvars(?:\.json)?$/.test(path);

const isAuto = (path: string): boolean => /\.auto\.tfvars(?:\.json)?$/.test(path);

export const isVarFile = (path: string): boolean => /\.tfvars(?:\.json)?$/.test(path);

/**
 * The runs of a directory: one with the files of values that are named; where none is, one with the values that Terraform
 * takes by itself, and where those do not suffice, or a folder below holds nothing but values, one for each file of values
 * that somebody has to name.
 */
export const requestsFor = (files: Files, directory: string, varFiles: readonly string[]): readonly RootRequest[] => {
  const module = readModule(files, directory);
  if (module === undefined) return [];
  const base: RootRequest = { directory, varFiles, workspace: 'default', variant: undefined };
  return varFiles.length > 0 ? [base] : requestsAsFound(files, module, base);
};

const requestsAsFound = (files: Files, module: Module, base: RootRequest): readonly RootRequest[] => {
  const { directory } = module;
  const others = files.paths.filter((path) => isVarFile(path) && isWithin(path, directory) && !isDefault(path) && !isAuto(path));
  const isOwn = (path: string): boolean => {
    const folder = directoryOf(path);
    const depth = folder === directory ? 0 : relativePath(directory, folder).split('/').length;
    return depth <= 2 && (folder === directory || !moduleDirectories(files).has(folder));
  };
  const variants = others.filter(isOwn);
  const given = new Set(automaticFiles(files, directory).flatMap((path) => [...valuesIn(files, path).keys()]));
  const lacks = [...module.variables].some(([name, { body }]) => attributeNamed(body, 'default') === undefined && !given.has(name));
  const separate = variants.filter((path) => directoryOf(path) !== directory);
  const used = lacks ? variants : separate.filter((path) => [...valuesIn(files, path).keys()].some((name) => module.variables.has(name)));
  if (used.length === 0) return [base];
  return used.map((path) => ({ ...base, varFiles: [path], variant: relativePath(directory, path) }));
};

/** In the order in which Terraform reads them. */
const automaticFiles = (files: Files, directory: string): readonly string[] => {
  const here = (files.list(directory) ?? []).map((name) => (directory === '' ? name : `${directory}/${name}`));
  return [...here.filter(isDefault).sort(), ...here.filter(isAuto).sort()];
};

const valuesIn = (files: Files, path: string): ReadonlyMap<string, Attribute> => {
  const file = files.file(path);
  return file ? parseValues(file) : noValues;
};

const noValues: ReadonlyMap<string, Attribute> = new Map();

const parseValues = memo(({ path, text }: File): ReadonlyMap<string, Attribute> => {
  const { body } = path.endsWith('.json') ? readJsonValues(text, wholeFile(path)) : parseBody(text, wholeFile(path));
  return new Map(body.attributes.map((attribute) => [attribute.name, attribute] as const));
});

export const evaluateRoot = (files: Files, request: RootRequest): EvaluatedRoot | undefined => {
  const { directory, variant } = request;
  const module = readModule(files, directory);
  if (module === undefined) return undefined;
  const access = fileAccess(files, directory);
  const run: Run = {
    machine: {
      holes: [],
      files: access,
      note: (reason, at) => noteGap(run, reason, at),
      steps: 0,
      depth: 0,
      way: undefined,
      hasForked: false,
    },
    files,
    access,
    workspace: request.workspace,
    errors: new Map(),
    gaps: new Map(),
    pending: [],
    instances: 0,
  };
  const varFiles = [...automaticFiles(files, directory), ...request.varFiles];
  const instance = createInstance({
    run,
    module,
    path: '.',
    address: '',
    depth: 0,
    multiplicity: '1',
    argument: givenValues(files, varFiles, run),
  });
  const modules = [...reachedFrom(files, directory)].flatMap((each) => readModule(files, each) ?? []);
  for (const { failures } of modules) for (const failure of failures) reportFailure(run, failure);
  const unreadable = [...run.errors.values()];
  for (const name of module.variables.keys()) attempted(run, () => instance.variable(name, module.at));
  const made = attempt(() => madeBy(instance, request.plan));
  if ('failure' in made) reportFailure(run, made.failure);
  return {
    ...('value' in made ? made.value : { objects: [], files: [], bootstraps: [] }),
    request,
    name: `${directory === '' ? '.' : directory}${variant === undefined ? '' : ` (${variant})`}`,
    at: { span: module.at, via: [] },
    instance,
    // What Terraform cannot read keeps it from evaluating anything.
    get errors() {
      return unreadable.length > 0 ? unreadable : [...run.errors.values()];
    },
    get gaps() {
      return [...run.gaps.values()];
    },
    paths: [...new Set([...modules.flatMap(({ paths }) => paths), ...varFiles, ...access.seen])].sort(),
  };
};

/** Values by name; of several files the last one that has it. */
const givenValues = (files: Files, paths: readonly string[], run: Run): ((name: string) => Argument | undefined) => {
  const attributes = new Map<string, Attribute>();
  for (const path of paths) for (const [name, attribute] of valuesIn(files, path)) attributes.set(name, attribute);
  const scope: Scope = {
    machine: run.machine,
    names: new Map(),
    item: undefined,
    isInTemplate: false,
    resolve: (name, _, { span }) => ({
      value: { type: 'unknown', of: { type: 'any' }, why: `${name} may not be used in a file of values`, key: name, at: { span, via: [] } },
      used: 0,
    }),
  };
  return (name) => {
    const attribute = attributes.get(name);
    return attribute && { value: evaluate(attribute.value, scope), span: attribute.value.span };
  };
};
