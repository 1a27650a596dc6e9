/** Above an object which clusters it reaches, above a Kustomization what it applies, beside an entry who else builds it. */
import type { CodeLens, Command } from 'vscode-languageserver-protocol';
import { directoryOf } from '../files/files.ts';
import { isKustomization } from '../flux/kinds.ts';
import type { AppliedView, KustomizationView } from '../graph/clusters/views.ts';
import { namedPaths } from '../kustomize/file/named-paths.ts';
import { counted } from '../report/words.ts';
import { isMap, type Node } from '../yaml/node.ts';
import type { Analysis } from './session/session.ts';
import { isKustomizationFile, namedFile } from './subject/named-file.ts';
import { rangeOf } from './subject/place.ts';
import { documentsIn, objectsOf } from './subject/subject.ts';

/** @param uri of the file, for the command behind a lens */
export const codeLenses = (analysis: Analysis, path: string, uri: string): readonly CodeLens[] => {
  const isOverlay = isKustomizationFile(path);
  return documentsIn(analysis, path).flatMap(({ root }): readonly CodeLens[] => {
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
  const views = objects.flatMap(
    (object) => analysis.graph.clusters.kustomization(object.cluster, object.namespace ?? '', object.name) ?? [],
  );
  const [view] = views;
  if (!view) return [reached];
  const waiting = Math.max(...views.map((each) => waitingFor(analysis, each)));
  const title = `${appliedText(views)}${waiting === 0 ? '' : `; ${waiting} ${waiting === 1 ? 'depends' : 'depend'} on it`}`;
  return [reached, lens(analysis, root, title, 'flux-lint.why', [uri, view.label])];
};

/** In each cluster it may be another number. */
const appliedText = (views: readonly KustomizationView[]): string => {
  const counts = views.flatMap(({ content, objects }) => (content.type === 'built' ? [objects.length] : []));
  if (counts.length === 0) return 'what it applies is not at hand';
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? `applies ${counted(most, 'object')}` : `applies ${least} to ${counted(most, 'object')}`;
};

/** How many Kustomizations of its cluster depend on one. */
const waitingFor = ({ graph }: Analysis, { cluster, namespace, name }: KustomizationView): number => {
  const view = graph.clusters.get(cluster);
  const references = view ? graph.references.of(view) : [];
  return references.filter(
    ({ role, wanted }) =>
      role === 'dependency' && wanted.kind === 'Kustomization' && wanted.namespace === namespace && wanted.name === name,
  ).length;
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
    const [target] = namedFile(analysis, directoryOf(path), named)?.files ?? [];
    if (target === undefined) return [];
    const others = [...clustersOf(analysis, target)].filter((name) => !own.has(name)).sort();
    return others.length === 0 ? [] : [lens(analysis, node, `also built for ${others.join(', ')}`, 'flux-lint.why', [uri, target])];
  });
  return [...top, ...entries];
};

const clustersOf = ({ graph }: Analysis, path: string): ReadonlySet<string> =>
  new Set(graph.reach.ways(path).map(({ kustomization }) => kustomization.target));
