import type { Node } from '../../yaml/node.ts';
import type { MergeList, MergeSchema, MergeSchemas } from '../file/merge-schema.ts';
import type { Failure } from '../resource/failure.ts';
import type { Overwrite } from '../resource/linked-scalars.ts';

/** What is at a place of the tree after the merge: undefined where the field is gone. */
export type Merged = Node | undefined | Failure;

/** What the walk knows of the place it is at. */
export interface MergePlace {
  readonly schema: MergeSchema | undefined;
  /** Set where the place is a list that the schema merges by key. */
  readonly list: MergeList | undefined;
  readonly schemas: MergeSchemas;
  /** Merges what is below this place: the walk itself. */
  readonly merge: MergeNodes;
  /** Grows by the scalars of the target that other fields are linked to. */
  readonly overwrites: Overwrite[];
}

/** Merges what is at one place; either side may be missing. */
export type MergeNodes = (target: Node | undefined, patch: Node | undefined, place: MergePlace) => Merged;
