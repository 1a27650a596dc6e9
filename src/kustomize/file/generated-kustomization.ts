/** The kustomization that Flux makes where a directory has none (fluxcd/pkg/kustomize, `kustomize_generator.go`). */
import { joinPath, relativePath } from '../../files/files.ts';
import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { listNode, mapNode, scalarNode } from '../../yaml/edit.ts';
import type { Entry } from '../../yaml/node.ts';
import type { ParseFile } from '../build.ts';
import { type Kustomization, kustomizationNames } from './kustomization.ts';
import type { Loader } from './loader.ts';
import { objectsIn } from './resource-file.ts';

/**
 * Every `.yaml` and `.yml` file below the directory, in lexical order; a directory that has a kustomization of its own is
 * one entry and is not entered. Reported, and left out: a file that holds no Kubernetes objects, which fails the build.
 */
export const generateKustomization = (loader: Loader, parse: ParseFile, asked: Origin): Kustomization => {
  const problems: StepProblem[] = [];
  const entries: string[] = [];
  const walk = (directory: string): void => {
    loader.log.listed.add(directory);
    for (const name of loader.files.list(directory) ?? []) {
      const path = joinPath(directory, name) ?? name;
      const type = loader.files.entry(path);
      if (type === 'directory') {
        if (hasKustomization(loader, path)) entries.push(path);
        else walk(path);
      } else if (type === 'file' && /\.ya?ml$/.test(name)) addFile(path);
    }
  };
  const addFile = (path: string): void => {
    const file = loader.files.file(path);
    if (!file) return;
    loader.log.files.add(file);
    const [problem] = objectsIn(parse(file), undefined).problems;
    if (problem) problems.push(stray(problem, path));
    else entries.push(path);
  };
  walk(loader.directory);

  const origin = { span: asked.span, via: asked.via };
  const resources = entries.map((path) => scalarNode(relativePath(loader.directory, path), origin));
  const root = mapNode(
    [{ key: scalarNode('resources', origin), value: listNode(resources, origin) }, ...placeholder(entries, origin)],
    origin,
  );
  return { type: 'kustomization', kind: 'Kustomization', file: undefined, root, problems };
};

/** Where there are no files, Flux sets a namespace, so that kustomize takes the file; what components bring gets it. */
const placeholder = (files: readonly string[], origin: Origin): readonly Entry[] =>
  files.length > 0 ? [] : [{ key: scalarNode('namespace', origin), value: scalarNode('_placeholder', origin) }];

const hasKustomization = ({ files, log }: Loader, directory: string): boolean => {
  for (const name of kustomizationNames) {
    const path = joinPath(directory, name) ?? name;
    const type = files.entry(path);
    if (type !== undefined && type !== 'directory') return true;
    log.missing.add(path);
  }
  return false;
};

const stray = (problem: StepProblem, path: string): StepProblem => ({
  ...problem,
  ruleId: problem.ruleId === 'manifest/missing-identity' ? 'build/stray-file' : problem.ruleId,
  message: `failed to decode Kubernetes YAML from ${path}: ${problem.message} Without a kustomization.yaml, Flux takes every YAML file below the path.`,
});
