import picomatch from 'picomatch';
import type { Config } from '../config/config.ts';
import type { Cluster } from '../flux/evaluation.ts';
import { groups, isHelmRelease, isKind } from '../flux/kinds.ts';
import { child, type MapNode, stringAt } from '../yaml/node.ts';

/** An object that something refers to. */
export interface Wanted {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

export type Existence =
  | { readonly answer: 'exists' }
  | { readonly answer: 'no' }
  /** Something here may bring it: why, in words. */
  | { readonly answer: 'unknown'; readonly why: string };

/** Kinds that a chart we do not render may well make, in the namespace it is installed into. */
const chartKinds = new Set([
  'ServiceAccount',
  'ConfigMap',
  'Secret',
  'Service',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Role',
  'RoleBinding',
]);
const fluxCharts = /^(flux2|flux2-sync|flux-instance|flux-operator)$/;
const standardNamespaces = /^(default|kube-.*)$/;

export interface ExistenceIndex {
  readonly couldExist: (cluster: Cluster, wanted: Wanted) => Existence;
}

/**
 * Whether an object could be in a cluster. `no` only where everything that could make one is evaluated: no content that
 * is not at hand, no generator that is not expanded, no chart known to make that kind (evaluation: open and closed).
 */
export const createExistenceIndex = (config: Config): ExistenceIndex => {
  const identities = new WeakMap<Cluster, ReadonlySet<string>>();
  const openings = new WeakMap<Cluster, readonly Opening[]>();
  const identitiesOf = (cluster: Cluster) =>
    remember(identities, cluster, () => new Set(cluster.objects.map(({ root }) => identityOf(root))));
  const openingsOf = (cluster: Cluster) => remember(openings, cluster, () => findOpenings(cluster));

  return {
    couldExist: (cluster, wanted) => {
      if (identitiesOf(cluster).has(`${wanted.kind}/${wanted.namespace ?? ''}/${wanted.name}`)) return { answer: 'exists' };
      if (alwaysExists(cluster, wanted) || isExternal(config, wanted)) return { answer: 'exists' };
      const opening = openingsOf(cluster).find((candidate) => candidate.admits(wanted));
      return opening ? { answer: 'unknown', why: opening.why } : { answer: 'no' };
    },
  };
};

interface Opening {
  readonly why: string;
  readonly admits: (wanted: Wanted) => boolean;
}

const findOpenings = (cluster: Cluster): readonly Opening[] => {
  if (cluster.root.evidence === 'unreached') return [{ why: 'nothing here shows which cluster applies it', admits: () => true }];
  const found: Opening[] = [];
  if (cluster.hub !== undefined)
    found.push({ why: `${cluster.hub} deploys to this cluster, but what else is on it is not here`, admits: () => true });
  for (const kustomization of cluster.kustomizations) {
    const { content, namespace, name, document } = kustomization;
    const id = `${namespace}/${name}`;
    const targetNamespace = stringAt(document, 'spec', 'targetNamespace');
    const admits = ({ namespace: wanted }: Wanted) => targetNamespace === undefined || wanted === undefined || wanted === targetNamespace;
    if (content.type === 'unknown') found.push({ why: `the content of ${id} is not known: ${content.why}`, admits });
    else if (content.type !== 'built') found.push({ why: `the content of ${id} cannot be had`, admits });
    else if (content.failed) found.push({ why: `${id} does not build`, admits });
    else if (content.build.leaves.length > 0)
      found.push({ why: `${id} builds from ${content.build.leaves[0]?.what ?? 'a remote base'}`, admits });
  }
  for (const { root } of cluster.objects) {
    const label = `${stringAt(root, 'kind') ?? '?'} ${stringAt(root, 'metadata', 'name') ?? '?'}`;
    if (isKind(root, groups.operator, 'ResourceSet'))
      found.push({ why: `${label} makes objects that are not expanded here`, admits: () => true });
    else if (isHelmRelease(root)) found.push(chartOpening(root, label));
    else if (stringAt(root, 'kind')?.endsWith('Composition'))
      found.push({ why: `${label} makes objects that are not expanded here`, admits: () => true });
  }
  return found;
};

const chartOpening = (root: MapNode, label: string): Opening => {
  const namespace = stringAt(root, 'spec', 'targetNamespace') ?? stringAt(root, 'metadata', 'namespace');
  const chart = stringAt(root, 'spec', 'chart', 'spec', 'chart') ?? '';
  const isFluxChart = fluxCharts.test(chart);
  return {
    why: `the chart of ${label} may make it`,
    admits: (wanted) => {
      if (isFluxChart) return true;
      if (wanted.kind === 'CustomResourceDefinition') return true;
      if (wanted.kind === 'Namespace') return wanted.name === namespace && child(root, 'spec', 'install', 'createNamespace') !== undefined;
      return chartKinds.has(wanted.kind) && (wanted.namespace === undefined || wanted.namespace === namespace);
    },
  };
};

/** The source that syncs the root, committed or not; what every cluster and every Flux installation has. */
const alwaysExists = (cluster: Cluster, { kind, namespace, name }: Wanted): boolean => {
  const { sync } = cluster.root;
  if (kind === 'Namespace') return standardNamespaces.test(name) || name === sync.namespace;
  if (kind === 'ServiceAccount')
    return (
      name === 'default' ||
      (namespace === sync.namespace && /^(source|kustomize|helm|notification|image-reflector|image-automation)-controller$/.test(name))
    );
  const isRootSource = namespace === sync.namespace && name === sync.name;
  return isRootSource && (kind === 'GitRepository' || kind === 'OCIRepository' || kind === 'Bucket' || kind === 'Kustomization');
};

const isExternal = (config: Config, wanted: Wanted): boolean =>
  config.external.some(
    (entry) =>
      entry.kind === wanted.kind &&
      picomatch.isMatch(wanted.name, entry.name) &&
      (entry.namespace === undefined || wanted.namespace === undefined || picomatch.isMatch(wanted.namespace, entry.namespace)),
  );

const identityOf = (root: MapNode): string =>
  `${stringAt(root, 'kind') ?? ''}/${stringAt(root, 'metadata', 'namespace') ?? ''}/${stringAt(root, 'metadata', 'name') ?? ''}`;

const remember = <K extends object, V>(memo: WeakMap<K, V>, key: K, make: () => V): V => {
  const known = memo.get(key);
  if (known !== undefined) return known;
  const made = make();
  memo.set(key, made);
  return made;
};
