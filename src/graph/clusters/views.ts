/** What rules hold in their hands: an object with its typed fields and the origin of each. */

import type { AppliedKustomization, AppliedObject, Content } from '../../flux/evaluation.ts';
import { type HelmReleaseSpec, type KustomizationSpec, type SourceSpec, specs } from '../../flux/specs.ts';
import { type FieldState, fieldState } from '../../kube/object-view.ts';
import type { Shape } from '../../kube/view.ts';
import type { ResourceId } from '../../kustomize/build.ts';
import { keyOriginOf, originOf } from '../../kustomize/resource/origin.ts';
import type { Origin, Step } from '../../model/origin.ts';
import { mapNode } from '../../yaml/edit.ts';
import { at, child, isNull, type MapNode, type Node, stringAt } from '../../yaml/node.ts';

/** An effective object in one cluster. */
export interface ObjectView {
  /** The cluster it is in. */
  readonly cluster: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** `Kind/namespace/name`. */
  readonly label: string;
  readonly root: MapNode;
  /** As written in the file that defines it. */
  readonly original: ResourceId;
  readonly via: readonly Step[];
  /** It stands for any number of objects, in words: `every pull request of app-prs`. */
  readonly standsFor: string | undefined;
  /** Who wrote the field at an RFC 6901 pointer; for a missing one, the nearest parent in the file that defines the object. */
  readonly origin: (pointer: string) => Origin;
  /** The same of the field's key: the line that starts it, where its value is long or wrong to stand there at all. */
  readonly keyOrigin: (pointer: string) => Origin;
  readonly node: (pointer: string) => Node | undefined;
  readonly state: (pointer: string) => FieldState;
}

/** An object that a Kustomization applies. */
export interface AppliedView extends ObjectView {
  readonly owner: KustomizationView;
}

export interface KustomizationView extends ObjectView {
  /** `namespace/name`. */
  readonly id: string;
  readonly namespace: string;
  readonly spec: KustomizationSpec;
  /** False for a cluster's root that Flux's tools make and nobody commits. */
  readonly isWritten: boolean;
  /** The cluster its objects go to. */
  readonly target: string;
  readonly parent: KustomizationView | undefined;
  readonly content: Content;
  readonly objects: readonly AppliedView[];
  /** What the ResourceSets among its objects make. */
  readonly generated: readonly AppliedView[];
  /** A root module of Terraform, which applies objects by itself. */
  readonly isTerraform: boolean;
}

export interface SourceView extends AppliedView {
  /** `namespace/name`. */
  readonly id: string;
  readonly spec: SourceSpec;
}

export interface HelmReleaseView extends AppliedView {
  /** `namespace/name`. */
  readonly id: string;
  readonly spec: HelmReleaseSpec;
}

export interface Views {
  readonly object: (object: AppliedObject) => AppliedView;
  readonly kustomization: (kustomization: AppliedKustomization) => KustomizationView;
  readonly source: (object: AppliedObject) => SourceView;
  readonly helmRelease: (object: AppliedObject) => HelmReleaseView;
}

/** Views are made when they are asked for; a Kustomization's and an applied object's always the same one. */
export const createViews = (): Views => {
  const kustomizations = new WeakMap<AppliedKustomization, KustomizationView>();
  const objects = new WeakMap<AppliedObject, AppliedView>();

  const kustomization = (applied: AppliedKustomization): KustomizationView => {
    const known = kustomizations.get(applied);
    if (known) return known;
    const self = applied.object ?? { root: applied.document, original: idOf(applied), via: [] };
    let spec: KustomizationSpec | undefined;
    let owned: readonly AppliedView[] | undefined;
    const view: KustomizationView = {
      ...baseView(self, applied.cluster),
      id: applied.isTerraform ? `Terraform ${applied.name}` : `${applied.namespace}/${applied.name}`,
      isTerraform: applied.isTerraform ?? false,
      namespace: applied.namespace,
      get spec() {
        spec ??= specOf(self.root, specs.kustomization);
        return spec;
      },
      isWritten: applied.object !== undefined,
      target: applied.target,
      content: applied.content,
      parent: applied.parent && kustomization(applied.parent),
      get generated() {
        return applied.generated.map(object);
      },
      get objects() {
        owned ??= applied.objects.map(object);
        return owned;
      },
    };
    kustomizations.set(applied, view);
    return view;
  };

  const object = (applied: AppliedObject): AppliedView => {
    const known = objects.get(applied);
    if (known) return known;
    const view: AppliedView = { ...baseView(applied, applied.cluster), owner: kustomization(applied.owner) };
    objects.set(applied, view);
    return view;
  };

  /** An applied object with the typed fields of its kind. */
  const typed = <T>(applied: AppliedObject, shape: Shape<T>) => {
    const base = baseView(applied, applied.cluster);
    let spec: T | undefined;
    return {
      ...base,
      id: `${base.namespace ?? ''}/${base.name}`,
      owner: kustomization(applied.owner),
      get spec() {
        spec ??= specOf(applied.root, shape);
        return spec;
      },
    };
  };

  return {
    object,
    kustomization,
    source: (applied) => typed(applied, specs.source),
    helmRelease: (applied) => typed(applied, specs.helmRelease),
  };
};

interface Traced {
  readonly root: MapNode;
  readonly original: ResourceId;
  readonly via: readonly Step[];
  readonly standsFor?: string | undefined;
}

const baseView = (traced: Traced, cluster: string): ObjectView => {
  const { root, original, via, standsFor } = traced;
  const kind = stringAt(root, 'kind') ?? '';
  const name = shownText(root, 'name') ?? '';
  const namespace = shownText(root, 'namespace');
  return {
    cluster,
    apiVersion: stringAt(root, 'apiVersion') ?? '',
    kind,
    name,
    namespace,
    label: `${kind}/${namespace === undefined ? name : `${namespace}/${name}`}`,
    root,
    original,
    via,
    standsFor,
    origin: (pointer) => originOf(traced, pointer),
    keyOrigin: (pointer) => keyOriginOf(traced, pointer),
    node: (pointer) => at(root, pointer),
    state: (pointer) => fieldState(root, pointer),
  };
};

/** What is known of it: `preview-(unknown)`. */
const shownText = (root: MapNode, field: 'name' | 'namespace'): string | undefined => {
  const node = child(root, 'metadata', field);
  return node?.type === 'unknown' ? (node.text ?? '(unknown)') : stringAt(node);
};

/** The typed fields of `spec`; an object without one has none of them. */
const specOf = <T>(root: MapNode, shape: Shape<T>): T => {
  const spec = child(root, 'spec');
  return shape(spec === undefined || isNull(spec) ? mapNode([], root) : spec);
};

const idOf = ({ namespace, name }: AppliedKustomization): ResourceId => ({
  group: 'kustomize.toolkit.fluxcd.io',
  version: 'v1',
  kind: 'Kustomization',
  namespace,
  name,
});
