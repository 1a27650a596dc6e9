/** Above an object which clusters it reaches, above a Kustomization what it applies, beside an entry who else builds it. */
import type { CodeLens, Command } from 'vscode-languageserver-protocol';
import { baseName, directoryOf, joinPath } from '../files/files.ts';
import { isKustomization } from '../flux/kinds.ts';
import type { AppliedView } from '../graph/clusters/views.ts';
import { kustomizationNames } from '../kustomize/file/kustomization.ts';
import { namedPaths } from '../kustomize/file/named-paths.ts';
import { counted } from '../report/words.ts';
import { isMap, type Node } from '../yaml/node.ts';
import type { Analysis } from './session/session.ts';
import { rangeOf } from './subject/place.ts';
import { objectsOf } from './subject/subject.ts';

/** @param uri of the file, for the command behind a lens */
export const codeLenses = (analysis: Analysis, path: string, uri: string): readonly CodeLens[] => {
  const file = analysis.files.file(path);
  if (!file) return [];
  const isOverlay = kustomizationNames.some((name) => name === baseName(path));
  return analysis.parse(file).documents.flatMap(({ root }): readonly CodeLens[] => {
    if (!isMap(root)) return [];
    return isOverlay ? overlayLenses(analysis, path, root, uri) : objectLenses(analysis, root, uri);
  });
};

const lens = ({ sources }: Analysis, node: Node, title: string, command: string, args: readonly unknown[]): CodeLens => {
  const { line, column } = sources.location(node.span);
  return {
    range: rangeOf({ line, column, endLine: line, endColumn: column }),
    command: { title, command, arguments: [...args] } satisfies Command,
  };
};

const objectLenses = (analysis: Analysis, root: Node, uri: string): readonly CodeLens[] => {
  const objects = objectsOf(analysis.graph, root);
  const [first] = objects;
  if (!first) return [];
  const reached = lens(analysis, root, `reaches ${clustersText(analysis, objects)}`, 'flux-lint.why', [uri, first.label]);
  if (!isKustomization(first.root)) return [reached];
  const own = analysis.graph.clusters.all.flatMap(({ kustomizations }) =>
    kustomizations.filter((view) => view.cluster === first.cluster && view.id === `${first.namespace ?? ''}/${first.name}`),
  );
  const [view] = own;
  if (!view) return [reached];
  const cluster = analysis.graph.clusters.get(view.cluster);
  const waiting = cluster
    ? analysis.graph.references
        .of(cluster)
        .filter(
          ({ role, wanted }) =>
            role === 'dependency' && `${wanted.namespace ?? ''}/${wanted.name}` === view.id && wanted.kind === 'Kustomization',
        )
    : [];
  const applied = view.content.type === 'built' ? `applies ${counted(view.objects.length, 'object')}` : 'what it applies is not at hand';
  const title = waiting.length === 0 ? applied : `${applied}; ${waiting.length} ${waiting.length === 1 ? 'depends' : 'depend'} on it`;
  return [reached, lens(analysis, root, title, 'flux-lint.why', [uri, view.label])];
};

const clustersText = ({ graph }: Analysis, objects: readonly AppliedView[]): string => {
  const names = [...new Set(objects.map(({ cluster }) => cluster))];
  const production = names.filter((name) => {
    const environment = graph.clusters.get(name)?.environment?.environment;
    return environment !== undefined && graph.environments.isProtected(environment);
  });
  return `${counted(names.length, 'cluster')}${production.length === 0 ? '' : ` (${production.length} production)`}`;
};

const overlayLenses = (analysis: Analysis, path: string, root: Node, uri: string): readonly CodeLens[] => {
  if (!isMap(root)) return [];
  const own = clustersOf(analysis, path);
  const top = own.size === 0 ? [] : [lens(analysis, root, `built for ${[...own].sort().join(', ')}`, 'flux-lint.why', [uri, path])];
  const entries = namedPaths(root).flatMap(({ path: named, node }): readonly CodeLens[] => {
    const target = resolvedFile(analysis, directoryOf(path), named);
    if (target === undefined) return [];
    const others = [...clustersOf(analysis, target)].filter((name) => !own.has(name)).sort();
    return others.length === 0 ? [] : [lens(analysis, node, `also built for ${others.join(', ')}`, 'flux-lint.why', [uri, target])];
  });
  return [...top, ...entries];
};

const clustersOf = ({ graph }: Analysis, path: string): ReadonlySet<string> =>
  new Set(graph.reach.ways(path).map(({ kustomization }) => kustomization.target));

/** The file of a path in a kustomization file: itself, or the kustomization file of the directory. */
export const resolvedFile = ({ files }: Analysis, directory: string, named: string): string | undefined => {
  const path = joinPath(directory, named);
  if (path === undefined) return undefined;
  if (files.entry(path) !== 'directory') return files.entry(path) === undefined ? undefined : path;
  return kustomizationNames.map((name) => `${path}/${name}`).find((name) => files.entry(name) !== undefined);
};
