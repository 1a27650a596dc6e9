/** The files of one directory → one Terraform module: what its blocks declare, overrides merged in. */
import { directoryOf, type File, type Files, joinPath } from '../../../files/files.ts';
import type { HclFailure } from '../../../hcl/failure.ts';
import { readJsonBody } from '../../../hcl/syntax/json-body.ts';
import { type ParsedBody, parseBody } from '../../../hcl/syntax/parse.ts';
import type { Attribute, Block, Body } from '../../../hcl/syntax/tree.ts';
import { memo, memoByText } from '../../../model/memo.ts';
import type { Span } from '../../../model/span.ts';
import { wholeFile } from '../../../yaml/place.ts';

export interface Module {
  readonly directory: string;
  readonly variables: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, Attribute>;
  readonly outputs: ReadonlyMap<string, Block>;
  readonly resources: readonly ResourceBlock[];
  readonly calls: ReadonlyMap<string, Block>;
  readonly providers: readonly Block[];
  /** It has a `backend` or a `cloud` block: somebody runs it by itself. */
  readonly hasBackend: boolean;
  readonly failures: readonly HclFailure[];
  /** In the repository, sorted. */
  readonly paths: readonly string[];
  readonly at: Span;
}

export interface ResourceBlock {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly block: Block;
}

const isTerraformFile = (path: string): boolean => /\.(?:tf|tofu)(?:\.json)?$/.test(path);

/** The directories that hold a module, each with its files. */
export const moduleDirectories = memo((files: Files): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const path of files.paths) {
    if (!isTerraformFile(path) || /(?:^|\/)\.terraform\//.test(path)) continue;
    const directory = directoryOf(path);
    const known = found.get(directory);
    if (known) known.push(path);
    else found.set(directory, [path]);
  }
  return found;
});

/** What a file says; the same for the same file. */
const parseTerraform = memo(
  (file: File): ParsedBody =>
    file.path.endsWith('.json') ? readJsonBody(file.text, wholeFile(file.path)) : parseBody(file.text, wholeFile(file.path)),
);

/** The module of a directory; undefined where there is none. However many call it, it is put together once. */
export const readModule = (files: Files, directory: string): Module | undefined => modulesOf(files)(directory);

const modulesOf = memo((files: Files) => memoByText((directory: string) => moduleIn(files, directory)));

const moduleIn = (files: Files, directory: string): Module | undefined => {
  const paths = moduleDirectories(files).get(directory);
  if (paths === undefined) return undefined;
  // Where both are there, OpenTofu's file is read instead of the other; either is what somebody runs.
  const ordered = [...paths].sort((a, b) => Number(isOverride(a)) - Number(isOverride(b)) || (a < b ? -1 : 1));
  const reader = emptyReader();
  for (const path of ordered) {
    const file = files.file(path);
    if (file === undefined) continue;
    const { body, failures } = parseTerraform(file);
    reader.failures.push(...failures);
    readFile(body, isOverride(path), reader);
  }
  const first = files.file(ordered[0] ?? '')?.path ?? directory;
  return { directory, ...reader, resources: [...reader.resources.values()], paths: ordered, at: { path: first, start: 0, end: 0 } };
};

const isOverride = (path: string): boolean => /(?:^|\/|_)override\.(?:tf|tofu)(?:\.json)?$/.test(path);

interface Reader {
  readonly variables: Map<string, Block>;
  readonly locals: Map<string, Attribute>;
  readonly outputs: Map<string, Block>;
  readonly resources: Map<string, ResourceBlock>;
  readonly calls: Map<string, Block>;
  readonly providers: Block[];
  hasBackend: boolean;
  readonly failures: HclFailure[];
}

const emptyReader = (): Reader => ({
  variables: new Map(),
  locals: new Map(),
  outputs: new Map(),
  resources: new Map(),
  calls: new Map(),
  providers: [],
  hasBackend: false,
  failures: [],
});

const readFile = ({ blocks }: Body, overrides: boolean, reader: Reader): void => {
  for (const block of blocks) {
    const [first = '', second = ''] = block.labels.map(({ text }) => text);
    const put = <T extends Block>(into: Map<string, T>, key: string, made: T): void => {
      const known = into.get(key);
      into.set(key, known && overrides ? { ...made, body: overridden(known.body, made.body) } : (known ?? made));
    };
    switch (block.type) {
      case 'variable':
        put(reader.variables, first, block);
        break;
      case 'output':
        put(reader.outputs, first, block);
        break;
      case 'module':
        put(reader.calls, first, block);
        break;
      case 'locals':
        for (const attribute of block.body.attributes) {
          if (overrides || !reader.locals.has(attribute.name)) reader.locals.set(attribute.name, attribute);
        }
        break;
      case 'resource':
      case 'data': {
        const mode = block.type === 'data' ? 'data' : 'managed';
        const key = `${mode}.${first}.${second}`;
        const known = reader.resources.get(key);
        if (known && overrides)
          reader.resources.set(key, { ...known, block: { ...known.block, body: overridden(known.block.body, block.body) } });
        else if (!known) reader.resources.set(key, { mode, type: first, name: second, block });
        break;
      }
      case 'provider':
        reader.providers.push(block);
        break;
      case 'terraform':
        if (block.body.blocks.some(({ type }) => type === 'backend' || type === 'cloud')) reader.hasBackend = true;
        break;
    }
  }
};

/** Arguments of an override stand for those of the same name, and so do its nested blocks for all of their type. */
const overridden = (before: Body, after: Body): Body => {
  const names = new Set(after.attributes.map(({ name }) => name));
  const types = new Set(after.blocks.map(({ type, labels }) => (type === 'dynamic' ? (labels[0]?.text ?? '') : type)));
  return {
    ...before,
    attributes: [...before.attributes.filter(({ name }) => !names.has(name)), ...after.attributes],
    blocks: [...before.blocks.filter(({ type }) => !types.has(type)), ...after.blocks],
  };
};

/** A `source` that lies in the repository: `./a`, `../a`; undefined for all others. */
export const localSource = (directory: string, source: string): string | undefined =>
  /^\.\.?(?:\/|$)/.test(source) ? joinPath(directory, source) : undefined;

export const attributeNamed = (body: Body, name: string): Attribute | undefined =>
  body.attributes.find((attribute) => attribute.name === name);
