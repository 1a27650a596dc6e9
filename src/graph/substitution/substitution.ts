import { isLeftUnsubstituted } from '../../flux/object-switches.ts';
import { expressionsIn } from '../../flux/substitution/envsubst.ts';
import { hasDollar, templateOf } from '../../flux/substitution/templates.ts';
import { memo } from '../../model/memo.ts';
import { isMap, type MapNode, type Node, type ScalarNode, stringAt, toPointer } from '../../yaml/node.ts';
import type { AppliedView, KustomizationView } from '../clusters/views.ts';

/** A text in which Flux replaces variables. */
export interface SubstitutedText {
  readonly pointer: string;
  /** The same as keys and indices. */
  readonly keys: readonly (string | number)[];
  /** As it was before. */
  readonly node: ScalarNode;
  readonly uses: readonly { readonly name: string; readonly operator: string | undefined }[];
}

export interface SubstitutedObject {
  /** As it is afterwards. */
  readonly object: AppliedView;
  readonly texts: readonly SubstitutedText[];
}

export interface Substitution {
  /** Every object of a Kustomization that Flux would change by substitution. None where it substitutes nothing. */
  readonly objectsOf: (kustomization: KustomizationView) => readonly SubstitutedObject[];
}

export const createSubstitution = (): Substitution => ({ objectsOf: substitutedObjects });

const substitutedObjects = memo(({ content, objects }: KustomizationView): readonly SubstitutedObject[] => {
  if (content.type !== 'built' || !content.variables.runs) return [];
  // Objects of kustomize's own group are dropped after the build; all others are the same, in the same order.
  const before = content.build.objects.filter(({ root }) => !stringAt(root, 'apiVersion')?.startsWith('kustomize.config.k8s.io/'));
  return objects.flatMap((object, index) => {
    const root = before[index]?.root;
    const texts = root && hasDollar(root) && !isLeftUnsubstituted(root) ? textsIn(root) : [];
    return texts.length === 0 ? [] : [{ object, texts }];
  });
});

/** Clusters share what is built from the same files: its texts are found once. */
const textsIn = memo((root: MapNode): readonly SubstitutedText[] => {
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
      if (uses.length > 0 || node.text.includes('$$')) found.push({ pointer: toPointer(keys), keys, node, uses });
    }
  };
  walk(root, []);
  return found;
});
