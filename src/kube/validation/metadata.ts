import { entries, field, type Place } from './field/place.ts';
import { invalid, type Refusals } from './field/refusal.ts';

/** ValidateObjectMeta (k8s.io/apimachinery: pkg/api/validation, objectmeta.go), but for the forms of names and labels. */
export const validateMetadata = function* (root: Place): Refusals {
  const annotations = field(root, 'metadata', 'annotations');
  const size = sizeOf(annotations);
  if (size > largest) yield invalid(annotations, `must not have more than ${largest} bytes; they have ${size}`);
};

/** TotalAnnotationSizeLimitB (annotations of k8s.io/apimachinery: pkg/api/validation). */
const largest = 256 * 1024;

const sizeOf = (annotations: Place): number => {
  let size = 0;
  for (const { key, node } of entries(annotations)) {
    size += Buffer.byteLength(String(key));
    if (node?.type === 'scalar') size += Buffer.byteLength(node.text);
  }
  return size;
};
