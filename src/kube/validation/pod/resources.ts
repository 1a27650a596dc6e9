import { labelKeyError } from '../../names.ts';
import { entries, field, isFilledIn, type Place, pathOf } from '../field/place.ts';
import { isMore, nonNegativeQuantity, quantity } from '../field/quantity.ts';
import { invalid, missing, type Refusals } from '../field/refusal.ts';

/** ValidateContainerResourceRequirements (pkg/apis/core/validation/validation.go). */
export const validateResources = function* (resources: Place): Refusals {
  const [limits, requests] = [field(resources, 'limits'), field(resources, 'requests')];
  for (const amount of [...entries(limits), ...entries(requests)]) {
    yield* containerResourceName(amount);
    yield* resourceQuantity(amount);
  }
  for (const request of entries(requests)) {
    const name = String(request.key);
    const limit = field(limits, name);
    const [asked, allowed] = [quantity(request), quantity(limit)];
    if (limit.node === undefined && !isOvercommitAllowed(name) && !isFilledIn(name))
      yield missing(limits, `: ${name} cannot be asked for without a limit`);
    if (asked === undefined || allowed === undefined) continue;
    if (isMore(asked, allowed)) yield invalid(request, `must not be more than ${pathOf(limit)}`);
    else if (isMore(allowed, asked) && !isOvercommitAllowed(name)) yield invalid(request, `must be the same as ${pathOf(limit)}`);
  }
};

/** ValidateContainerResourceName, likewise. */
export const containerResourceName = (amount: Place): Refusals => resourceName(amount, containerResources, 'a resource of containers');

/** ValidateResourceQuotaResourceName and validateResourceName, likewise: what has no slash must be well known. */
export const resourceName = (amount: Place, known: ReadonlySet<string> | ((name: string) => boolean), what: string): Refusals => {
  const name = String(amount.key);
  if (isFilledIn(name)) return [];
  const error = labelKeyError(name);
  if (error !== undefined) return [invalid(amount, `has a name that ${error}`)];
  const isKnown = typeof known === 'function' ? known(name) : known.has(name) || name.startsWith('hugepages-');
  return name.includes('/') || isKnown ? [] : [invalid(amount, `is not ${what}`)];
};

const containerResources: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);

/** ValidateResourceQuantityValue, likewise. */
export const resourceQuantity = function* (amount: Place): Refusals {
  yield* nonNegativeQuantity(amount);
  const value = quantity(amount);
  if (value !== undefined && value > 0 && isWhole(String(amount.key)) && Math.abs(value - Math.round(value)) > 1e-6)
    yield invalid(amount, 'must be a whole number');
};

/** IsIntegerResourceName (pkg/apis/core/helper/helpers.go): what is counted, and extended resources. */
const isWhole = (name: string): boolean =>
  ['pods', 'services', 'replicationcontrollers', 'resourcequotas', 'secrets', 'configmaps', 'persistentvolumeclaims'].includes(name) ||
  /^services\.(nodeports|loadbalancers)$/.test(name) ||
  isExtended(name);

const isExtended = (name: string): boolean => name.includes('/') && !/(^|\.)kubernetes\.io\//.test(name) && !name.startsWith('requests.');

/** IsOvercommitAllowed, likewise. */
const isOvercommitAllowed = (name: string): boolean => !isExtended(name) && !name.startsWith('hugepages-');
