import { pointerKeys } from '../../yaml/node.ts';
import type { Minor } from './minor.ts';

/** What the API server (or kustomize) will not take in an object. */
export interface SchemaError {
  readonly type: 'unknown-field' | 'invalid-value' | 'missing-field';
  /** RFC 6901, from the object's root. A missing field is named where it should stand. */
  readonly pointer: string;
  /** A sentence that names the field and what is allowed there. */
  readonly message: string;
  /** What was probably meant: a known field of that place, or an allowed value. */
  readonly nearest?: string | undefined;
  /** An unknown field's only right place, if it has one: the pointer of the field there. */
  readonly belongs?: string | undefined;
  /** The value is none of those that the field can have; a later version may know more. */
  readonly isChoice?: boolean | undefined;
  /** The field or value exists, but only since this minor. */
  readonly since?: Minor | undefined;
  /** The field existed before this minor. */
  readonly until?: Minor | undefined;
}

export type Keys = readonly (string | number)[];

/** The field at an RFC 6901 pointer, as people write it. */
export const fieldName = (pointer: string): string => fieldPath(pointerKeys(pointer).map((key) => (/^\d+$/.test(key) ? Number(key) : key)));

/** `spec.dependsOn[0].name`, as people write a field. */
export const fieldPath = (keys: Keys): string => {
  let path = '';
  for (const key of keys) {
    if (typeof key === 'number') path += `[${key}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(key)) path += path === '' ? key : `.${key}`;
    else path += `["${key}"]`;
  }
  return path;
};
