import { type MapNode, stringAt } from '../../yaml/node.ts';
import { describedKinds } from './described-kinds.ts';
import type { FluxMinor } from './minor.ts';
import { describedObject } from './object-schema.ts';
import type { KindSchemas, Schema } from './schema.ts';
import type { SchemaError } from './schema-error.ts';
import { validate } from './validate.ts';

const kinds: ReadonlyMap<string, KindSchemas> = new Map(describedKinds.map((kind) => [`${kind.group}/${kind.kind}`, kind]));

/**
 * What the API server, or kustomize, will not take in an object of Flux, the Flux Operator or kustomize. Nothing for kinds
 * and versions that are not described (`isDescribed`).
 *
 * @param flux the minor on the cluster: what came later is unknown there. Absent: all that any version knows is allowed.
 */
export const validateObject = (root: MapNode, flux?: FluxMinor): readonly SchemaError[] => {
  const described = descriptionOf(stringAt(root, 'apiVersion') ?? '', stringAt(root, 'kind') ?? '');
  if (!described) return [];
  const { kind, schema } = described;
  return validate(root, describedObject(kind, schema), { kind: kind.kind, minor: flux, anyCase: kind.describes === 'file' });
};

export const isDescribed = (apiVersion: string, kind: string): boolean => descriptionOf(apiVersion, kind) !== undefined;

/** The schema of a whole object of a described kind; undefined for any other. */
export const objectSchemaOf = (apiVersion: string, kind: string): Schema | undefined => {
  const described = descriptionOf(apiVersion, kind);
  return described && describedObject(described.kind, described.schema);
};

const descriptionOf = (apiVersion: string, kindName: string) => {
  const [group = '', version = ''] = apiVersion.split('/');
  const kind = kinds.get(`${group}/${kindName}`);
  const schema = kind && Object.hasOwn(kind.versions, version) ? kind.versions[version] : undefined;
  return kind && schema && { kind, schema };
};
