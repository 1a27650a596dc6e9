import { type Place, text } from './place.ts';
import { invalid, type Refusals } from './refusal.ts';

const suffixes: ReadonlyMap<string, number> = new Map([
  ['n', 1e-9],
  ['u', 1e-6],
  ['m', 1e-3],
  ['', 1],
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
  ['P', 1e15],
  ['E', 1e18],
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
  ['Ti', 2 ** 40],
  ['Pi', 2 ** 50],
  ['Ei', 2 ** 60],
]);

/** What a quantity comes to (k8s.io/apimachinery: pkg/api/resource, quantity.go); undefined where it is none, or not known. */
export const quantity = (place: Place): number | undefined => {
  const { node } = place;
  const written = node?.type === 'scalar' && typeof node.value === 'number' ? String(node.value) : text(place);
  const [, digits, exponent, suffix] = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(written ?? '') ?? [];
  if (digits === undefined) return undefined;
  const factor = exponent === undefined ? suffixes.get(suffix ?? '') : 10 ** Number(exponent);
  return factor === undefined ? undefined : Number(digits) * factor;
};

/** Whether one is certainly more than the other: by more than the arithmetic of fractions may be off. */
export const isMore = (one: number, other: number): boolean => one - other > Math.abs(other) * 1e-9;

/** ValidateNonnegativeQuantity (pkg/apis/core/validation/validation.go). */
export const nonNegativeQuantity = (place: Place): Refusals =>
  (quantity(place) ?? 0) < 0 ? [invalid(place, 'must not be less than nothing')] : [];

/** ValidatePositiveQuantityValue, likewise. */
export const positiveQuantity = (place: Place): Refusals =>
  (quantity(place) ?? 1) <= 0 ? [invalid(place, 'must be more than nothing')] : [];
