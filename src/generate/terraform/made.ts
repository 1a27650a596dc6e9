/** What the resources of a root module make that Flux knows of. */
import type { Origin } from '../../model/origin.ts';
import type { MapNode } from '../../yaml/node.ts';
import type { GeneratedFile, GeneratedObject } from '../generated.ts';

export interface TerraformObject extends GeneratedObject {
  /** Of the resource: `module.tenant["billing"].kubectl_manifest.sync`. */
  readonly address: string;
  readonly type: string;
  /** The line that declares the resource. */
  readonly resource: Origin;
  /** Somebody else may go on with it: it is only ever created, or Terraform ignores what becomes of it. */
  readonly isHandedOver: boolean;
}

/** What a bootstrap makes, Flux goes on with: the sync, and the instance. */
export const isBegunOnly = ({ type }: TerraformObject): boolean =>
  type === 'flux_bootstrap_git' || type === 'module' || type === 'helm_release';

export interface Bootstrap {
  readonly address: string;
  readonly resource: Origin;
  /** As the sync's `spec.path`; undefined where it is unknown. */
  readonly path: string | undefined;
  /** Where the path is written, else the resource. */
  readonly pathAt: Origin;
  readonly namespace: string;
  readonly url: string | undefined;
  readonly branch: string | undefined;
  /** As made, with the override's patches; undefined where the override takes it out. */
  readonly kustomization: MapNode | undefined;
  readonly source: MapNode | undefined;
  readonly override: Override | undefined;
}

/** `kustomization_override`: what lies beside the two files, instead of what the provider would write. */
export interface Override {
  readonly at: Origin;
  readonly text: string;
  /** Which of the two files its resources lack. */
  readonly missing: readonly string[];
}

export interface Made {
  readonly objects: readonly TerraformObject[];
  readonly files: readonly GeneratedFile[];
  readonly bootstraps: readonly Bootstrap[];
}
