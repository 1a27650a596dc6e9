import type { Files } from '../../files/files.ts';
import { isHelmRelease } from '../../flux/kinds.ts';
import { specs } from '../../flux/specs.ts';
import { readable } from '../../kube/view.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import type { Origin } from '../../model/origin.ts';
import { child, isTrue, type MapNode, type Node, stringAt } from '../../yaml/node.ts';
import { chartOf, chartValues } from './chart-values.ts';
import type { ClusterView } from './cluster-view.ts';
import type { InstanceOfCluster } from './flux-instance.ts';

/** What a cluster's controllers are told about tenants; unknown where their installation is not in the repository. */
export type FlagState = 'set' | 'missing' | 'unknown';

export interface Lockdown {
  /** `--no-cross-namespace-refs=true` */
  readonly noCrossNamespaceRefs: FlagState;
  /** `--no-remote-bases=true` */
  readonly noRemoteBases: FlagState;
  /** `--default-service-account=…` */
  readonly defaultServiceAccount: FlagState;
  /** The account that is the default; undefined where none is, or it is not known. */
  readonly account: string | undefined;
  /** Where the flags belong: the FluxInstance's spec, or the kustomization beside gotk-components. */
  readonly place: Origin | undefined;
  /** What installs the controllers: a FluxInstance, the chart `flux2`, or the files of `flux bootstrap`. */
  readonly by: 'instance' | 'chart' | 'files';
}

const unknown: Lockdown = {
  noCrossNamespaceRefs: 'unknown',
  noRemoteBases: 'unknown',
  defaultServiceAccount: 'unknown',
  account: undefined,
  place: undefined,
  by: 'files',
};

/** A directory that looks like a cluster's, and nothing in sight that locks it down: Flux as it is installed by itself. */
const unpatched: Lockdown = { ...unknown, defaultServiceAccount: 'missing' };

/**
 * The multi-tenancy lockdown of a cluster: by its FluxInstance (`multitenant`, or patches that set the flags), by the
 * arguments of kustomize-controller, or by the patches that `flux bootstrap` leaves to people in flux-system/kustomization.yaml.
 */
export const lockdownOf = (
  cluster: ClusterView,
  [instance]: readonly InstanceOfCluster[],
  { files, parse }: { readonly files: Files; readonly parse: ParseFile },
): Lockdown => {
  const objects = cluster.cluster.objects;
  if (instance) return ofInstance(instance);
  const roots = objects.map(({ root }) => root);
  const release = roots.find((root) => isHelmRelease(root) && chartOf(root) === 'flux2');
  if (release) return ofChart(release, roots, parse);
  const kustomization = kustomizationOfFlux(cluster, files, parse);
  const controller = objects.find(({ root }) => isController(root))?.root;
  const flags = [...textsIn(kustomization), ...(controller ? textsIn(child(controller, 'spec', 'template', 'spec')) : [])];
  if (!controller && !kustomization) return cluster.cluster.root.evidence === 'layout' ? unpatched : unknown;
  return { ...fromTexts(flags), place: placeOf(kustomization ?? controller), by: 'files' };
};

/** The first line of a map says enough of where it is. */
const placeOf = (node: Node | undefined): Origin | undefined => (node?.type === 'map' ? (node.entries[0]?.key ?? node) : node);

const ofInstance = ({ root, spec }: InstanceOfCluster): Lockdown => {
  const place = placeOf(child(spec, 'cluster') ?? spec ?? root) ?? root;
  const multitenant = child(spec, 'cluster', 'multitenant');
  if (!spec || multitenant?.type === 'unknown') return { ...unknown, place, by: 'instance' };
  if (isTrue(multitenant)) {
    const account = readable(() => specs.fluxInstance(spec).cluster?.tenantDefaultServiceAccount ?? 'default');
    return { noCrossNamespaceRefs: 'set', noRemoteBases: 'set', defaultServiceAccount: 'set', account, place, by: 'instance' };
  }
  return { ...fromTexts(textsIn(child(spec, 'kustomize', 'patches'))), place, by: 'instance' };
};

/** The values `multitenancy` of the chart `flux2` (fluxcd-community/helm-charts), and arguments that it is given for kustomize-controller. */
const ofChart = (release: MapNode, roots: readonly MapNode[], parse: ParseFile): Lockdown => {
  const { merged } = chartValues(release, roots, parse);
  const own = child(release, 'spec', 'values');
  const place = placeOf(own ?? child(release, 'spec') ?? release) ?? release;
  if (!merged && (own || child(release, 'spec', 'valuesFrom'))) return { ...unknown, place, by: 'chart' };
  const enabled = child(merged, 'multitenancy', 'enabled');
  if (enabled?.type === 'unknown') return { ...unknown, place, by: 'chart' };
  if (isTrue(enabled)) {
    const account = stringAt(merged, 'multitenancy', 'defaultServiceAccount') ?? 'default';
    return { noCrossNamespaceRefs: 'set', noRemoteBases: 'set', defaultServiceAccount: 'set', account, place, by: 'chart' };
  }
  return { ...fromTexts(textsIn(child(merged, 'kustomizeController'))), place, by: 'chart' };
};

const isController = (root: MapNode): boolean =>
  stringAt(root, 'kind') === 'Deployment' && stringAt(root, 'metadata', 'name') === 'kustomize-controller';

/** The file that lists gotk-components; where Flux's own manifests are a comment only, its patches still say what is wanted. */
const kustomizationOfFlux = (cluster: ClusterView, files: Files, parse: ParseFile): Node | undefined => {
  const folder = fluxFolder(cluster);
  if (folder === undefined) return undefined;
  const file = files.file(`${folder}/kustomization.yaml`);
  if (file) return parse(file).documents[0]?.root;
  const written = files.list(folder)?.find((name) => /^gotk-(components|sync)\.ya?ml$/.test(name));
  // Installed as `flux bootstrap` does it, without a patch: an empty list of them.
  return written === undefined ? undefined : { type: 'list', items: [], span: { path: `${folder}/${written}`, start: 0, end: 0 }, via: [] };
};

/** The folder that `flux bootstrap` writes; undefined for a cluster that a hub deploys to. */
export const fluxFolder = ({ cluster: { root, hub } }: ClusterView): string | undefined =>
  hub === undefined ? [root.directory, root.sync.namespace].filter(Boolean).join('/') : undefined;

const fromTexts = (texts: readonly string[]): Omit<Lockdown, 'place' | 'by'> => {
  const stateOf = (flag: RegExp): FlagState => (texts.some((text) => flag.test(text)) ? 'set' : 'missing');
  return {
    noCrossNamespaceRefs: stateOf(/--no-cross-namespace-refs(?!=false)/),
    noRemoteBases: stateOf(/--no-remote-bases(?!=false)/),
    defaultServiceAccount: stateOf(/--default-service-account=\S/),
    account: texts.flatMap((text) => /--default-service-account=([\w.-]+)/.exec(text)?.[1] ?? []).at(-1),
  };
};

/** Every scalar of a tree. */
export const textsIn = (node: Node | undefined): readonly string[] => {
  switch (node?.type) {
    case 'scalar':
      return [node.text];
    case 'list':
      return node.items.flatMap(textsIn);
    case 'map':
      return node.entries.flatMap(({ value }) => textsIn(value));
    default:
      return [];
  }
};
