import type { KindSchemas, Schema } from './schema.ts';

const string: Schema = { type: 'string' };
const open: Schema = { 'x-kubernetes-preserve-unknown-fields': true };

/** ObjectMeta. The values of labels and annotations are judged elsewhere, with what becomes of them. */
export const metadataSchema: Schema = {
  type: 'object',
  properties: {
    name: string,
    namespace: string,
    generateName: string,
    labels: { type: 'object', additionalProperties: open },
    annotations: { type: 'object', additionalProperties: open },
    finalizers: { type: 'array', items: string },
    ownerReferences: { type: 'array', items: open },
    managedFields: { type: 'array', items: open },
    creationTimestamp: string,
    deletionTimestamp: string,
    deletionGracePeriodSeconds: { type: 'integer' },
    generation: { type: 'integer' },
    resourceVersion: string,
    selfLink: string,
    uid: string,
  },
};

const objects = new WeakMap<Schema, Schema>();

/** The schema of a whole object, made of its spec's: `status` is the controller's and open. */
export const describedObject = ({ describes }: KindSchemas, schema: Schema): Schema => {
  if (describes === 'file') return schema;
  const known = objects.get(schema);
  if (known) return known;
  const object: Schema = {
    type: 'object',
    properties: { apiVersion: string, kind: string, metadata: metadataSchema, spec: schema, status: open },
    // The CRDs do not ask for a spec, but no controller can work without the fields that they require in it.
    ...(schema.required ? { required: ['spec'] } : {}),
  };
  objects.set(schema, object);
  return object;
};
