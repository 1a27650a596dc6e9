import type { Origin, Step } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { mapSame, scalarNode, withEntry } from '../../yaml/edit.ts';
import { child, isNull, isScalar, type MapNode, type Node } from '../../yaml/node.ts';
import { pathParts, setAt } from '../field/field-spec.ts';
import { rewritten } from '../field/field-update.ts';
import type { NameReference } from '../field/name-reference-specs.ts';
import { type Failure, failure } from '../resource/failure.ts';
import { currentId, type Resource } from '../resource/resource.ts';
import { idText } from '../resource/resource-id.ts';
import { failedTransformation, type Transformed } from '../resource/transformation.ts';
import { type HeldReferences, type ReferenceField, referenceReader } from './held-references.ts';
import { type NameTable, nameTable } from './name-table.ts';
import { type Referrer, referrerOf, selectReferral } from './referral.ts';

/**
 * Names that objects were given since they were written are carried into the fields of others that name them
 * (kustomize: `nameReferenceTransformer`), once, at the end of the root's build. A mended name has the origin of the new
 * name; the step says where the reference was written. Reported: references that could mean several objects, and fields
 * that are something else than a reference.
 *
 * @param names of all objects of the build, where only some of them are mended
 * @param table what can hold a reference; the same array for the same wish, since what objects hold is remembered for it
 */
export const fixNameReferences = (
  resources: readonly Resource[],
  table: readonly NameReference[],
  names: NameTable = nameTable(resources),
): Transformed => {
  const heldBy = referenceReader(table);
  const problems: StepProblem[] = [];
  const fixed = mapSame(resources, (resource) => {
    const held = heldBy(resource);
    if (!held.isInvalid && !holdsAny(held.names, names.renamed) && !holdsAny(held.mappedNames, names.byPreviousName)) return resource;
    const result = withFixedReferences(resource, held, names);
    if (result.type === 'fixed') return result.root === resource.root ? resource : { ...resource, root: result.root };
    if (problems.length === 0) problems.push(failedTransformation(result.at, result.message));
    return resource;
  });
  return { resources: fixed, problems };
};

const holdsAny = (held: ReadonlySet<string>, names: ReadonlySet<string> | ReadonlyMap<string, unknown>): boolean => {
  if (names.size === 0) return false;
  for (const name of held) if (names.has(name)) return true;
  return false;
};

type Fixed =
  | { readonly type: 'fixed'; readonly root: MapNode }
  | { readonly type: 'failed'; readonly at: Origin; readonly message: string };

const withFixedReferences = (resource: Resource, held: HeldReferences, names: NameTable): Fixed => {
  if (held.fields.length === 0) return { type: 'fixed', root: resource.root };
  const referrer = referrerOf(resource, names);
  if (referrer.type === 'failure')
    return { type: 'failed', at: child(resource.root, 'subjects') ?? resource.root, message: referrer.message };
  let { root } = resource;
  for (const field of held.fields) {
    let at: Origin = resource.root;
    const set = (node: Node): Node | Failure => {
      const fixed = fixedField(node, field, referrer);
      if (fixed.type === 'failure') at = node;
      return fixed;
    };
    const changed = setAt(root, pathParts(field.spec), { set, origin: root });
    if (changed.type === 'map') root = changed;
    if (changed.type !== 'failure') continue;
    const { path } = field.spec;
    const id = idText(referrer.id);
    const message = `updating name reference in '${path}' field of '${id}': considering field '${path}' of object ${id}: ${changed.message}`;
    return { type: 'failed', at, message };
  }
  return { type: 'fixed', root };
};

const fixedField = (node: Node, field: ReferenceField, referrer: Referrer): Node | Failure => {
  if (node.type !== 'list') return fixedReference(node, field, referrer);
  const items: Node[] = [];
  for (const item of node.items) {
    const fixed = fixedReference(item, field, referrer);
    if (fixed.type === 'failure') return fixed;
    items.push(fixed);
  }
  return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
};

const fixedReference = (node: Node, field: ReferenceField, referrer: Referrer): Node | Failure => {
  if (isNull(node)) return node;
  switch (node.type) {
    case 'scalar': {
      const referral = selectReferral(referrer, { field, name: node.text });
      return !referral || 'type' in referral ? (referral ?? node) : renamed(node, child(referral.root, 'metadata', 'name'));
    }
    case 'map':
      return fixedMap(node, field, referrer);
    case 'list':
      return failure('a list is expected to be either a string or a map of string');
    case 'unknown':
      return node;
    default:
      return node satisfies never;
  }
};

const fixedMap = (map: MapNode, field: ReferenceField, referrer: Referrer): Node | Failure => {
  const name = child(map, 'name');
  if (!isScalar(name)) return failure("path config error; no 'name' field in node");
  const referral = selectReferral(referrer, { field, name: name.text, map });
  if (!referral) return map;
  if ('type' in referral) return referral;
  const named = withEntry(map, 'name', renamed(name, child(referral.root, 'metadata', 'name')));
  const namespace = child(referral.root, 'metadata', 'namespace');
  if (currentId(referral).namespace === '' || !namespace) return named;
  const written = child(map, 'namespace');
  return withEntry(named, 'namespace', written ? renamed(written, namespace) : mended(namespace, map));
};

/** The new text where it differs from what is written. */
const renamed = (written: Node, to: Node | undefined): Node =>
  !to || (isScalar(written) && isScalar(to) && written.text === to.text) ? written : mended(to, written);

const mended = (to: Node, reference: Node): Node => {
  const via: readonly Step[] = [...to.via, { type: 'transformer', at: reference.span, field: 'nameReference' }];
  const origin = { span: to.span, via };
  if (!isScalar(to)) return to;
  return isScalar(reference) ? rewritten(reference, to.text, origin) : scalarNode(to.text, origin);
};
