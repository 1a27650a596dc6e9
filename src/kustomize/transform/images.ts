import { mapSame, withEntry } from '../../yaml/edit.ts';
import { child, isNull, isScalar, type Node } from '../../yaml/node.ts';
import { applyFieldSpecs, type FieldSpec } from '../field/field-spec.ts';
import type { Failure } from '../resource/failure.ts';
import { currentId, type Resource } from '../resource/resource.ts';
import { failedTransformation, type Transformed, transformEach } from '../resource/transformation.ts';
import { imageEntry, setImage, wrongType } from './image-entry.ts';

/**
 * One entry of `images` (kustomize: `api/filters/imagetag`): first the `image` of every list item under any `containers`
 * or `initContainers`, at any depth and of any kind, then the fields of `specs`. Both change an image where they meet,
 * so a tagSuffix comes twice there. CustomResourceDefinitions are left alone. Reported: a `name` that is no regular
 * expression (it is used as one), and fields that are something else than an image.
 */
export const setImages = (resources: readonly Resource[], entry: Node, specs: readonly FieldSpec[]): Transformed => {
  const image = imageEntry(entry);
  if (image.type === 'failure') return { resources, problems: [failedTransformation(child(entry, 'name') ?? entry, image.message)] };
  const set = (node: Node) => setImage(node, image);
  return transformEach(resources, entry, ({ root }) => {
    if (currentId({ root }).kind === 'CustomResourceDefinition') return root;
    const changed = inContainers(root, set);
    if (changed.type === 'failure') return changed;
    return changed.type === 'map' ? applyFieldSpecs(changed, specs, { set, origin: image.origin }) : root;
  });
};

/** Where images are apart from containers (kustomize: `builtinpluginconsts/images.go`); `configurations` may add to them. */
export const imageFieldSpecs: readonly FieldSpec[] = [
  'spec/containers[]/image',
  'spec/initContainers[]/image',
  'spec/volumes[]/image/reference',
  'spec/template/spec/containers[]/image',
  'spec/template/spec/initContainers[]/image',
  'spec/template/spec/volumes[]/image/reference',
].map((path) => ({ group: '', version: '', kind: '', path, create: true }));

/** The same tree with every image under `containers` and `initContainers` set. */
const inContainers = (node: Node, set: (image: Node) => Node | Failure): Node | Failure => {
  let failed: Failure | undefined;
  const kept = (before: Node, after: Node | Failure): Node => {
    if (after.type !== 'failure') return after;
    failed ??= after;
    return before;
  };
  const walk = (here: Node): Node => {
    switch (here.type) {
      case 'list': {
        const items = mapSame(here.items, walk);
        return items === here.items ? here : { ...here, items };
      }
      case 'map': {
        const entries = mapSame(here.entries, (entry) => {
          const walked = walk(entry.value);
          const isContainers = entry.key.text === 'containers' || entry.key.text === 'initContainers';
          const value = isContainers ? containers(walked) : walked;
          return value === entry.value ? entry : { key: entry.key, value };
        });
        return entries === here.entries ? here : { ...here, entries };
      }
      case 'scalar':
      case 'unknown':
        return here;
      default:
        return here satisfies never;
    }
  };
  const containers = (list: Node): Node => {
    if (list.type !== 'list') return list;
    const items = mapSame(list.items, (item) => kept(item, withImage(item, set)));
    return items === list.items ? list : { ...list, items };
  };
  const walked = walk(node);
  return failed ?? walked;
};

const withImage = (container: Node, set: (image: Node) => Node | Failure): Node | Failure => {
  if (container.type === 'list' || (isScalar(container) && !isNull(container))) return wrongType(container, 'MappingNode');
  const image = child(container, 'image');
  if (container.type !== 'map' || !image) return container;
  const changed = set(image);
  return changed.type === 'failure' ? changed : withEntry(container, 'image', changed);
};
