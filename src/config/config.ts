import type { File } from '../files/files.ts';
import type { Origin } from '../model/origin.ts';
import type { Severity } from '../model/severity.ts';
import type { Node } from '../yaml/node.ts';

/**
 * `.flux-lint.yaml` with every default in its place. Empty lists mean: find it out. Globs and paths are relative to the
 * root; checkouts and plugins, which may lie elsewhere, are absolute. `at` is the line that says so.
 */
export interface Config {
  /** Absolute path of the file; undefined where there is none. Plugins run only when it lies in the root. */
  readonly path: string | undefined;
  /** The file itself: what is wrong in it is told with its line. */
  readonly file: File | undefined;
  readonly root: boolean;
  readonly clusters: readonly ClusterConfig[];
  readonly environments: readonly EnvironmentConfig[];
  readonly promotion: readonly string[];
  /** A minor version of Kubernetes, `1.34`, of clusters that have none of their own. */
  readonly kubernetesVersion: string | undefined;
  readonly tenants: readonly TenantConfig[];
  readonly repositories: readonly RepositoryConfig[];
  readonly external: readonly ExternalObject[];
  /** Directories with definitions of kinds, below the root. */
  readonly schemas: readonly string[];
  readonly terraform: TerraformConfig;
  readonly ignore: readonly string[];
  readonly extends: 'recommended' | 'strict';
  /** The configurations that it builds on, as written; those of the configurations it builds on are read with them. */
  readonly bases: readonly BaseConfig[];
  /** The files that it was put together from, besides its own. */
  readonly extended: readonly File[];
  readonly rules: readonly RuleSetting[];
  readonly overrides: readonly Override[];
  readonly plugins: readonly PluginConfig[];
  readonly expressions: readonly ExpressionConfig[];
}

export interface ClusterConfig {
  readonly at: Origin;
  readonly name: string;
  /** A directory, without leading `./` or trailing `/`; the root is empty. */
  readonly path: string;
  readonly environment: string | undefined;
  /** A minor version: `2.9`. */
  readonly fluxVersion: string | undefined;
  /** A minor version: `1.34`. */
  readonly kubernetesVersion: string | undefined;
  readonly variables: ReadonlyMap<string, VariableConfig>;
}

export interface TerraformConfig {
  readonly roots: readonly TerraformRootConfig[];
}

/** A root module, and how it is run. */
export interface TerraformRootConfig {
  readonly at: Origin;
  /** A directory; the root is empty. */
  readonly path: string;
  /** Paths below the root. */
  readonly varFiles: readonly string[];
  readonly workspace: string | undefined;
  /** The cluster that it makes. */
  readonly cluster: string | undefined;
}

export interface VariableConfig {
  readonly value: string;
  readonly origin: Origin;
}

export interface EnvironmentConfig {
  readonly at: Origin;
  readonly name: string;
  /** Globs of cluster names. */
  readonly match: readonly string[];
  readonly protected: boolean;
}

export interface TenantConfig {
  readonly at: Origin;
  readonly name: string;
  /** Globs of `namespace/name`. */
  readonly kustomizations: readonly string[];
  readonly namespaces: readonly string[];
}

/** A checkout that stands for a source. */
export interface RepositoryConfig {
  readonly at: Origin;
  readonly url: string;
  /** Absolute. */
  readonly directory: string;
  /** The directory as the configuration has it. */
  readonly written: string;
}

/** What exists in the clusters but not in git. */
export interface ExternalObject {
  readonly at: Origin;
  readonly kind: string;
  /** A glob; undefined: in whichever namespace, or in none. */
  readonly namespace: string | undefined;
  readonly name: string;
  /** The keys of its data; undefined where they are not known. */
  readonly keys: readonly string[] | undefined;
}

export interface RuleSetting {
  readonly at: Origin;
  readonly rule: string;
  readonly severity: Severity | 'off';
  /** As written: the rule's own schema checks them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Where the options are written; undefined where there are none. */
  readonly optionsAt: Node | undefined;
}

/** A file, or an installed package, whose settings come before those of the configuration that names it. */
export interface BaseConfig {
  readonly at: Origin;
  readonly name: string;
}

/** Holds where all of what it names does; what is undefined holds everywhere. */
export interface Override {
  /** Globs of paths. */
  readonly files: readonly string[] | undefined;
  /** Globs of names, as are the next two. */
  readonly clusters: readonly string[] | undefined;
  readonly environments: readonly string[] | undefined;
  readonly tenants: readonly string[] | undefined;
  readonly rules: readonly RuleSetting[];
}

export interface PluginConfig {
  readonly at: Origin;
  /** As written: a path relative to the configuration, or a package. */
  readonly module: string;
}

export interface ExpressionConfig {
  readonly at: Origin;
  readonly id: string;
  readonly severity: Severity;
  readonly match: ExpressionMatch;
  /** CEL over `object`. */
  readonly assert: string;
  readonly assertAt: Origin;
  readonly message: string;
}

/** Which objects an expression is about; what is undefined matches all. */
export interface ExpressionMatch {
  readonly group: string | undefined;
  readonly kind: string | undefined;
  /** A glob. */
  readonly namespace: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly environment: string | undefined;
}

/** A repository without `.flux-lint.yaml`. */
export const defaultConfig: Config = {
  path: undefined,
  file: undefined,
  root: false,
  clusters: [],
  environments: [],
  promotion: [],
  kubernetesVersion: undefined,
  tenants: [],
  repositories: [],
  external: [],
  schemas: [],
  terraform: { roots: [] },
  ignore: [],
  extends: 'recommended',
  bases: [],
  extended: [],
  rules: [],
  overrides: [],
  plugins: [],
  expressions: [],
};
