import type { ObjectView } from '../graph/clusters/views.ts';
import type { ResourceId } from '../kustomize/build.ts';
import type { Problem } from '../model/problem.ts';
import type { Rule } from './define-rule.ts';

/** Where something was found, as far as that is known. */
export interface Place {
  readonly cluster: string | undefined;
  readonly environment: string | undefined;
  readonly tenant: string | undefined;
}

/** A problem that a rule or a step found, on its way to becoming a finding. */
export interface Hit {
  readonly rule: Rule;
  readonly problem: Problem;
  /** The cluster it was found in; undefined where it was found in a file. */
  readonly cluster: string | undefined;
  readonly object: HitObject | undefined;
  /** It is of a build that no cluster here applies. */
  readonly isUnreached?: true | undefined;
  /** The Kustomization that Flux does not apply because of it. */
  readonly stops?: { readonly cluster: string; readonly id: string } | undefined;
  /** The files and places in which the options hold that it was found with; undefined: in all. */
  readonly isFor?: ((path: string, place: Place) => boolean) | undefined;
  /** Whose Kustomization it is, or whose Kustomization applies the object. */
  readonly tenant?: string | undefined;
}

export interface HitObject {
  readonly original: ResourceId;
  readonly apiVersion: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** It stands for any number of objects, in words. */
  readonly standsFor: string | undefined;
}

export const hitObject = (view: ObjectView): HitObject => ({
  original: view.original,
  apiVersion: view.apiVersion,
  namespace: view.namespace,
  name: view.name,
  standsFor: view.standsFor,
});
