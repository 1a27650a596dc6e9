import type { ObjectView } from '../../graph/clusters/views.ts';
import type { Graph } from '../../graph/graph.ts';
import type { ApiVerdict } from '../../graph/schemas/api-verdict.ts';
import { validateKubernetes } from '../../kube/schema/kubernetes/validate-kubernetes.ts';
import { validateObject } from '../../kube/schema/schemas.ts';
import { apiVersionOf, type LostField } from '../../kube/schema/served-versions.ts';
import type { Fix } from '../../model/problem.ts';
import { scalarNode, withEntry, withoutEntry } from '../../yaml/edit.ts';
import { child, entryOf, isMap, isScalar, type MapNode, type Node } from '../../yaml/node.ts';

type Outdated = Extract<ApiVerdict, { readonly type: 'deprecated' | 'removed' }>;

/**
 * A fix that moves an object to the version that its cluster serves: the apiVersion, and the fields that have other names
 * there.
 *
 * @returns undefined where a person has to decide: a cluster that reads the file may not serve that version, a patch had a
 * hand in the object, or a field has no successor
 */
export const upgradeFix = (object: ObjectView, { kind, written: version, newest }: Outdated, graph: Graph): Fix | undefined => {
  const written = object.node('/apiVersion');
  // What older versions of Kubernetes hold is known only as far as it has a place in the newest.
  if (kind.product === 'Kubernetes' && (!version.isWithinNewest || newest !== kind.versions[0] || meansOtherwise(object))) return undefined;
  // kustomize finds the object of a patch by its version, too: the patch would have to change with it.
  if (!newest || !isScalar(written) || written.via.length > 0 || holdsPatched(object.root)) return undefined;
  const apiVersion = apiVersionOf(kind, newest);
  let moved: Moved = { root: withEntry(object.root, 'apiVersion', scalarNode(apiVersion, written)), edits: [] };
  for (const field of kind.lost) {
    const next = moveFields(moved, field);
    if (!next) return undefined;
    moved = next;
  }
  const errorsOf = (root: MapNode) =>
    kind.product === 'Kubernetes'
      ? validateKubernetes(root, graph.clusters.kubernetesMinor(object.cluster))
      : validateObject(root, graph.clusters.fluxMinor(object.cluster));
  const before = new Set(errorsOf(object.root).map(({ pointer }) => pointer));
  if (errorsOf(moved.root).some(({ pointer }) => !before.has(pointer))) return undefined;
  const readers = graph.reach.readers(written.span.path);
  const isServedWhereRead = readers.length > 0 && readers.every(({ target }) => graph.schemas.serves(target, kind, newest) === true);
  if (!isServedWhereRead) return undefined;
  return {
    description: `write apiVersion: ${apiVersion}`,
    safety: 'safe',
    edits: [{ span: written.span, text: apiVersion }, ...moved.edits],
  };
};

/** policy/v1 of PodDisruptionBudget takes an empty selector for all pods of the namespace, v1beta1 took it for none. */
const meansOtherwise = ({ kind, root }: ObjectView): boolean => {
  const selector = child(root, 'spec', 'selector');
  return kind === 'PodDisruptionBudget' && !(isMap(selector) && selector.entries.length > 0);
};

interface Moved {
  readonly root: MapNode;
  readonly edits: Fix['edits'];
}

const moveFields = ({ root, edits }: Moved, field: LostField): Moved | undefined => {
  const changed = change(root, field.path, field);
  return changed && { root: isMap(changed.node) ? changed.node : root, edits: [...edits, ...changed.edits] };
};

interface Changed {
  readonly node: Node;
  readonly edits: Fix['edits'];
}

const change = (node: Node, path: readonly string[], field: LostField): Changed | undefined => {
  const [key, ...rest] = path;
  if (key === '*') {
    if (node.type !== 'list') return { node, edits: [] };
    const items = node.items.map((item) => change(item, rest, field));
    if (!items.every((item) => item !== undefined)) return undefined;
    return { node: { ...node, items: items.map((item) => item.node) }, edits: items.flatMap((item) => item.edits) };
  }
  const entry = key === undefined || !isMap(node) ? undefined : entryOf(node, key);
  if (!entry || !isMap(node) || key === undefined) return { node, edits: [] };
  if (rest.length === 0) return replaced(node, key, field);
  const changed = change(entry.value, rest, field);
  return changed && { node: withEntry(node, key, changed.node), edits: changed.edits };
};

const replaced = (map: MapNode, key: string, field: LostField): Changed | undefined => {
  const entry = entryOf(map, key);
  if (!entry || entry.value.via.length > 0) return undefined;
  const { span } = entry.value;
  switch (field.type) {
    case 'dropped':
      return { node: withoutEntry(map, key), edits: [{ map, entry }] };
    case 'listed': {
      if (entryOf(map, field.by) || !isScalar(entry.value)) return undefined;
      const list: Node = { type: 'list', items: [entry.value], span, via: [] };
      const brackets = [
        { span: { ...span, end: span.start }, text: '[' },
        { span: { ...span, start: span.end }, text: ']' },
      ];
      return {
        node: withEntry(withoutEntry(map, key), field.by, list),
        edits: [{ span: entry.key.span, text: field.by }, ...brackets],
      };
    }
    case 'merged':
      return undefined;
    default:
      return field satisfies never;
  }
};

const holdsPatched = (node: Node): boolean => {
  if (node.via.some(({ type }) => type === 'patch')) return true;
  if (node.type === 'map') return node.entries.some(({ value }) => holdsPatched(value));
  return node.type === 'list' && node.items.some(holdsPatched);
};
