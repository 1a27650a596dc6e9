/** What a Flux Kustomization writes over the root kustomization before it is built (fluxcd/pkg/kustomize). */
import type { StepProblem } from '../../model/problem.ts';
import { withEntry } from '../../yaml/edit.ts';
import { child, isList, isScalar, type ListNode, type MapNode, type Node, scalarText } from '../../yaml/node.ts';
import type { RootOverrides } from '../build.ts';
import type { Kustomization } from './kustomization.ts';
import { isRemote } from './loader.ts';

/** targetNamespace, prefix, suffix and buildMetadata replace; patches and components are appended; images are joined by name. */
export const withOverrides = (kustomization: Kustomization, overrides: RootOverrides): Kustomization => {
  const problems: StepProblem[] = [];
  let { root } = kustomization;
  const replaced = [
    ['namespace', overrides.targetNamespace],
    ['namePrefix', overrides.namePrefix],
    ['nameSuffix', overrides.nameSuffix],
    // An empty list is none.
    ['buildMetadata', overrides.buildMetadata?.items.length ? overrides.buildMetadata : undefined],
  ] as const;
  for (const [field, node] of replaced) if (node) root = withEntry(root, field, node);
  if (overrides.patches) root = appended(root, 'patches', overrides.patches);
  if (overrides.components) {
    const local = overrides.components.items.filter((item) => !isScalar(item) || isLocal(item.text));
    for (const item of overrides.components.items) if (!local.includes(item)) problems.push(notLocal(item));
    root = appended(root, 'components', { ...overrides.components, items: local });
  }
  if (overrides.images) root = withImages(root, overrides.images);
  return { ...kustomization, root, problems: [...kustomization.problems, ...problems] };
};

const isLocal = (path: string): boolean => !path.startsWith('/') && !isRemote(path);

const notLocal = (item: Node): StepProblem => ({
  ruleId: 'build/invalid-kustomization',
  at: item,
  message: `component path '${scalarText(item)}' must be local and relative: Flux does not build this Kustomization.`,
});

const appended = (root: MapNode, field: string, added: ListNode): MapNode => {
  const current = child(root, field);
  return withEntry(root, field, isList(current) ? { ...current, items: [...current.items, ...added.items] } : added);
};

/** For a name that is there already: newName replaces only itself, newTag and digest are replaced as a pair; an empty text replaces nothing. */
const withImages = (root: MapNode, images: ListNode): MapNode => {
  const current = child(root, 'images');
  let items: readonly Node[] = isList(current) ? current.items : [];
  for (const image of images.items) {
    if (image.type !== 'map') continue;
    const name = child(image, 'name');
    const index = items.findIndex((item) => isScalar(name) && sameText(child(item, 'name'), name.text));
    const old = items[index];
    items = old?.type === 'map' ? items.with(index, mergedImage(old, image)) : [...items, image];
  }
  return withEntry(root, 'images', isList(current) ? { ...current, items } : { ...images, items });
};

const sameText = (node: Node | undefined, text: string): boolean => isScalar(node) && node.text === text;

const mergedImage = (old: MapNode, image: MapNode): MapNode => {
  const given = image.entries.filter(({ key, value }) => key.text !== 'name' && scalarText(value) !== '');
  const replacesVersion = given.some(({ key }) => key.text === 'newTag' || key.text === 'digest');
  const kept = old.entries.filter(({ key }) => !(replacesVersion && (key.text === 'newTag' || key.text === 'digest')));
  let merged: MapNode = { ...old, entries: kept };
  for (const { key, value } of given) merged = withEntry(merged, key.text, value);
  return merged;
};
