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
  const kustomizations = new Map<AppliedKustomization, KustomizationView>();
  const objects = new Map<AppliedObject, AppliedView>();

  const kustomization = (applied: AppliedKustomization): KustomizationView => {
    const known = kustomizations.get(applied);
    if (known) return known;
    const view = new KustomizationViewOf(applied, { object, parent: applied.parent && kustomization(applied.parent) });
    kustomizations.set(applied, view);
    return view;
  };

  const object = (applied: AppliedObject): AppliedView => {
    const known = objects.get(applied);
    if (known) return known;
    const view = new AppliedViewOf(applied, kustomization(applied.owner));
    objects.set(applied, view);
    return view;
  };

  return {
    object,
    kustomization,
    source: (applied) => new TypedViewOf(applied, kustomization(applied.owner), specs.source),
    helmRelease: (applied) => new TypedViewOf(applied, kustomization(applied.owner), specs.helmRelease),
  };
};

interface Traced {
  readonly root: MapNode;
  readonly original: ResourceId;
  readonly via: readonly Step[];
  readonly standsFor?: string | undefined;
}

/**
 * Classes, since views are as many as the objects of all clusters: functions of its own and a copied literal made each of
 * them six times as large. A function of a view is a getter, so that it can be taken out of it.
 */
class ViewOf<N extends string | undefined> implements ObjectView {
  readonly cluster: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: N;
  readonly root: MapNode;
  readonly original: ResourceId;
  readonly via: readonly Step[];
  readonly standsFor: string | undefined;

  constructor({ root, original, via, standsFor }: Traced, { cluster, namespace }: { readonly cluster: string; readonly namespace: N }) {
    this.cluster = cluster;
    this.apiVersion = stringAt(root, 'apiVersion') ?? '';
    this.kind = stringAt(root, 'kind') ?? '';
    this.name = shownText(root, 'name') ?? '';
    this.namespace = namespace;
    this.root = root;
    this.original = original;
    this.via = via;
    this.standsFor = standsFor;
  }

  get label() {
    const namespace = shownText(this.root, 'namespace');
    return `${this.kind}/${namespace === undefined ? this.name : `${namespace}/${this.name}`}`;
  }

  get origin() {
    return (pointer: string) => originOf(this, pointer);
  }

  get keyOrigin() {
    return (pointer: string) => keyOriginOf(this, pointer);
  }

  get node() {
    return (pointer: string) => at(this.root, pointer);
  }

  get state() {
    return (pointer: string) => fieldState(this.root, pointer);
  }
}

class AppliedViewOf extends ViewOf<string | undefined> implements AppliedView {
  readonly owner: KustomizationView;

  constructor(applied: AppliedObject, owner: KustomizationView) {
    super(applied, { cluster: applied.cluster, namespace: shownText(applied.root, 'namespace') });
    this.owner = owner;
  }
}

/** An applied object with the typed fields of its kind. */
class TypedViewOf<T> extends AppliedViewOf {
  readonly #shape: Shape<T>;
  #spec: T | undefined;

  constructor(applied: AppliedObject, owner: KustomizationView, shape: Shape<T>) {
    super(applied, owner);
    this.#shape = shape;
  }

  get id() {
    return `${this.namespace ?? ''}/${this.name}`;
  }

  get spec() {
    this.#spec ??= specOf(this.root, this.#shape);
    return this.#spec;
  }
}

interface KustomizationContext {
  readonly parent: KustomizationView | undefined;
  readonly object: Views['object'];
}

class KustomizationViewOf extends ViewOf<string> implements KustomizationView {
  readonly id: string;
  readonly isTerraform: boolean;
  readonly isWritten: boolean;
  readonly target: string;
  readonly content: Content;
  readonly parent: KustomizationView | undefined;
  readonly #applied: AppliedKustomization;
  readonly #object: Views['object'];
  #spec: KustomizationSpec | undefined;
  #objects: readonly AppliedView[] | undefined;

  constructor(applied: AppliedKustomization, { parent, object }: KustomizationContext) {
    const { namespace, name, cluster } = applied;
    super(applied.object ?? { root: applied.document, original: idOf(applied), via: [] }, { cluster, namespace });
    this.id = applied.isTerraform ? `Terraform ${name}` : `${namespace}/${name}`;
    this.isTerraform = applied.isTerraform ?? false;
    this.isWritten = applied.object !== undefined;
    this.target = applied.target;
    this.content = applied.content;
    this.parent = parent;
    this.#applied = applied;
    this.#object = object;
  }

  get spec() {
    this.#spec ??= specOf(this.root, specs.kustomization);
    return this.#spec;
  }

  get generated() {
    return this.#applied.generated.map(this.#object);
  }

  get objects() {
    this.#objects ??= this.#applied.objects.map(this.#object);
    return this.#objects;
  }
}

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
