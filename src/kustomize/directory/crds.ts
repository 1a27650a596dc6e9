/** What OpenAPI definitions under `crds` say by their annotations (kustomize: `accumulator/loadconfigfromcrds.go`). */
import { child, entryOf, isMap, type MapNode, type Node, stringAt } from '../../yaml/node.ts';
import { type FieldSpec, type Gvk, mergeFieldSpecs } from '../field/field-spec.ts';
import { mergeNameReferences, type NameReference } from '../field/name-reference-specs.ts';
import { emptyConfig, type TransformerConfig } from './transformer-config.ts';

/** Fields of the kinds defined in `root` that hold labels, annotations, names of their own or of others. */
export const crdConfig = (root: MapNode): TransformerConfig => {
  let config = emptyConfig;
  for (const { key, value } of root.entries) {
    const properties = propertiesOf(value);
    if (!['kind', 'apiVersion', 'metadata'].every((name) => properties && entryOf(properties, name))) continue;
    const kind = key.text.slice(key.text.lastIndexOf('.') + 1);
    config = withFields(config, { root, gvk: { group: '', version: '', kind }, visited: [key.text] }, { type: key.text, path: [] });
  }
  return config;
};

interface Definitions {
  readonly root: MapNode;
  readonly gvk: Gvk;
  readonly visited: readonly string[];
}

interface Place {
  readonly type: string;
  readonly path: readonly string[];
}

const withFields = (config: TransformerConfig, definitions: Definitions, { type, path }: Place): TransformerConfig => {
  let result = config;
  for (const { key, value } of propertiesOf(entryOf(definitions.root, type)?.value)?.entries ?? []) {
    const here = [...path, key.text];
    result = withField(result, definitions.gvk, { property: value, path: here });
    const reference = stringAt(value, '$ref');
    if (reference === undefined || definitions.visited.includes(reference)) continue;
    result = withFields(result, { ...definitions, visited: [...definitions.visited, reference] }, { type: reference, path: here });
  }
  return result;
};

const withField = (
  config: TransformerConfig,
  gvk: Gvk,
  { property, path }: { readonly property: Node; readonly path: readonly string[] },
): TransformerConfig => {
  const spec = (keys: readonly string[]): FieldSpec => ({ ...gvk, path: keys.join('/'), create: false });
  const own = [spec(path)];
  let result = config;
  if (stringAt(property, 'x-kubernetes-annotation') !== undefined) {
    result = { ...result, commonAnnotations: merged(result.commonAnnotations, own) };
  }
  if (stringAt(property, 'x-kubernetes-label-selector') !== undefined) {
    result = { ...result, commonLabels: merged(result.commonLabels, own) };
  }
  if (stringAt(property, 'x-kubernetes-identity') !== undefined) {
    result = { ...result, namePrefix: merged(result.namePrefix, own) };
  }
  const version = stringAt(property, 'x-kubernetes-object-ref-api-version');
  const kind = stringAt(property, 'x-kubernetes-object-ref-kind');
  if (version === undefined || kind === undefined) return result;
  const nameKey = stringAt(property, 'x-kubernetes-object-ref-name-key') ?? 'name';
  const reference: NameReference = { group: '', version, kind, referrers: [spec([...path, nameKey])] };
  const table = mergeNameReferences(result.nameReference, [reference]);
  return 'type' in table ? result : { ...result, nameReference: table };
};

/** All of them have `create: false`: they cannot contradict each other. */
const merged = (specs: readonly FieldSpec[], added: readonly FieldSpec[]): readonly FieldSpec[] => {
  const result = mergeFieldSpecs(specs, added);
  return 'type' in result ? specs : result;
};

const propertiesOf = (definition: Node | undefined): MapNode | undefined => {
  const properties = child(definition, 'Schema', 'properties') ?? child(definition, 'schema', 'properties');
  return isMap(properties) ? properties : undefined;
};
