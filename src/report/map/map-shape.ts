/** What the page is given, as JSON beside its script: it knows nothing else of the program. What is not there is left out. */

export interface MapData {
  readonly version: 1;
  readonly tool: string;
  readonly root: string;
  readonly clusters: readonly ClusterData[];
  readonly shared: readonly SharedData[];
  readonly findings: readonly FindingData[];
  readonly notJudged: readonly string[];
  /** Where files can be read: an address with `{path}` and `{line}`. */
  readonly link?: string;
  /** What the objects are, as far as there is room. */
  readonly values?: ValuesData;
  /** What two revisions differ in, where it is the map of a change. */
  readonly change?: ChangeData;
}

/**
 * Objects as `build` prints them, each line with who wrote it. Tables, since clusters have most of it in common: what is
 * equal stands here once, and numbers are small where they are the distance from the one before.
 */
export interface ValuesData {
  readonly lines: readonly string[];
  /** A path; with where it is, if that is another checkout or revision. */
  readonly files: readonly (string | readonly [path: string, where: string])[];
  /** Who carried or changed something: what it did, the file, the line, the field. */
  readonly steps: readonly StepData[];
  /** A file, and the steps from there. */
  readonly sources: readonly (readonly [file: number, ...steps: number[]])[];
  readonly objects: readonly EncodedObject[];
  /** How many have no place here. */
  readonly left: number;
}

export type StepData = readonly [words: string, file: number, line: number, field?: string];

/**
 * Of each line: how far its text is behind that of the line before in `lines`, and how far its place is behind that of the
 * line before, or the source with the line in its file, where that is another one.
 */
export type EncodedObject = readonly [lines: readonly number[], places: readonly (number | readonly [source: number, line: number])[]];

export interface ChangeData {
  readonly base: string;
  readonly head: string;
  readonly verdict: string;
  /** Paths, each behind what happened to it. */
  readonly files: readonly string[];
  readonly clusters: readonly ClusterChangeData[];
  /** What could not be compared, and why. */
  readonly unknown: readonly string[];
  /** Lines that begin with `-`, `+` or a blank; `…` stands for those in between. */
  readonly diffs: readonly string[];
  /** How many have no place here. */
  readonly left: number;
}

export interface ClusterChangeData {
  readonly name: string;
  readonly objects: readonly ObjectChangeData[];
}

export interface ObjectChangeData {
  readonly what: 'deleted' | 'removed' | 'moved' | 'changed' | 'added';
  readonly name: string;
  readonly kustomization: string;
  readonly remark: string;
  /** Pointers of what is another value. */
  readonly fields: readonly string[];
  /** The changed files behind it. */
  readonly files: readonly string[];
  /** Another owner, another namespace or name: what it was and what it is. */
  readonly move?: readonly [from: string, to: string];
  /** What it was and what it is, by its place in `diffs`; absent where there is no room for it, or nothing to see. */
  readonly diff?: number;
  /** As the page calls it, where the cluster has it after the change. */
  readonly label?: string;
}

export interface ClusterData {
  readonly name: string;
  readonly environment?: string;
  readonly isProtected: boolean;
  readonly directory: string;
  readonly kustomizations: readonly KustomizationData[];
  /** The change takes it away. */
  readonly gone?: true;
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
  /** `LABEL\tPATH:LINE\tVALUES`, a star before what a generator makes. VALUES: its place in `values.objects`, empty where it has none. */
  readonly objects: readonly string[];
}

export interface SharedData {
  readonly type: 'base' | 'component' | 'chart' | 'source';
  readonly name: string;
  readonly environment?: string;
  /** Of each cluster, by its place in `clusters`: who takes it in, and whether the change brings or takes it. */
  readonly cells: readonly CellData[];
}

export type CellData = readonly [cluster: number, by: readonly string[], change?: 'new' | 'gone'];

export interface FindingData {
  readonly ruleId: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly hint?: string;
  readonly at: string;
  readonly url?: string;
  readonly clusters: readonly string[];
  readonly related: readonly (readonly [message: string, at: string])[];
  readonly fingerprint: string;
  /** The lines around it; none of what is in another repository or revision. */
  readonly frame: readonly string[];
  readonly fix?: FixData;
}

export interface FixData {
  readonly description: string;
  readonly safety: 'safe' | 'unsafe';
  /** What it makes of the files; absent where it touches what is secret, would change more than it should, or has no room. */
  readonly diff?: string;
  /** Stars stand in it for what is secret beside the fix: no file has them. */
  readonly isMasked?: true;
  /** The command that makes it. */
  readonly howTo: string;
}
