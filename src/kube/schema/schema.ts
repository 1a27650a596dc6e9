import type { Minor } from './minor.ts';

/**
 * The shape of an object, as CustomResourceDefinitions say it ("structural schemas", apiextensions.k8s.io/v1): a subset
 * of JSON Schema in which an object that lists `properties` takes no others. Our own descriptions of Flux's kinds and the
 * CRDs found in a repository are the same kind of value, read by the same `validate`.
 */
export interface Schema {
  readonly type?: SchemaType | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly additionalProperties?: Schema | boolean | undefined;
  readonly minProperties?: number | undefined;
  readonly maxProperties?: number | undefined;
  readonly items?: Schema | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly pattern?: string | undefined;
  readonly format?: string | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: boolean | undefined;
  readonly exclusiveMaximum?: boolean | undefined;
  readonly multipleOf?: number | undefined;
  readonly nullable?: boolean | undefined;
  readonly default?: unknown | undefined;
  readonly allOf?: readonly Schema[] | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  readonly not?: Schema | undefined;
  readonly 'x-kubernetes-int-or-string'?: boolean | undefined;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean | undefined;
  readonly 'x-kubernetes-embedded-resource'?: boolean | undefined;
  /** `map`: no two items have equal keys; `set`: no two are equal. */
  readonly 'x-kubernetes-list-type'?: string | undefined;
  /** Rules in CEL over the value. */
  readonly 'x-kubernetes-validations'?: readonly { readonly rule: string; readonly message?: string | undefined }[] | undefined;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[] | undefined;

  // Ours alone, absent in CRDs.
  /** The first minor that knows the field, or the first that may. Absent: the oldest that is known here knew it already. */
  readonly since?: Minor;
  /** The first minor that does not know the field any more. */
  readonly until?: Minor;
  /** The values of `enum` that came later. */
  readonly enumSince?: Readonly<Record<string, Minor>>;
  /** The values a pattern stands for, in words: "a duration such as 10m". */
  readonly words?: string;
  /** Texts and numbers, whole or not: a quantity of Kubernetes, whose `pattern` holds for the texts. */
  readonly isQuantity?: boolean;
}

export type SchemaType = 'object' | 'array' | 'string' | 'boolean' | 'integer' | 'number';

/** One kind of an API group in all its versions; the schemas are those of `spec`, or of the whole file for kustomize's own kinds. */
export interface KindSchemas {
  readonly group: string;
  readonly kind: string;
  readonly describes: 'spec' | 'file';
  readonly versions: Readonly<Record<string, Schema>>;
}
