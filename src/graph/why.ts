import { baseName, directoryOf } from '../files/files.ts';
import type { AppliedKustomization, AppliedObject } from '../flux/evaluation.ts';
import { kustomizationNames } from '../kustomize/file/kustomization.ts';
import type { Span } from '../model/span.ts';
import { type Node, textAt } from '../yaml/node.ts';
import type { HelmReleaseView, KustomizationView } from './clusters/views.ts';
import type { Graph } from './graph.ts';
import type { Way } from './reach/reach-index.ts';

/** One station on the way of a file into a cluster; `at` is the line that leads on from there. */
export interface WhyStep {
  readonly type: 'cluster' | 'kustomization' | 'overlay' | 'component' | 'file' | 'object';
  readonly label: string;
  readonly at: Span;
}

export interface WhyWay {
  readonly cluster: string;
  readonly environment: string | undefined;
  readonly because: string | undefined;
  readonly steps: readonly WhyStep[];
}

export interface Why {
  readonly ways: readonly WhyWay[];
  readonly notReached: { readonly reason: string; readonly nearest: string | undefined } | undefined;
}

export interface WhyQuestion {
  /** The span path of a file. */
  readonly path: string;
  /** Offsets of the line that is asked about; absent: the whole file. */
  readonly line?: { readonly start: number; readonly end: number } | undefined;
}

/** Every way by which a file, or what stands on one of its lines, reaches a cluster. */
export const why = (graph: Graph, question: WhyQuestion): Why => {
  const readers = graph.reach.ways(question.path);
  const installed = chartWays(graph, question.path);
  if (readers.length === 0 && installed.length > 0) return { ways: installed, notReached: undefined };
  if (readers.length === 0)
    return { ways: [], notReached: { reason: 'no build of any cluster reads it', nearest: nearestBuild(graph, question.path) } };
  const ways = readers.flatMap((way) => {
    const objects = question.line ? objectsOnLine(way.kustomization, question.path, question.line) : undefined;
    if (objects?.length === 0) return [];
    return [wayOf(way, { graph, path: question.path, objects: objects ?? [] })];
  });
  if (ways.length + installed.length > 0) return { ways: [...ways, ...installed], notReached: undefined };
  return {
    ways: [],
    notReached: { reason: 'builds read the file, but nothing of this line is left in what they apply', nearest: undefined },
  };
};

/** The ways of a directory: those of its kustomization file, else of the files below it, each Kustomization once. */
export const whyDirectory = (graph: Graph, directory: string): Why => {
  const prefix = directory === '' ? '' : `${directory}/`;
  const ways = graph.clusters.all.flatMap(({ cluster }) =>
    cluster.kustomizations.flatMap((kustomization): readonly WhyWay[] => {
      const files = [...graph.reach.filesOf(graph.clusters.viewOf(kustomization))].filter((path) => path.startsWith(prefix)).sort();
      const path = files.find((file) => isKustomizationOf(file, directory)) ?? files[0];
      if (path === undefined) return [];
      const way = graph.reach.ways(path).find((each) => each.kustomization === kustomization);
      return way === undefined ? [] : [wayOf(way, { graph, path, objects: [] })];
    }),
  );
  if (ways.length > 0) return { ways, notReached: undefined };
  const installed = chartWays(graph, ...graph.releases.files().filter((path) => path.startsWith(prefix)));
  if (installed.length > 0) return { ways: installed, notReached: undefined };
  return { ways: [], notReached: { reason: 'no build of any cluster reads anything in it', nearest: nearestBuild(graph, `${prefix}_`) } };
};

