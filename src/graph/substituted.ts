import { expressionsIn } from '../flux/envsubst.ts';
import { hasDollar, templateOf } from '../flux/templates.ts';
import { child, isMap, type MapNode, type Node, type ScalarNode, stringAt, toPointer } from '../yaml/node.ts';
import type { AppliedView, KustomizationView } from './views.ts';

/** A text in which Flux replaces variables. */
export interface SubstitutedText {
  readonly object: AppliedView;
  readonly pointer: string;
  /** As it was before. */
  readonly node: ScalarNode;
  readonly uses: readonly { readonly name: string; readonly operator: string | undefined }[];
}

const memo = new WeakMap<KustomizationView, readonly SubstitutedText[]>();

/** Every text of a Kustomization's objects that Flux would change. None where it substitutes nothing. */
export const substitutedTexts = (kustomization: KustomizationView): readonly SubstitutedText[] => {
  const known = memo.get(kustomization);
  if (known) return known;
  const made = textsOf(kustomization);
  memo.set(kustomization, made);
  return made;
};

const textsOf = ({ content, objects }: KustomizationView): readonly SubstitutedText[] => {
  if (content.type !== 'built' || !content.variables.runs) return [];
  // Objects of kustomize's own group are dropped after the build; all others are the same, in the same order.
  const before = content.build.objects.filter(({ root }) => !stringAt(root, 'apiVersion')?.startsWith('kustomize.config.k8s.io/'));
  return objects.flatMap((object, index) => {
    const root = before[index]?.root;
    return root && hasDollar(root) && !isOptedOut(root) ? within(object, root) : [];
  });
};

const isOptedOut = (root: MapNode): boolean =>
  ['labels', 'annotations'].some(
    (field) => stringAt(child(root, 'metadata', field), 'kustomize.toolkit.fluxcd.io/substitute') === 'disabled',
  );

const within = (object: AppliedView, root: MapNode): readonly SubstitutedText[] => {
  const found: SubstitutedText[] = [];
  const walk = (node: Node, keys: readonly (string | number)[]) => {
    if (!hasDollar(node)) return;
    if (isMap(node)) {
      for (const entry of node.entries) {
        walk(entry.key, [...keys, entry.key.text]);
        walk(entry.value, [...keys, entry.key.text]);
      }
    } else if (node.type === 'list') {
      for (const [index, item] of node.items.entries()) walk(item, [...keys, index]);
    } else if (node.type === 'scalar') {
      const template = templateOf(node);
      if (template?.type !== 'template') return;
      const uses = expressionsIn(template.parts).map(({ name, operator }) => ({ name, operator }));
      if (uses.length > 0 || node.text.includes('$$')) found.push({ object, pointer: toPointer(keys), node, uses });
    }
  };
  walk(root, []);
  return found;
};
