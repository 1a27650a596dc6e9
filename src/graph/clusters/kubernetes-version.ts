/** Which minor of Kubernetes a cluster runs: the configuration says so, or what installs the cluster, where that is in the repository. */
import type { Config } from '../../config/config.ts';
import { baseName, directoryOf, type Files, isWithin } from '../../files/files.ts';
import { groupOf } from '../../kube/object-view.ts';
import type { KubernetesMinor } from '../../kube/schema/minor.ts';
import { memo } from '../../model/memo.ts';
import { type MapNode, stringAt } from '../../yaml/node.ts';
import type { ClusterView } from './cluster-view.ts';

export interface KubernetesVersion {
  readonly minor: KubernetesMinor;
  readonly because: string;
}

export interface KubernetesVersionsInput {
  readonly config: Config;
  readonly files: Files;
  readonly clusters: () => readonly ClusterView[];
}

/** Undefined where nothing shows it, and where what shows it does not agree. */
export const createKubernetesVersions = ({ config, files, clusters }: KubernetesVersionsInput) => {
  let signs: readonly Sign[] | undefined;
  const signsInFiles = (): readonly Sign[] => {
    signs ??= files.paths.filter(mayShowVersion).flatMap((path) => signsIn(path, files.file(path)?.text ?? ''));
    return signs;
  };
  let machines: readonly MapNode[] | undefined;
  const machinesOfAll = (): readonly MapNode[] => {
    machines ??= clusters().flatMap(({ cluster }) => cluster.objects.flatMap(({ root }) => (isOfClusterApi(root) ? [root] : [])));
    return machines;
  };
  return memo((cluster: ClusterView): KubernetesVersion | undefined => {
    const configured = configuredFor(cluster.name, config);
    if (configured !== undefined) return { minor: configured, because: 'the configuration says so' };
    const applied = [...ownUpgrades(cluster), ...clusterApi(cluster.name, machinesOfAll())];
    if (applied.length > 0) return agreed(applied);
    return agreed(signsInFiles().filter((sign) => belongsTo(sign, cluster, clusters())));
  });
};

const configuredFor = (name: string, { clusters, kubernetesVersion }: Config): KubernetesMinor | undefined =>
  minorIn(clusters.find((cluster) => cluster.name === name)?.kubernetesVersion ?? kubernetesVersion);

/** Something that names a version, and where. */
interface Sign {
  readonly minor: KubernetesMinor;
  readonly path: string;
  /** What it calls the cluster. */
  readonly names?: string | undefined;
}

const agreed = (signs: readonly Sign[]): KubernetesVersion | undefined => {
  const [first, ...others] = signs;
  return first && others.every(({ minor }) => minor === first.minor) ? { minor: first.minor, because: `${first.path} has it` } : undefined;
};

/** `v1.31.4+k3s1` → `1.31` */
const minorIn = (version: string | undefined): KubernetesMinor | undefined => {
  const [, minor] = /^v?1\.(\d{1,3})(?!\d)/.exec(version ?? '') ?? [];
  return minor === undefined ? undefined : `1.${Number(minor)}`;
};

/**
 * What a cluster upgrades itself by: Plans of the system-upgrade-controller for k3s and RKE2, whose versions say so, or
 * that name Kubernetes (those of Talos' own releases begin with 1, too); KubernetesUpgrades of tuppr.
 */
const ownUpgrades = ({ cluster }: ClusterView): readonly Sign[] =>
  cluster.objects.flatMap(({ root }) => {
    const group = groupOf(stringAt(root, 'apiVersion') ?? '');
    if (group === 'upgrade.cattle.io' && stringAt(root, 'kind') === 'Plan') {
      const version = stringAt(root, 'spec', 'version') ?? '';
      const isKubernetes = /[+-](k3s|rke2r)\d/.test(version) || /kubernetes|k3s|rke2/.test(stringAt(root, 'metadata', 'name') ?? '');
      return isKubernetes ? signOf(version, root) : [];
    }
    const isUpgrade = group === 'tuppr.home-operations.com' && stringAt(root, 'kind') === 'KubernetesUpgrade';
    return isUpgrade ? signOf(stringAt(root, 'spec', 'kubernetes', 'version'), root) : [];
  });

const signOf = (version: string | undefined, root: MapNode): readonly Sign[] => {
  const minor = minorIn(version);
  return minor === undefined ? [] : [{ minor, path: root.span.path }];
};