/** The ways by which charts get into clusters: the releases that install them, each once. */
const chartWays = (graph: Graph, ...paths: readonly string[]): readonly WhyWay[] => {
  const found = new Map<HelmReleaseView, string>();
  for (const path of paths) for (const release of graph.releases.installing(path)) if (!found.has(release)) found.set(release, path);
  return [...found].flatMap(([release, path]) => {
    const cluster = graph.clusters.all.find(({ releases }) => releases.includes(release));
    if (!cluster) return [];
    const chain: KustomizationView[] = [];
    for (let here: KustomizationView | undefined = release.owner; here; here = here.parent) chain.unshift(here);
    const { span } = release.origin('/spec/chart/spec/chart');
    return [
      {
        cluster: cluster.name,
        environment: cluster.environment?.environment,
        because: cluster.environment?.because,
        steps: [
          ...chain.map((member): WhyStep => ({ type: 'kustomization', label: member.id, at: member.origin('/spec/path').span })),
          { type: 'object', label: graph.secrets.text(release.label), at: span },
          { type: 'file', label: path, at: { path, start: 0, end: 0 } },
        ],
      },
    ];
  });
};

const isKustomizationOf = (file: string, directory: string): boolean =>
  directoryOf(file) === directory && kustomizationNames.some((name) => name === baseName(file));

const wayOf = (
  { kustomization, steps }: Way,
  { graph, path, objects }: { readonly graph: Graph; readonly path: string; readonly objects: readonly AppliedObject[] },
): WhyWay => {
  const verdict = graph.clusters.get(kustomization.target)?.environment;
  const chain: AppliedKustomization[] = [];
  for (let here: AppliedKustomization | undefined = kustomization; here; here = here.parent) chain.unshift(here);
  return {
    cluster: kustomization.target,
    environment: verdict?.environment,
    because: verdict?.because,
    steps: [
      ...chain.map(
        (member): WhyStep => ({
          type: 'kustomization',
          label: graph.clusters.viewOf(member).id,
          at: pathLine(graph, member),
        }),
      ),
      ...steps.map(({ step, reads }): WhyStep => {
        const directory = reads.kustomization ? directoryOf(reads.kustomization.path) : reads.directory;
        return { type: step.type === 'component' ? 'component' : 'overlay', label: directory, at: step.at };
      }),
      { type: 'file', label: path, at: { path, start: 0, end: 0 } },
      ...objects.map(({ root }): WhyStep => ({ type: 'object', label: graph.secrets.text(labelOf(root)), at: root.span })),
    ],
  };
};

const pathLine = (graph: Graph, { cluster, namespace, name, document }: AppliedKustomization): Span =>
  graph.clusters.kustomization(cluster, namespace, name)?.origin('/spec/path').span ?? document.span;

const labelOf = (root: Node): string => {
  const namespace = textAt(root, 'metadata', 'namespace');
  return `${textAt(root, 'kind') ?? '?'}/${namespace === undefined ? '' : `${namespace}/`}${textAt(root, 'metadata', 'name') ?? '?'}`;
};

/** Objects with a value that this line wrote, changed or carried. */
const objectsOnLine = (
  { objects }: AppliedKustomization,
  path: string,
  line: { readonly start: number; readonly end: number },
): readonly AppliedObject[] => {
  const isHere = (span: Span) => span.path === path && span.start >= line.start && span.start <= line.end;
  const touches = (node: Node): boolean => {
    if (node.via.some((step) => isHere(step.at))) return true;
    switch (node.type) {
      case 'map':
        return node.entries.some(({ key, value }) => isHere(key.span) || touches(value));
      case 'list':
        return node.items.some(touches);
      case 'scalar':
      case 'unknown':
        return isHere(node.span);
      default:
        return node satisfies never;
    }
  };
  return objects.filter((object) => object.via.some((step) => isHere(step.at)) || touches(object.root));
};

/** The kustomization file of some build that lies nearest above the path. */
const nearestBuild = (graph: Graph, path: string): string | undefined => {
  for (let directory = directoryOf(path); ; directory = directoryOf(directory)) {
    const users = graph.reach.uses.get(directory);
    const file = users?.map(({ pull }) => pull.reads?.kustomization?.path).find((found) => found !== undefined);
    if (file !== undefined) return file;
    if (users && users.length > 0) return directory;
    if (directory === '') return undefined;
  }
};
