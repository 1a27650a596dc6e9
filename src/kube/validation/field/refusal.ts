/** What the API server's validation says of a field (k8s.io/apimachinery: pkg/util/validation/field, errors.go), in words of ours. */
import type { KubernetesMinor } from '../../schema/minor.ts';
import { isEmpty, isPresent, type Place, pathOf, pointerOf, text } from './place.ts';

export interface Refusal {
  /** `missing`: another owner of the object could bring what it lacks. */
  readonly type: 'missing' | 'invalid';
  /** RFC 6901, from the object's root. A missing field is named where it should stand. */
  readonly pointer: string;
  /** A sentence that names the field. */
  readonly message: string;
  /** The first Kubernetes that refuses it; absent: each of those that are judged. */
  readonly since?: KubernetesMinor;
}

export type Refusals = Iterable<Refusal>;

/** Most fields are as they should be, and there are many. */
const none: readonly Refusal[] = [];

/** What only a Kubernetes of this minor and later ones looks at. */
export const refusedSince = function* (since: KubernetesMinor, refusals: Refusals): Refusals {
  for (const refusal of refusals) yield { ...refusal, since };
};

/** @param what the end of a sentence that begins with the field */
export const invalid = (place: Place, what: string): Refusal => ({
  type: 'invalid',
  pointer: pointerOf(place),
  message: `${pathOf(place)} ${what}.`,
});

/** @param why behind "is required", such as `, since the type is Recreate` */
export const missing = (place: Place, why = ''): Refusal => ({
  type: 'missing',
  pointer: pointerOf(place),
  message: `${pathOf(place)} is required${why}.`,
});

/** Of fields that contradict each other in an object, one of which another owner could have changed. */
export const unmatched = (place: Place, what: string): Refusal => ({ ...invalid(place, what), type: 'missing' });

/** The field must be there, and not be empty (`field.Required`). */
export const required = (place: Place, why = ''): Refusals => (isEmpty(place) ? [missing(place, why)] : none);

/** The field must not be there (`field.Forbidden`). */
export const forbidden = (place: Place, why: string): Refusals => (isPresent(place) ? [invalid(place, `may not be set ${why}`)] : none);

/** A text of a few (`field.NotSupported`); an empty one has a default, or is asked for by `required`. */
export const oneOf = (place: Place, values: readonly string[]): Refusals => {
  const value = text(place);
  if (value === undefined || value === '' || values.includes(value)) return none;
  return [invalid(place, `must be ${choice(values)}; it is ${JSON.stringify(value)}`)];
};

/** The same of a field that Go keeps behind a pointer: there, an empty text is one. */
export const exactlyOneOf = (place: Place, values: readonly string[]): Refusals =>
  text(place) === '' ? [invalid(place, `must be ${choice(values)}; it is empty`)] : oneOf(place, values);

/** `"a", "b" or "c"`. */
const choice = (values: readonly string[]): string => {
  const quoted = values.map((value) => (value === '' ? 'empty' : JSON.stringify(value)));
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
};

/**
 * Items of which two are the same (`field.Duplicate`).
 *
 * @param keyOf what must be unique in an item; undefined where that is not known
 * @param where the field of the second one that is to blame
 */
export const duplicates = (
  places: readonly Place[],
  keyOf: (place: Place) => string | undefined,
  where: (place: Place) => Place = (place) => place,
): Refusals => {
  const first = new Map<string, Place>();
  return places.flatMap((place) => {
    const key = keyOf(place);
    const other = key === undefined ? undefined : first.get(key);
    if (key !== undefined && !other) first.set(key, place);
    return other ? [invalid(where(place), `is the same as ${pathOf(where(other))}`)] : [];
  });
};
