/** The patches of a Composition as they are written, for those who judge them before there is any claim. */
import { child, isMap, isTrue, itemsOf, type MapNode, type Node, stringAt } from '../../yaml/node.ts';
import { isNative } from './kinds.ts';
import { type FieldPath, parseFieldPath } from './patch/field-path.ts';
import { isRequired, patchType, sidesOf } from './patch/patch.ts';
import { patchSetsOf } from './patch/patch-and-transform.ts';
import { isObject } from './unwrap.ts';

/** One field of the composite resource that a patch copies into a composed resource. */
export interface CompositionPatch {
  readonly node: Node;
  /** The scalar that names the field, and the field. */
  readonly source: Node;
  readonly path: FieldPath;
  /** Where it goes in the object that is applied in the end: the manifest, of an `Object`. */
  readonly target: string;
  /** The object holds back until the field is there. */
  readonly isRequired: boolean;
  readonly transforms: readonly Node[];
  /** The `fmt` that puts it beside others, and which of them it is. */
  readonly format: { readonly text: string; readonly index: number } | undefined;
  /** What it goes into; undefined where another step makes that. */
  readonly object: MapNode | undefined;
  readonly template: Node;
  readonly isNative: boolean;
}

export const patchesOf = (composition: MapNode): readonly CompositionPatch[] =>
  inputsOf(composition).flatMap(({ input, isNative }) => {
    const sets = patchSetsOf(input);
    return itemsOf(child(input, 'resources')).flatMap((template) =>
      itemsOf(child(template, 'patches'))
        .flatMap((patch) => (patchType(patch) === 'PatchSet' ? (sets.get(stringAt(patch, 'patchSetName') ?? '') ?? []) : [patch]))
        .flatMap((patch) => readPatch(patch, template, isNative)),
    );
  });

const inputsOf = (composition: MapNode): readonly { readonly input: Node; readonly isNative: boolean }[] => {
  const spec = child(composition, 'spec');
  if (spec && isNative(composition)) return [{ input: spec, isNative: true }];
  return itemsOf(child(spec, 'pipeline')).flatMap((step) => {
    const input = child(step, 'input');
    return input && (stringAt(input, 'apiVersion')?.startsWith('pt.fn.crossplane.io/') ?? false) ? [{ input, isNative: false }] : [];
  });
};

const manifestPrefix = 'spec.forProvider.manifest.';

const readPatch = (node: Node, template: Node, isNative: boolean): readonly CompositionPatch[] => {
  const sides = sidesOf(patchType(node));
  if (sides?.from !== 'composite' || sides.to !== 'composed') return [];
  const base = child(template, 'base');
  const isWrapped = isMap(base) && isObject(base);
  const object = isWrapped ? child(base, 'spec', 'forProvider', 'manifest') : base;
  const variables = itemsOf(child(node, 'combine', 'variables'));
  const written = stringAt(node, 'toFieldPath') ?? stringAt(node, 'fromFieldPath') ?? '';
  const target = isWrapped && written.startsWith(manifestPrefix) ? written.slice(manifestPrefix.length) : isWrapped ? '' : written;
  const format = stringAt(node, 'combine', 'string', 'fmt');
  const sources = variables.length > 0 ? variables.map((variable) => child(variable, 'fromFieldPath')) : [child(node, 'fromFieldPath')];
  return sources.flatMap((source, index) => {
    const path = parseFieldPath(stringAt(source) ?? '');
    if (!source || path.type === 'failed') return [];
    return {
      node,
      source,
      path: path.path,
      target,
      isRequired: isRequired(node),
      transforms: itemsOf(child(node, 'transforms')),
      format: format === undefined ? undefined : { text: format, index },
      object: isMap(object) ? object : undefined,
      template,
      isNative,
    };
  });
};

export interface SchemaField {
  readonly schema: Node;
  /** It is there for every claim: required or with a default, all the way. */
  readonly isCertain: boolean;
}

/** What the schema of a composite resource says of a field; `open` where it allows anything there. */
export const schemaAt = (schema: Node | undefined, path: FieldPath): SchemaField | 'absent' | 'open' => {
  let here = schema;
  let isCertain = true;
  for (const [depth, segment] of path.entries()) {
    if (here === undefined || isTrue(child(here, 'x-kubernetes-preserve-unknown-fields'))) return 'open';
    if (segment.type === 'index') {
      here = child(here, 'items');
      isCertain = false;
      continue;
    }
    const properties = child(here, 'properties');
    const property: Node | undefined = isMap(properties) ? child(properties, segment.name) : undefined;
    if (property === undefined) {
      const others = child(here, 'additionalProperties');
      if (others === undefined && isMap(properties)) return 'absent';
      if (!isMap(others)) return 'open';
      here = others;
      isCertain = false;
      continue;
    }
    const isRequired = itemsOf(child(here, 'required')).some((name) => stringAt(name) === segment.name);
    // A composite resource without a spec is none that anybody writes.
    if (depth > 0 && !isRequired && child(property, 'default') === undefined) isCertain = false;
    here = property;
  }
  return here === undefined ? 'open' : { schema: here, isCertain };
};