/** Cluster API: the Clusters, control planes and machines that any cluster here applies for one of that name. */
const clusterApi = (name: string, machines: readonly MapNode[]): readonly Sign[] =>
  machines.flatMap((root) => {
    const owner = stringAt(root, 'spec', 'clusterName') ?? stringAt(root, 'metadata', 'labels', 'cluster.x-k8s.io/cluster-name');
    const own = stringAt(root, 'metadata', 'name') ?? '';
    const kind = stringAt(root, 'kind') ?? '';
    const isIts = owner === undefined ? own === name || (kind.endsWith('ControlPlane') && own === `${name}-control-plane`) : owner === name;
    const version =
      stringAt(root, 'spec', 'topology', 'version') ??
      stringAt(root, 'spec', 'version') ??
      stringAt(root, 'spec', 'template', 'spec', 'version');
    return isIts ? signOf(version, root) : [];
  });

const isOfClusterApi = (root: MapNode): boolean => /(^|\.)cluster\.x-k8s\.io$/.test(groupOf(stringAt(root, 'apiVersion') ?? ''));

/** What is read of files is read by its name first: most of a repository says nothing of the kind. */
const mayShowVersion = (path: string): boolean =>
  /\.(tf|tfvars|hcl)$/.test(path) ||
  (/\.ya?ml$/.test(path) &&
    (/(tal(config|env)|control-?plane|worker|machine-?config|kind|k3d|eks|cluster)/i.test(baseName(path)) || /(^|\/)talos\//.test(path)));

const signsIn = (path: string, text: string): readonly Sign[] => {
  if (!/1\.\d{2}/.test(text)) return [];
  const form = forms.find(({ is }) => is(path, text));
  if (!form) return [];
  const found = [...text.matchAll(form.version)].flatMap(([, version]) => minorIn(version) ?? []);
  const names = form.name.exec(text)?.[1];
  return found.map((minor) => ({ minor, path, names }));
};

interface Form {
  readonly is: (path: string, text: string) => boolean;
  readonly version: RegExp;
  readonly name: RegExp;
}

const noName = /(?!)/;

/**
 * How tools write it: talhelper (`kubernetesVersion`), Talos' machine configuration (the image of its kubelet), eksctl
 * (`metadata.version` of a ClusterConfig), kind and k3d (the image of their nodes), Terraform (the argument that modules and
 * resources of EKS, AKS and GKE have it in, as a literal).
 */
const forms: readonly Form[] = [
  {
    is: (path) => /^tal(config|env)\.ya?ml$/.test(baseName(path)),
    version: /^kubernetesVersion:[ \t]*["']?(v?1\.\d{1,3})/gm,
    name: /^clusterName:[ \t]*["']?([\w.-]{1,100})/m,
  },
  {
    is: (_, text) => text.includes('siderolabs/kubelet:') && /^machine:/m.test(text),
    version: /siderolabs\/kubelet:(v1\.\d{1,3})/g,
    name: /^cluster:[\s\S]{0,2000}?\n {4}clusterName:[ \t]*["']?([\w.-]{1,100})/m,
  },
  {
    is: (_, text) => /^apiVersion:[ \t]*eksctl\.io\//m.test(text) && /^kind:[ \t]*ClusterConfig\b/m.test(text),
    version: /^ {2}version:[ \t]*["']?(1\.\d{1,3})/gm,
    name: /^metadata:[ \t]*\n(?: {2}.*\n){0,10}? {2}name:[ \t]*["']?([\w.-]{1,100})/m,
  },
  {
    is: (_, text) => /^apiVersion:[ \t]*kind\.x-k8s\.io\//m.test(text),
    version: /kindest\/node:(v1\.\d{1,3})/g,
    name: /^name:[ \t]*["']?([\w.-]{1,100})/m,
  },
  {
    is: (_, text) => /^apiVersion:[ \t]*k3d\.io\//m.test(text),
    version: /rancher\/k3s:(v1\.\d{1,3})/g,
    name: /^ {2}name:[ \t]*["']?([\w.-]{1,100})/m,
  },
  {
    is: (path) => /\.(tf|tfvars|hcl)$/.test(path),
    version: /^[ \t]*(?:cluster_version|kubernetes_version|k8s_version|min_master_version)[ \t]*=[ \t]*"(v?1\.\d{1,3})/gm,
    name: noName,
  },
];

/** The only cluster there is; else the one that a file lies in, whose name it says, or that a folder above it is called after. */
const belongsTo = ({ path, names }: Sign, { name, cluster }: ClusterView, clusters: readonly ClusterView[]): boolean => {
  if (names !== undefined && clusters.some((other) => other.name === names)) return names === name;
  if (clusters.length === 1) return true;
  if (cluster.hub !== undefined) return false;
  if (cluster.root.directory !== '' && isWithin(path, cluster.root.directory)) return true;
  return directoryOf(path).split('/').includes(name);
};
