import type { Config } from '../../config/config.ts';
import { baseName, byText } from '../../files/files.ts';
import { type EnvironmentName, environmentOf } from '../../flux/cluster/environment-name.ts';
import { namesOfDirectory } from '../../flux/cluster/name-clusters.ts';
import type { Cluster } from '../../flux/evaluation.ts';
import { matchesGlob } from '../../pattern/glob.ts';

/** Which environment something belongs to, and how we know, in words that continue "production, because …". */
export interface EnvironmentVerdict {
  readonly environment: string;
  readonly because: string;
}

export interface Environments {
  readonly ofCluster: (cluster: Cluster) => EnvironmentVerdict | undefined;
  /**
   * The environment that a path belongs to by its names: a segment that is nothing but an environment's name or a
   * cluster's, a file called after one (`values-prod.yaml`). Undefined where none or several are named: `dev-team` is a
   * team, not an environment.
   */
  readonly ofPath: (path: string) => EnvironmentVerdict | undefined;
  /** Production, or what configuration protects. */
  readonly isProtected: (environment: string) => boolean;
  /** By its name no one but developers is there: `dev`, `test`, `sandbox`; never what is protected. */
  readonly isDevelopment: (environment: string) => boolean;
  /** On somebody's own machine, by the name of the cluster or of its directory: kind, k3d, minikube, a dev container. */
  readonly isLocal: (cluster: Cluster) => boolean;
  /** In the order in which changes move through them: as configured, else development, staging, production. */
  readonly inPromotionOrder: (environments: Iterable<string>) => readonly string[];
}

export const createEnvironments = (clusters: readonly Cluster[], config: Config): Environments => {
  const verdicts = new Map(clusters.map((cluster) => [cluster.name, clusterEnvironment(cluster, config)] as const));
  const byName = new Map<string, string>();
  for (const [name, verdict] of verdicts) if (verdict) byName.set(name, verdict.environment);
  for (const { name } of config.environments) byName.set(name, name);
  const declared = config.environments.filter((environment) => environment.protected).map((environment) => environment.name);

  const known = new Map<string, EnvironmentVerdict | undefined>();
  const ofPath = (path: string): EnvironmentVerdict | undefined => {
    if (!known.has(path)) known.set(path, namedIn(path));
    return known.get(path);
  };
  const namedIn = (path: string): EnvironmentVerdict | undefined => {
    const named = new Map<string, string>();
    const file = baseName(path);
    for (const segment of path.split('/')) {
      const environment =
        byName.get(segment) ?? canonical(wholeName(segment), config) ?? (segment === file ? fileEnvironment(file, config) : undefined);
      if (environment !== undefined) named.set(environment, segment);
    }
    const [only, ...others] = named;
    return only && others.length === 0 ? { environment: only[0], because: `of "${only[1]}" in its path` } : undefined;
  };

  const isProtected = (environment: string): boolean =>
    declared.length > 0
      ? declared.includes(environment)
      : environment === 'production' || environmentOf(environment)?.environment === 'production';

  return {
    ofCluster: (cluster) => verdicts.get(cluster.name),
    ofPath,
    isProtected,
    isDevelopment: (environment) => !isProtected(environment) && environmentOf(environment)?.tier === 'development',
    isLocal: (cluster) => {
      const environment = verdicts.get(cluster.name)?.environment;
      return !(environment !== undefined && isProtected(environment)) && isNamedLocal(cluster);
    },
    inPromotionOrder: (environments) => [...new Set(environments)].sort((a, b) => rank(a, config) - rank(b, config) || byText(a, b)),
  };
};

const isNamedLocal = ({ name, root }: Cluster): boolean =>
  [name, ...root.directory.split('/')].some((segment) =>
    /(^|[-_.])(kind|k3d|minikube|dev-?containers?|codespaces?|docker-desktop|rancher-desktop|colima|orbstack|local|localhost|laptop)([-_.\d]|$)/i.test(
      segment,
    ),
  );

/** Configured environments by their place in the promotion; others by how far from production their names are. */
const rank = (environment: string, config: Config): number => {
  const place = config.promotion.indexOf(environment);
  if (place !== -1) return place;
  const tier = environmentOf(environment)?.tier;
  return tier === undefined ? 0 : ['development', 'staging', 'production'].indexOf(tier);
};

/** By configuration, by the cluster's name, else by the directory of its root. */
const clusterEnvironment = (cluster: Cluster, config: Config): EnvironmentVerdict | undefined => {
  const configured = config.clusters.find((entry) => entry.name === cluster.name);
  if (configured?.environment !== undefined) {
    return { environment: configured.environment, because: `the configuration says so of cluster ${cluster.name}` };
  }
  for (const { name, match } of config.environments) {
    const glob = match.find((pattern) => matchesGlob(cluster.name, pattern));
    if (glob !== undefined) return { environment: name, because: `the cluster's name matches ${glob}` };
  }
  const byDirectory = cluster.hub === undefined ? configuredByDirectory(cluster, config) : undefined;
  if (byDirectory) return byDirectory;
  const named = environmentOf(cluster.name);
  const environment = canonical(named, config);
  if (named && environment !== undefined) return { environment, because: `of "${named.token}" in the cluster's name` };
  if (cluster.hub !== undefined) return undefined;
  for (const segment of cluster.root.directory.split('/').toReversed()) {
    const above = canonical(environmentOf(segment), config);
    if (above !== undefined) return { environment: above, because: `the cluster's directory is ${cluster.root.directory}` };
  }
  return undefined;
};

/** By a longer name that its directory could give it: configuration that was written for it holds on. */
const configuredByDirectory = ({ root }: Cluster, config: Config): EnvironmentVerdict | undefined => {
  const names = namesOfDirectory(root.directory);
  for (const { name, match } of config.environments) {
    const glob = match.find((pattern) => !pattern.startsWith('!') && names.some((longer) => matchesGlob(longer, pattern)));
    if (glob !== undefined) return { environment: name, because: `the cluster's directory ${root.directory} matches ${glob}` };
  }
  return undefined;
};

/** A configured environment whose own name means the same: `prod` in the configuration is what we call production. */
const canonical = (found: EnvironmentName | undefined, config: Config): string | undefined =>
  found && (config.environments.find(({ name }) => environmentOf(name)?.environment === found.environment)?.name ?? found.environment);

/** The segment names an environment and nothing else. */
const wholeName = (segment: string): EnvironmentName | undefined => {
  const found = environmentOf(segment);
  return found?.token.toLowerCase() === segment.toLowerCase() ? found : undefined;
};

const roleWords = /^(values|patch|patches|config|settings|vars|variables|overlay|kustomization|release|replicas|env)$/;

/** `values-prod.yaml`, `dev.patch.yaml`: beside the environment only words for what the file is. */
const fileEnvironment = (file: string, config: Config): string | undefined => {
  const words = file.replace(/\.[a-z]+$/i, '').split(/[-_.]+/);
  const found = words.map((word) => ({ word, name: wholeName(word) }));
  const [named, ...more] = found.filter(({ name }) => name !== undefined);
  const isRole = found.every(({ word, name }) => name !== undefined || roleWords.test(word.toLowerCase()));
  return named && more.length === 0 && isRole ? canonical(named.name, config) : undefined;
};
