import type { Evaluated } from '../../analyze.ts';
import type { AppliedView, KustomizationView } from '../../graph/clusters/views.ts';
import { type ShownObject, shownObjects } from '../../graph/secrets/shown-objects.ts';
import { nodeOrigin } from '../../kustomize/resource/origin.ts';
import { didYouMean, nearest } from '../../model/spelling.ts';
import { UsageError } from '../../model/usage-error.ts';
import { printObjects } from '../../report/build/yaml.ts';
import { counted } from '../../report/words.ts';
import { toValue } from '../../yaml/node.ts';
import { printableLines } from '../terminal/say.ts';
import type { CommandOutput } from './build.ts';

export interface BuildClusterOptions {
  readonly cluster: string | undefined;
  /** `namespace/name`. */
  readonly kustomization: string | undefined;
  readonly format: 'yaml' | 'json';
  readonly origins: boolean;
  /** Print the values of Secrets. */
  readonly showSecrets: boolean;
}

/**
 * The objects of a cluster, or of one of its Kustomizations, in the order of the builds. A Kustomization that Flux would
 * reject gives code 2 and the reasons.
 *
 * @throws UsageError for a cluster or Kustomization that is not there
 */
export const buildCluster = ({ graph, sources }: Evaluated, options: BuildClusterOptions): CommandOutput => {
  const cluster = clusterOf(graph, options.cluster);
  const selected = options.kustomization === undefined ? cluster.kustomizations : [kustomizationOf(cluster, options.kustomization)];
  const notes = selected.flatMap((view) => noteOf(view, sources.location)).map(graph.secrets.text);
  const failed = selected.some((view) => view.content.type === 'built' && view.content.failed);
  if (options.kustomization !== undefined && (failed || selected[0]?.content.type !== 'built')) {
    return { stdout: '', stderr: printableLines(notes), code: 2 };
  }
  const objects = options.kustomization === undefined ? cluster.objects : selected.flatMap((view) => view.objects);
  const what = options.kustomization === undefined ? '' : `, Kustomization ${options.kustomization}`;
  return {
    stdout: print(objects, options, sources),
    stderr: printableLines([`cluster ${cluster.name}${what}: ${counted(objects.length, 'object')}`, ...notes]),
    code: 0,
  };
};

const clusterOf = (graph: Evaluated['graph'], name: string | undefined) => {
  const names = graph.clusters.all.map((cluster) => cluster.name);
  const [only, ...others] = graph.clusters.all;
  if (name === undefined && only && others.length === 0) return only;
  const found = name === undefined ? undefined : graph.clusters.get(name);
  if (found) return found;
  if (names.length === 0) throw new UsageError('no cluster was found here', 'Of a plain directory: flux-lint build --kustomize DIR');
  const list = names.join(', ');
  if (name === undefined) throw new UsageError('the repository has several clusters', `Name one: ${list}.`);
  const ofDirectory = name.includes('/') ? ` Of a plain directory: flux-lint build --kustomize ${name}` : '';
  throw new UsageError(`there is no cluster ${name}`, didYouMean(nearest(name, names)) ?? `There are: ${list}.${ofDirectory}`);
};

const kustomizationOf = (cluster: ReturnType<typeof clusterOf>, id: string): KustomizationView => {
  const found = cluster.kustomizations.find((view) => view.id === id);
  if (found) return found;
  const ids = cluster.kustomizations.map((view) => view.id);
  const meant = nearest(id, ids) ?? ids.find((known) => known.endsWith(`/${id}`));
  throw new UsageError(`cluster ${cluster.name} has no Kustomization ${id}`, didYouMean(meant) ?? `There are: ${ids.join(', ')}.`);
};

const noteOf = (view: KustomizationView, locate: Evaluated['sources']['location']): readonly string[] => {
  const { content, id } = view;
  switch (content.type) {
    case 'built':
      return content.problems.map(({ at, message }) => `${place(locate(at.span))}: ${message}`);
    case 'missing-path':
      return [`${id}: its path ${content.directory} is not in its source`];
    case 'missing-source':
      return [`${id}: its source is not on the cluster`];
    case 'unknown':
      return [`${id}: content not at hand: ${content.why}`];
    default:
      return content satisfies never;
  }
};

const place = ({ path, line }: { readonly path: string; readonly line: number }): string => `${path}:${line}`;

const print = (objects: readonly AppliedView[], options: BuildClusterOptions, sources: Evaluated['sources']): string => {
  const { format, origins, showSecrets } = options;
  const shown = showSecrets ? asTheyAre : shownObjects(objects);
  const printed = objects.map(shown);
  if (format === 'json') {
    const values = printed.map(({ root }) => toValue(root));
    return `${JSON.stringify(values, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value), 2)}\n`;
  }
  return printObjects(printed, origins ? { place: ({ span }) => place(sources.location(span)) } : {});
};

const asTheyAre = (object: AppliedView): ShownObject => ({ root: object.root, origin: (node) => nodeOrigin(object, node) });
