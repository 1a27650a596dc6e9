/** `why OBJECT`: where an object of each cluster comes from, and of one field the value that is in force and who made it so. */
import type { Step, StepType } from '../model/origin.ts';
import type { Span } from '../model/span.ts';
import { nearest } from '../model/spelling.ts';
import { type MapNode, type Node, toPointer } from '../yaml/node.ts';
import type { AppliedView } from './clusters/views.ts';
import type { Graph } from './graph.ts';

/** One place that wrote, carried or changed something, in the order in which it happened. */
export interface Layer {
  readonly type: 'written' | StepType;
  readonly at: Span;
  /** The word of the kustomization that asked for it, such as `namespace`. */
  readonly field: string | undefined;
  /** The fields it changed; none where it carried the object, or where one field was asked for. */
  readonly changed: readonly string[];
  /** What the field was there, where it was something else before. */
  readonly value: Node | undefined;
}

export interface WhyField {
  readonly pointer: string;
  readonly state: 'present' | 'absent' | 'unknown';
  readonly value: Node | undefined;
}

/** An object in one cluster. */
export interface ObjectAnswer {
  readonly cluster: string;
  readonly environment: string | undefined;
  readonly object: AppliedView;
  /** The Kustomization that applies it, `namespace/name`. */
  readonly kustomization: string;
  readonly layers: readonly Layer[];
  /** Undefined: the object was asked for, not a field. */
  readonly field: WhyField | undefined;
}

export interface ObjectQuestion {
  /** `HelmRelease/shop/shop`, `shop/shop`, `ClusterRole/admin`. */
  readonly name: string;
  /** RFC 6901. */
  readonly pointer: string | undefined;
  /** The document that a span's file has at its start, before any build. */
  readonly documentAt: (span: Span) => Node | undefined;
}

/** Every object of that name, cluster by cluster; empty where there is none. */
export const whyObject = (graph: Graph, question: ObjectQuestion): readonly ObjectAnswer[] => {
  const answers = answersOf(graph, question);
  // Of several kinds that share a name, those that have the field are meant.
  const having = answers.filter(({ field }) => field?.state !== 'absent');
  return having.length > 0 ? having : answers;
};

const answersOf = (graph: Graph, { name, pointer, documentAt }: ObjectQuestion): readonly ObjectAnswer[] =>
  graph.clusters.all.flatMap((cluster) =>
    cluster.objects.filter(isNamed(name)).map((object): ObjectAnswer => {
      const state = pointer === undefined ? undefined : object.state(pointer);
      return {
        cluster: cluster.name,
        environment: cluster.environment?.environment,
        object,
        kustomization: object.owner.id,
        layers: pointer === undefined ? layersOf(object) : fieldLayers(object, pointer, documentAt),
        field: pointer === undefined || state === undefined ? undefined : { pointer, state, value: object.node(pointer) },
      };
    }),
  );

/** What may have been meant by a name that no object has. */
export const meantObject = (graph: Graph, name: string): string | undefined => {
  const labels = graph.clusters.all.flatMap(({ objects }) => objects.map(({ label }) => label));
  const hasKind = /^[A-Z]/.test(name) && name.split('/').length > 1;
  return nearest(name, new Set(hasKind ? labels : labels.map(withoutKind)));
};

const withoutKind = (label: string): string => label.slice(label.indexOf('/') + 1);

const isNamed = (wanted: string) => {
  const [first = '', ...rest] = wanted.split('/');
  const kind = first.toLowerCase();
  return ({ kind: own, namespace, name, label }: AppliedView): boolean =>
    label.toLowerCase() === wanted.toLowerCase() ||
    (namespace !== undefined && `${namespace}/${name}` === wanted) ||
    (rest.length === 1 && own.toLowerCase() === kind && rest[0] === name);
};

const layerOf = ({ type, at, field }: Step, changed: readonly string[] = []): Layer => ({ type, at, field, changed, value: undefined });

const written = (at: Span, value?: Node): Layer => ({ type: 'written', at, field: undefined, changed: [], value });

/** Where it is written, what carried it, and every step that changed a field of it. */
const layersOf = ({ root, via }: AppliedView): readonly Layer[] => {
  const changes = changesBelow(root, '');
  const carriers = new Set(via.map(keyOf));
  return [
    written(root.span),
    ...via.map((step) => layerOf(step, changes.get(keyOf(step))?.pointers)),
    ...[...changes].filter(([key]) => !carriers.has(key)).map(([, { step, pointers }]) => layerOf(step, pointers)),
  ];
};

/** The steps that changed something within a value, and what; that which was put in as a whole is told by its top. */
const changesBelow = (top: Node, pointer: string) => {
  const changes = new Map<string, { readonly step: Step; readonly pointers: string[] }>();
  const visit = (node: Node, here: string): void => {
    for (const step of node.via) {
      const key = keyOf(step);
      const known = changes.get(key) ?? { step, pointers: [] };
      changes.set(key, known);
      if (!known.pointers.some((above) => here.startsWith(`${above}/`))) known.pointers.push(here);
    }
    for (const [key, value] of childrenOf(node)) visit(value, `${here}${toPointer([key])}`);
  };
  for (const [key, value] of childrenOf(top)) visit(value, `${pointer}${toPointer([key])}`);
  return changes;
};

const childrenOf = (node: Node): readonly (readonly [string | number, Node])[] => {
  switch (node.type) {
    case 'map':
      return node.entries.map(({ key, value }) => [key.text, value] as const);
    case 'list':
      return node.items.map((item, index) => [index, item] as const);
    case 'scalar':
    case 'unknown':
      return [];
    default:
      return node satisfies never;
  }
};

const keyOf = ({ type, at, field }: Step): string => `${type} ${at.path} ${at.start} ${field ?? ''}`;

/** What stood in the file that defines the object, where another file's value is in force; then who wrote that, and how it came. */
const fieldLayers = (object: AppliedView, pointer: string, documentAt: ObjectQuestion['documentAt']): readonly Layer[] => {
  const { span, via } = object.origin(pointer);
  const former = formerValue(object.root, pointer, documentAt);
  const isReplaced = former !== undefined && (former.span.path !== span.path || former.span.start !== span.start);
  const node = object.node(pointer);
  const steps = new Set(via.map(keyOf));
  const within = node === undefined ? [] : [...changesBelow(node, pointer)].filter(([key]) => !steps.has(key));
  return [
    ...(isReplaced ? [written(former.span, former)] : []),
    ...(node === undefined ? [] : [written(span, isReplaced ? node : undefined)]),
    ...via.map((step) => layerOf(step)),
    ...within.map(([, { step, pointers }]) => layerOf(step, pointers)),
  ];
};

const formerValue = (root: MapNode, pointer: string, documentAt: ObjectQuestion['documentAt']): Node | undefined => {
  let here = documentAt(root.span);
  for (const key of pointer.slice(1).split('/')) {
    const found = here === undefined ? undefined : childrenOf(here).find(([name]) => toPointer([name]) === `/${key}`)?.[1];
    if (found === undefined) return undefined;
    here = found;
  }
  return here;
};
