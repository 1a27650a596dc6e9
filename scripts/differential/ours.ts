/** What flux-lint makes of the same input, in the same form. */
import { evaluateWorkspace } from '../../src/analyze.ts';
import { memoryFiles } from '../../src/files/memory.ts';
import { createOutcomes } from '../../src/flux/substitution/outcomes.ts';
import { substituteObject } from '../../src/flux/substitution/substitute.ts';
import { createBuild } from '../../src/kustomize/create-build.ts';
import { goJson } from '../../src/kustomize/field/go-json.ts';
import { createFileParser } from '../../src/yaml/file-parser.ts';
import { type MapNode, toValue } from '../../src/yaml/node.ts';
import { workspaceOf } from '../../test/fixture.ts';
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
    outcomes: createOutcomes(),
  });
  return failed ? { objects: [], error: problems.map(({ message }) => message).join('\n') } : { objects: [jsonOf(root)], error: undefined };
};

/** A repository with the artifact at its root, and a cluster of Flux 2.9 that applies the Kustomization. */
export const reconcile = ({ 'kustomization.yaml': kustomization = '', 'cluster.yaml': cluster = '', ...artifact }: Tree): Answer => {
  const { graph } = evaluateWorkspace(
    workspaceOf({
      ...artifact,
      '.flux-lint.yaml': 'clusters:\n  - { name: cluster, path: cluster, fluxVersion: "2.9" }\n',
      'cluster/app.yaml': kustomization,
      'cluster/cluster.yaml': cluster,
      'cluster/source.yaml': source,
    }),
  );
  const app = graph.evaluation.clusters[0]?.kustomizations.find(({ namespace, name }) => namespace === 'flux-system' && name === 'app');
  if (app?.content.type !== 'built') return { objects: [], error: app?.content.type ?? 'no such Kustomization' };
  const { objects, problems, failed } = app.content;
  return failed
    ? { objects: [], error: problems.map(({ message }) => message).join('\n') }
    : { objects: objects.map(({ root }) => jsonOf(root)), error: undefined };
};

const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: "https://git.example/shop/fleet", ref: { branch: main } }
`;

const jsonOf = (root: MapNode): string => goJson(toValue(root));
