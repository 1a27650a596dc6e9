/** What flux-lint makes of the same input, in the same form. */
import { memoryFiles } from '../../src/files/memory.ts';
import { substituteObject } from '../../src/flux/substitution/substitute.ts';
import { createBuild } from '../../src/kustomize/create-build.ts';
import { goJson } from '../../src/kustomize/field/go-json.ts';
import { createFileParser } from '../../src/yaml/file-parser.ts';
import { type MapNode, toValue } from '../../src/yaml/node.ts';
import type { Answer } from './oracle.ts';
import type { Substituted } from './substitution.ts';
import type { Tree } from './tree.ts';

export const buildTree = (tree: Tree, directory: string): Answer => {
  const { objects, problems, failed } = createBuild(createFileParser())({
    files: memoryFiles(tree),
    directory,
    loadRestrictor: 'LoadRestrictionsNone',
    withoutKustomization: 'fail',
  });
  return failed
    ? { objects: [], error: problems.map(({ message }) => message).join('\n') }
    : { objects: objects.map(({ root }) => jsonOf(root)), error: undefined };
};

export const substitute = ({ object, variables, strict }: Substituted): Answer => {
  const read = createBuild(createFileParser())({
    files: memoryFiles({ 'kustomization.yaml': 'resources: [object.yaml]\n', 'object.yaml': object }),
    directory: '',
    loadRestrictor: 'LoadRestrictionsNone',
    withoutKustomization: 'fail',
  });
  const [resource] = read.objects;
  if (read.failed || !resource) return { objects: [], error: read.problems.map(({ message }) => message).join('\n') };
  const origin = { span: { path: 'values', start: 0, end: 0 }, via: [] };
  const known = new Map(Object.entries(variables).map(([name, value]) => [name, { value, origin }] as const));
  const { root, problems, failed } = substituteObject({
    root: resource.root,
    variables: { known, withoutValue: new Map(), open: undefined },
    strict,
    allowance: { characters: 1_000_000 },
  });
  return failed ? { objects: [], error: problems.map(({ message }) => message).join('\n') } : { objects: [jsonOf(root)], error: undefined };
};

const jsonOf = (root: MapNode): string => goJson(toValue(root));
