import type { FluxMinor } from './flux-minor.ts';

/**
 * The shape of an object, as CustomResourceDefinitions say it ("structural schemas", apiextensions.k8s.io/v1): a subset
 * of JSON Schema in which an object that lists `properties` takes no others. Our own descriptions of Flux's kinds and the
 * CRDs found in a repository are the same kind of value, read by the same `validate`.
 */
export interface Schema {
  readonly type?: SchemaType;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly nullable?: boolean;
  readonly default?: unknown;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;

  // Ours alone, absent in CRDs.
  /** The first Flux minor that knows the field. Absent: 2.2 knew it already. */
  readonly since?: FluxMinor;
  /** The values of `enum` that came later. */
  readonly enumSince?: Readonly<Record<string, FluxMinor>>;
  /** The values a pattern stands for, in words: "a duration such as 10m". */
  readonly words?: string;
}

export type SchemaType = 'object' | 'array' | 'string' | 'boolean' | 'integer' | 'number';

/** One kind of an API group in all its versions; the schemas are those of `spec`, or of the whole file for kustomize's own kinds. */
export interface KindSchemas {
  readonly group: string;
  readonly kind: string;
  readonly describes: 'spec' | 'file';
  readonly versions: Readonly<Record<string, Schema>>;
}
