/** The fleet as a picture needs it: clusters with what they apply, and what they share, with who gets it and how. */
import { byText, directoryOf } from '../files/files.ts';
import type { Span } from '../model/span.ts';
import { isTrue, stringAt } from '../yaml/node.ts';
import type { ClusterView } from './clusters/cluster-view.ts';
import type { AppliedView, KustomizationView } from './clusters/views.ts';
import type { Graph } from './graph.ts';
import { type ShownObject, shownObjects } from './secrets/shown-objects.ts';

export interface FleetMap {
  readonly clusters: readonly MapCluster[];
  /** Directories, charts and sources, in the order of their paths. */
  readonly shared: readonly SharedPlace[];
}

export interface MapCluster {
  readonly name: string;
  readonly environment: string | undefined;
  readonly because: string | undefined;
  readonly isProtected: boolean;
  readonly directory: string;
  readonly kustomizations: readonly MapKustomization[];
}

export interface MapKustomization {
  /** `namespace/name` */
  readonly id: string;
  readonly at: Span;
  readonly parent: string | undefined;
  readonly dependsOn: readonly string[];
  readonly tenant: string | undefined;
  readonly isSuspended: boolean;
  /** The cluster its objects go to, where that is another one. */
  readonly target: string | undefined;
  /** The directory it builds; why there is none. */
  readonly builds: { readonly directory: string } | { readonly why: string };
  readonly objects: readonly MapObject[];
}

export interface MapObject {
  /** `Deployment/shop/web` */
  readonly label: string;
  readonly at: Span;
  /** A generator makes it. */
  readonly isGenerated: boolean;
  /** The object itself, as `build` prints it. */
  readonly shown: () => ShownObject;
}

export interface SharedPlace {
  readonly type: 'base' | 'component' | 'chart' | 'source';
  readonly name: string;
  /** The environment that its own path names. */
  readonly environment: string | undefined;
  readonly cells: readonly { readonly cluster: string; readonly by: readonly string[] }[];
}

export const fleetMap = (graph: Graph): FleetMap => {
  // A directory of a mapped checkout starts with the URL of its repository, as a source has it.
  const text = graph.secrets.text;
  return {
    clusters: graph.clusters.all.map((view) => clusterOf(view, graph, text)),
    shared: [...directories(graph, text), ...charts(graph, text), ...sources(graph, text)].sort((a, b) => byText(a.name, b.name)),
  };
};

type ShownText = (text: string) => string;

/** Texts and objects as they may be shown. */
interface Shown {
  readonly text: ShownText;
  readonly object: ReturnType<typeof shownObjects>;
}

const clusterOf = (view: ClusterView, graph: Graph, text: ShownText): MapCluster => {
  const { name, cluster, environment, kustomizations } = view;
  const applied = kustomizations.flatMap(({ objects, generated }) => [...objects, ...generated]);
  const shown = { text, object: shownObjects([...view.objects, ...applied]) };
  return {
    name,
    environment: environment?.environment,
    because: environment?.because,
    isProtected: environment !== undefined && graph.environments.isProtected(environment.environment),
    directory: text(cluster.root.directory),
    kustomizations: kustomizations.map((each) => kustomizationOf(each, graph, shown)),
  };
};

const kustomizationOf = (view: KustomizationView, graph: Graph, shown: Shown): MapKustomization => {
  const { id, parent, content, root, namespace } = view;
  return {
    id,
    at: view.origin('/metadata/name').span,
    parent: parent?.id,
    dependsOn: dependencies(view, namespace),
    tenant: graph.tenants.of(view)?.name,
    isSuspended: isTrue(view.node('/spec/suspend')),
    target: view.target === view.cluster ? undefined : view.target,
    builds:
      content.type === 'built'
        ? { directory: shown.text(directoryOf(content.build.reads.kustomization?.path ?? '') || content.directory) }
        : { why: shown.text(whyNot(content)) },
    objects: [
      ...view.objects.map((object) => objectOf(object, shown, false)),
      ...view.generated.map((object) => objectOf(object, shown, true)),
    ].filter(({ at }) => at.path !== root.span.path || at.start !== root.span.start),
  };
};

const objectOf = (view: AppliedView, shown: Shown, isGenerated: boolean): MapObject => ({
  label: shown.text(view.label),
  at: view.root.span,
  isGenerated,
  shown: () => shown.object(view),
});

const whyNot = (content: Exclude<KustomizationView['content'], { readonly type: 'built' }>): string => {
  switch (content.type) {
    case 'missing-path':
      return `${content.directory} is not in its source`;
    case 'missing-source':
      return 'its source is not in the cluster';
    case 'unknown':
      return content.why;
    default:
      return content satisfies never;
  }
};

const dependencies = (view: KustomizationView, namespace: string): readonly string[] => {
  const list = view.node('/spec/dependsOn');
  if (list?.type !== 'list') return [];
  return list.items.flatMap((item) => {
    const name = stringAt(item, 'name');
    return name === undefined ? [] : [`${stringAt(item, 'namespace') ?? namespace}/${name}`];
  });
};

/** Everything that a build takes in and that is no Kustomization's own root directory of one cluster. */
const directories = (graph: Graph, text: ShownText): readonly SharedPlace[] =>
  [...graph.reach.uses].flatMap(([place, uses]): readonly SharedPlace[] => {
    const reads = uses.find(({ pull }) => pull.reads)?.pull.reads;
    if (!reads) return [];
    const isComponent = /^kind:\s{0,5}Component\s*$/m.test(reads.kustomization?.text ?? '');
    const cells = cellsOf(uses.map(({ kustomization }) => ({ cluster: kustomization.target, by: kustomization.id })));
    return [
      {
        type: isComponent ? 'component' : 'base',
        name: place === '' ? '.' : text(place),
        environment: graph.environments.ofPath(place)?.environment,
        cells,
      },
    ];
  });

const charts = (graph: Graph, text: ShownText): readonly SharedPlace[] => {
  const found = new Map<string, { cluster: string; by: string }[]>();
  for (const path of graph.releases.files()) {
    if (!/(^|\/)Chart\.yaml$/.test(path)) continue;
    for (const release of graph.releases.installing(path)) {
      const known = found.get(directoryOf(path)) ?? [];
      known.push({ cluster: release.cluster, by: release.label });
      found.set(directoryOf(path), known);
    }
  }
  return [...found].map(([name, uses]) => ({
    type: 'chart',
    name: text(name),
    environment: graph.environments.ofPath(name)?.environment,
    cells: cellsOf(uses),
  }));
};

/** By their address: what several clusters follow is shared, whatever each of them calls it. */
const sources = (graph: Graph, text: ShownText): readonly SharedPlace[] => {
  const found = new Map<string, { cluster: string; by: string }[]>();
  for (const { name, sources: own } of graph.clusters.all) {
    for (const { root, label } of own) {
      const url = stringAt(root, 'spec', 'url');
      if (url === undefined) continue;
      const known = found.get(url) ?? [];
      known.push({ cluster: name, by: label });
      found.set(url, known);
    }
  }
  return [...found].map(([url, uses]) => ({ type: 'source', name: text(url), environment: undefined, cells: cellsOf(uses) }));
};

const cellsOf = (uses: readonly { readonly cluster: string; readonly by: string }[]): SharedPlace['cells'] => {
  const cells = new Map<string, Set<string>>();
  for (const { cluster, by } of uses) cells.set(cluster, (cells.get(cluster) ?? new Set()).add(by));
  return [...cells].map(([cluster, by]) => ({ cluster, by: [...by] }));
};
