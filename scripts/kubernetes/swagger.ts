/** The parts of Kubernetes' OpenAPI (version 2) that the tables are made of. */

export interface Swagger {
  readonly definitions: Readonly<Record<string, Definition>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export interface Definition extends Property {
  readonly properties?: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-group-version-kind'?: readonly GroupVersionKind[];
}

export interface Property {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
}

export interface Operation {
  readonly 'x-kubernetes-group-version-kind'?: GroupVersionKind;
  readonly 'x-kubernetes-action'?: string;
}

export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export const referred = (reference: string): string => reference.replace('#/definitions/', '');

/** `apps/v1/Deployment`; `/v1/Pod` for the core group. */
export const idOf = ({ group, version, kind }: GroupVersionKind): string => `${group}/${version}/${kind}`;

/** The definition of every object that has a version and a kind, by `idOf`. */
export const definitionsById = ({ definitions }: Swagger): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(definitions).flatMap(([name, definition]) => {
      const ids = definition['x-kubernetes-group-version-kind'] ?? [];
      // What stands in every group (DeleteOptions, WatchEvent) is no object of any.
      return ids.length === 1 ? ids.map((id) => [idOf(id), name] as const) : [];
    }),
  );
