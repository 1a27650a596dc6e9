import type { SchemaError } from '../../kube/schema/schema-error.ts';
import type { Refusal } from '../../kube/validation/field/refusal.ts';
import { refusalsOf } from '../../kube/validation/validate.ts';
import type { MapNode } from '../../yaml/node.ts';
import { isPartOfAnother, mayComeWithTheCluster } from './partial.ts';

/** What the API server's validation says of an object that Flux applies. */
export interface Refused extends Refusal {
  /** What is missing, whoever else owns the object may have brought: another program made it first. */
  readonly mayBeOwnedByOthers: boolean;
}

/** What the API server's validation will refuse, but for what the schema of the kind has said already. */
export const refusals = (root: MapNode, told: readonly SchemaError[]): readonly Refused[] => {
  const found = refusalsOf(root);
  if (found.length === 0) return [];
  const isPartial = isPartOfAnother(root);
  return found
    .filter((refusal) => !(isPartial && refusal.type === 'missing') && !isTold(refusal, told))
    .map((refusal) => ({ ...refusal, mayBeOwnedByOthers: refusal.type === 'missing' && mayComeWithTheCluster(root, refusal.pointer) }));
};

/** Whether the schema has said the same: of that field, of one that it lies in, or that its name is misspelt. */
const isTold = ({ type, pointer }: Refusal, told: readonly SchemaError[]): boolean =>
  told.some((error) => {
    if (pointer === error.pointer || pointer.startsWith(`${error.pointer}/`)) return true;
    if (type !== 'missing' || error.type !== 'unknown-field') return false;
    const parent = error.pointer.slice(0, error.pointer.lastIndexOf('/'));
    return error.belongs === pointer || (error.nearest !== undefined && `${parent}/${error.nearest}` === pointer);
  });
