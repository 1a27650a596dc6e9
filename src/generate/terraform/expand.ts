/** A root module of Terraform → what `expand` shows of it: objects, files, outputs. */
import type { Files } from '../../files/files.ts';
import { isWithin } from '../../files/files.ts';
import type { Node } from '../../yaml/node.ts';
import { type Generated, type GeneratorError, madeNothing } from '../generated.ts';
import { attributeNamed } from './module/read-module.ts';
import { attempted, type TerraformError } from './module/run.ts';
import { type EvaluatedRoot, evaluateRoot, requestsFor, rootDirectories } from './roots.ts';
import { toNode } from './to-node.ts';

export interface ExpandInput {
  readonly files: Files;
  /** Files or directories; none: everything. */
  readonly paths: readonly string[];
  /** Paths of files of values to use instead of what is found. */
  readonly varFiles: readonly string[];
}

/** Every root module below what is named, or of which something is. */
export const expandTerraform = ({ files, paths, varFiles }: ExpandInput): readonly Generated[] =>
  rootDirectories(files)
    .filter((directory) => paths.length === 0 || paths.some((path) => isWithin(directory, path) || isWithin(path, directory)))
    .flatMap((directory) => requestsFor(files, directory, varFiles))
    .flatMap((request) => evaluateRoot(files, request) ?? [])
    .map(asGenerated);

const asGenerated = (root: EvaluatedRoot): Generated => {
  const values = outputsOf(root);
  const { name, at, objects, files, gaps, errors } = root;
  return { ...madeNothing, kind: 'terraform', name, at, objects, files, values, gaps, errors: errors.filter(fails).map(asError) };
};

/** What makes Terraform, or the provider, fail; what they do and nobody wants has a rule of its own. */
const fails = ({ type }: TerraformError): boolean => type === 'invalid' || type === 'unknown-for-each' || type === 'broken-yaml';

const asError = ({ message, at, related }: TerraformError): GeneratorError => ({
  type: 'terraform',
  message,
  at,
  ...(related ? { related } : {}),
});

const outputsOf = ({ instance }: EvaluatedRoot): ReadonlyMap<string, Node> => {
  const { run, module } = instance;
  const values = new Map<string, Node>();
  for (const [name, { body, header }] of module.outputs) {
    const attribute = attributeNamed(body, 'value');
    if (attribute === undefined) continue;
    const value = attempted(run, () => instance.output(name, header));
    if (value) values.set(name, toNode(value, { holes: run.machine.holes, at: { span: attribute.span, via: [] } }));
  }
  return values;
};
