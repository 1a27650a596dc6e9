import { number, type Place, text } from './place.ts';
import { invalid, type Refusals } from './refusal.ts';

/** ValidateNonnegativeField (pkg/apis/core/validation/validation.go). */
export const nonNegative = (place: Place): Refusals => between(place, 0, Number.POSITIVE_INFINITY);

export const positive = (place: Place): Refusals => between(place, 1, Number.POSITIVE_INFINITY);

export const between = (place: Place, least: number, most: number): Refusals => {
  const value = number(place);
  if (value === undefined || (value >= least && value <= most)) return [];
  const bounds = most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
  return [invalid(place, `must be ${bounds}; it is ${value}`)];
};

/** A whole number, or a percentage: ValidatePositiveIntOrPercent (pkg/apis/apps/validation/validation.go). */
export const intOrPercent = (place: Place): Refusals => {
  const value = text(place);
  if (value === undefined) return nonNegative(place);
  return /^[0-9]+%$/.test(value) ? [] : [invalid(place, `must be a number or a percentage such as "25%"; it is ${JSON.stringify(value)}`)];
};

/** IsNotMoreThan100Percent, likewise. */
export const notMoreThanAll = (place: Place): Refusals => {
  const percent = percentOf(place);
  return percent === undefined || percent <= 100 ? [] : [invalid(place, 'must not be more than 100%')];
};

/** Whether it is certainly none at all, as a number or as a percentage (getIntOrPercentValue, likewise). */
export const isZero = (place: Place): boolean => number(place) === 0 || percentOf(place) === 0;

const percentOf = (place: Place): number | undefined => {
  const [, digits] = /^([0-9]+)%$/.exec(text(place) ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
};
