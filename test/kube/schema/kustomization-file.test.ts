import { expect, it } from 'vitest';
import { componentFile, kustomizationFile } from '../../../src/kube/schema/kinds/kustomization-file.ts';
import type { Schema } from '../../../src/kube/schema/schema.ts';
import { kustomizationShape, type Shape } from '../../../src/kustomize/file/kustomization-fields.ts';

/** The fields that are published must be those that the evaluator decodes. */

const ofShape = (shape: Shape, path = ''): readonly string[] => {
  if (shape === 'any') return [];
  if (typeof shape === 'string') return [`${path}: ${shape}`];
  if ('list' in shape) return ofShape(shape.list, `${path}[]`);
  if ('map' in shape) return ofShape(shape.map, `${path}{}`);
  return Object.entries(shape.fields).flatMap(([name, field]) => ofShape(field, `${path}.${name}`));
};

const ofSchema = (schema: Schema, path = ''): readonly string[] => {
  if (schema.items) return ofSchema(schema.items, `${path}[]`);
  if (typeof schema.additionalProperties === 'object') return ofSchema(schema.additionalProperties, `${path}{}`);
  if (schema.properties) return Object.entries(schema.properties).flatMap(([name, field]) => ofSchema(field, `${path}.${name}`));
  return schema.type && schema.type !== 'object' ? [`${path}: ${schema.type}`] : [];
};

it.each([
  ['Kustomization', kustomizationFile.versions.v1beta1],
  ['Component', componentFile.versions.v1alpha1],
])('%s has the fields that the evaluator knows', (_, schema) => {
  expect([...ofSchema(schema ?? {})].sort()).toEqual([...ofShape(kustomizationShape)].sort());
});
