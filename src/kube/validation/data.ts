import { dataKeyError } from './field/formats.ts';
import { entries, field, isAbsent, isEmpty, isFilledIn, isPresent, type Place, text } from './field/place.ts';
import { invalid, missing, type Refusals } from './field/refusal.ts';

/** ValidateConfigMap (pkg/apis/core/validation/validation.go). */
export const validateConfigMap = function* (root: Place): Refusals {
  const [data, binary] = [field(root, 'data'), field(root, 'binaryData')];
  yield* validateKeys(data);
  yield* validateKeys(binary);
  for (const value of entries(binary)) if (isPresent(field(data, String(value.key)))) yield invalid(value, 'stands in data, too');
  const size = sizeOf(data, bytes) + sizeOf(binary, decodedBytes);
  if (size > largest) yield invalid(data, tooLarge(size));
};

/** ValidateSecret, likewise: what stands in stringData counts as data. */
export const validateSecret = function* (root: Place): Refusals {
  const [data, texts] = [field(root, 'data'), field(root, 'stringData')];
  yield* validateKeys(data);
  yield* validateKeys(texts);
  const size = sizeOf(data, decodedBytes) + sizeOf(texts, bytes);
  if (size > largest) yield invalid(isEmpty(data) ? texts : data, tooLarge(size));
  yield* validateType(root);
};

const validateKeys = function* (data: Place): Refusals {
  for (const value of entries(data)) {
    const key = String(value.key);
    const error = isFilledIn(key) ? undefined : dataKeyError(key);
    if (error !== undefined) yield invalid(value, `has a key that ${error}`);
  }
};

/** MaxSecretSize (pkg/apis/core/types.go). */
const largest = 1024 * 1024;

const tooLarge = (size: number): string => `must not have more than ${largest} bytes; it has ${size}`;

const sizeOf = (data: Place, size: (text: string) => number): number => {
  let sum = 0;
  for (const { node } of entries(data)) if (node?.type === 'scalar' && typeof node.value === 'string') sum += size(node.value);
  return sum;
};

/** Texts whose length alone shows that they are small need not be encoded. */
const bytes = (value: string): number => Buffer.byteLength(value);

const decodedBytes = (value: string): number => Math.floor((value.replace(/\s|=/g, '').length * 3) / 4);

const needed: ReadonlyMap<string, readonly string[]> = new Map([
  ['kubernetes.io/dockercfg', ['.dockercfg']],
  ['kubernetes.io/dockerconfigjson', ['.dockerconfigjson']],
  ['kubernetes.io/ssh-auth', ['ssh-privatekey']],
  ['kubernetes.io/tls', ['tls.crt', 'tls.key']],
]);

const validateType = function* (root: Place): Refusals {
  const type = text(field(root, 'type')) ?? '';
  const [data, texts] = [field(root, 'data'), field(root, 'stringData')];
  const has = (key: string): boolean => field(data, key).node !== undefined || field(texts, key).node !== undefined;
  for (const key of needed.get(type) ?? []) if (!has(key)) yield missing(field(data, key), ` in a Secret of type ${type}`);
  if (type === 'kubernetes.io/basic-auth' && !has('username') && !has('password')) yield missing(data, ', with a username or a password');
  const account = field(root, 'metadata', 'annotations', 'kubernetes.io/service-account.name');
  if (type === 'kubernetes.io/service-account-token' && isAbsent(account)) yield missing(account, ` in a Secret of type ${type}`);
};
