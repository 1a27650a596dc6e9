/** `namePrefix` and `nameSuffix` (kustomize: `PrefixTransformer`, `SuffixTransformer`). */

import { isNull, isScalar, type Node, type ScalarNode } from '../../yaml/node.ts';
import { applyFieldSpec, type FieldSpec, matchesGvk } from '../field/field-spec.ts';
import { rewritten } from '../field/field-update.ts';
import { failure } from '../resource/failure.ts';
import { withLinks } from '../resource/linked-scalars.ts';
import { originalFirst, originalId, type Resource } from '../resource/resource.ts';
import { failedTransformation, type Transformed, transformerOrigin } from '../resource/transformation.ts';

/** What `namePrefix` and `nameSuffix` change by default. */
export const nameFieldSpecs: readonly FieldSpec[] = [{ group: '', version: '', kind: '', path: 'metadata/name', create: false }];

/** Kinds whose names mean something outside: they keep them. */
const skipped = [
  { group: '', version: '', kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', version: '', kind: 'APIService' },
  { group: '', version: '', kind: 'Namespace' },
] as const;

/**
 * Puts the text before or behind the names of all objects but CustomResourceDefinitions, APIServices and Namespaces, as
 * they were called first, and remembers it on each, so that references can be told apart later.
 */
export const addNameAffix = (
  resources: readonly Resource[],
  asked: ScalarNode,
  { field, specs }: { readonly field: 'namePrefix' | 'nameSuffix'; readonly specs: readonly FieldSpec[] },
): Transformed => {
  const origin = transformerOrigin(asked, field);
  const problems = [];
  const changed: Resource[] = [];
  for (const resource of resources) {
    const original = originalId(resource);
    if (skipped.some((gvk) => matchesGvk(gvk, original))) {
      changed.push(resource);
      continue;
    }
    let next = resource;
    for (const spec of specs) {
      if (!matchesGvk(spec, original)) continue;
      if (spec.path === 'metadata/name') next = remembered(next, asked.text, field);
      const root = applyFieldSpec(next.root, spec, { set: (node) => affixed(node), createType: 'scalar', origin });
      if (root.type === 'map') next = root === next.root ? next : { ...next, root: withLinks(next.root, root) };
      else if (problems.length === 0) problems.push(failedTransformation(asked, root.message));
    }
    changed.push(next);
  }
  return { resources: changed, problems };

  function affixed(node: Node) {
    if (!isScalar(node)) return failure('wrong node kind: expected ScalarNode');
    const old = isNull(node) ? '' : node.text;
    const text = field === 'namePrefix' ? asked.text + old : old + asked.text;
    // The name is still its author's: it was changed, not written anew.
    return rewritten(node, text, { span: origin.span, via: [...node.via, ...origin.via] });
  }
};

const remembered = (resource: Resource, text: string, field: 'namePrefix' | 'nameSuffix'): Resource => {
  if (text === '') return resource;
  const previous = originalFirst(resource);
  return field === 'namePrefix'
    ? { ...resource, previous, prefixes: [...resource.prefixes, text] }
    : { ...resource, previous, suffixes: [...resource.suffixes, text] };
};
