/** What the page is given, in a document of its own beside its script: it knows nothing else of the program. */

/** The shape that the page reads; what is not there is left out. */
export interface MapData {
  readonly version: 1;
  readonly tool: string;
  readonly root: string;
  readonly clusters: readonly ClusterData[];
  readonly shared: readonly SharedData[];
  readonly findings: readonly FindingData[];
  readonly notJudged: readonly string[];
}

export interface ClusterData {
  readonly name: string;
  readonly environment?: string;
  readonly isProtected: boolean;
  readonly directory: string;
  readonly kustomizations: readonly KustomizationData[];
}

export interface KustomizationData {
  readonly id: string;
  readonly at: string;
  readonly parent?: string;
  readonly dependsOn: readonly string[];
  readonly tenant?: string;
  readonly suspended?: true;
  readonly target?: string;
  readonly builds?: string;
  readonly why?: string;
  /** `LABEL\tPATH:LINE`, a star before what a generator makes. */
  readonly objects: readonly string[];
}

export interface SharedData {
  readonly type: 'base' | 'component' | 'chart' | 'source';
  readonly name: string;
  readonly environment?: string;
  /** Of each cluster, by its place in `clusters`: who takes it in. */
  readonly cells: readonly (readonly [cluster: number, by: readonly string[]])[];
}

export interface FindingData {
  readonly ruleId: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly hint?: string;
  readonly at: string;
  readonly url?: string;
  readonly clusters: readonly string[];
  readonly related: readonly string[];
  readonly fingerprint: string;
  /** The lines around it. */
  readonly frame: readonly string[];
}
