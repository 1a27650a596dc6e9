/**
 * Where the package's command starts: its files are run with what V8 made of them in an earlier run, since to read and
 * compile two megabytes takes a third of a small run.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { cachedDataVersionTag, getHeapCodeStatistics } from 'node:v8';
import { Script } from 'node:vm';
import { type CompiledCode, checksum, compiledCode, surroundings } from './compiled-code.ts';
import { setPatience } from './v8-patience.ts';

/** What the build puts here: a checksum of all files of the package that are run. */
declare const buildOfPackage: string;

type Require = (name: string) => unknown;
type Module = { exports: unknown };
type Body = (exports: unknown, require: Require, module: Module, file: string, directory: string) => void;

const head = '(function(exports,require,module,__filename,__dirname){';

/** Files beside each other that require each other, each run once. The one that imports plugins has to be Node's own module. */
const loaderWith = (code: CompiledCode): ((file: string) => unknown) => {
  const modules = new Map<string, Module>();
  const scripts: Run[] = [];
  const load = (file: string): unknown => {
    const loaded = modules.get(file);
    if (loaded) return loaded.exports;
    const module: Module = { exports: {} };
    modules.set(file, module);
    const known = code.read(basename(file));
    const script = new Script(`${head}${readFileSync(file, 'latin1')}\n})`, {
      filename: file,
      columnOffset: -head.length,
      ...(known ? { cachedData: known.code } : {}),
    });
    scripts.push({ name: basename(file), script, known: known && !script.cachedDataRejected ? known.bytecode : 0 });
    const directory = dirname(file);
    const others = createRequire(file);
    const require: Require = (name) => (/^\.\/(?!import\.cjs$)[\w.-]+\.cjs$/.test(name) ? load(join(directory, name)) : others(name));
    const body: Body = script.runInThisContext(); // what `head` begins
    body(module.exports, require, module, file, directory);
    return module.exports;
  };
  // Other commands need less of it, and what they had compiled would be too little for this one.
  if (isCheck(process.argv[2])) process.once('exit', () => keep(code, scripts));
  return load;
};

interface Run {
  readonly name: string;
  readonly script: Script;
  /** Bytes of bytecode that it came with; 0: it had to be compiled. */
  readonly known: number;
}

/** A function is compiled when it is first called: what a run called is kept where it is new, or a twentieth more than there was. */
const keep = (code: CompiledCode, scripts: readonly Run[]): void => {
  if (!scripts.some(({ known }) => known === 0) && !code.mayGrow(Date.now())) return;
  const bytecode = getHeapCodeStatistics().bytecode_and_metadata_size;
  const grown = scripts.filter(({ known }) => bytecode > known * 1.05);
  if (grown.length > 0) code.write(new Map(grown.map(({ name, script }) => [name, { bytecode, code: script.createCachedData() }])));
};

/** Names the build and the V8 with its settings: what was compiled with others is refused, and would be written anew each time. */
const keyOf = (argv: readonly string[], options: string | undefined): string => {
  const settings = [...argv, options ?? ''].join(' ');
  const behind = settings === '' ? '' : `-${checksum(Buffer.from(settings)).toString('hex').slice(0, 8)}`;
  return `${buildOfPackage}-${process.arch}-${cachedDataVersionTag()}${behind}`;
};

/** `flux-lint`, `flux-lint --fix` and `flux-lint ./clusters` are, too. */
const isCheck = (first: string | undefined): boolean => first === undefined || first === 'check' || !/^[a-z]/.test(first);

setPatience(process.argv[2]);
const program = join(__dirname, 'program.cjs');
// These load next to nothing, and answer before a cache would.
const isSmall = /^(--version|__complete)/.test(process.argv[2] ?? '');
const code = isSmall ? undefined : compiledCode(keyOf(process.execArgv, process.env.NODE_OPTIONS), surroundings());
if (code) loaderWith(code)(program);
else createRequire(__filename)(program);
