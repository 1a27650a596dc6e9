import { type LabelSelector, matchesLabels } from '../../kube/label-selector.ts';
import { child, isMap, itemsOf, type MapNode, type Node, stringAt, textAt } from '../../yaml/node.ts';

type Requirement = LabelSelector['requirements'][number];

const operators: ReadonlyMap<string, Requirement['operator']> = new Map([
  ['In', 'in'],
  ['NotIn', 'notin'],
  ['Exists', 'exists'],
  ['DoesNotExist', '!'],
]);

/** Whether a `matchLabels` and `matchExpressions` selector takes an object with these labels. */
export const matchesSelector = (selector: MapNode, labels: ReadonlyMap<string, string>): boolean => {
  const equal = child(selector, 'matchLabels');
  const requirements: readonly Requirement[] = [
    ...(isMap(equal) ? equal.entries : []).map(({ key, value }) => ({
      key: key.text,
      operator: 'in' as const,
      values: [textAt(value) ?? ''],
    })),
    ...itemsOf(child(selector, 'matchExpressions')).flatMap(expression),
  ];
  return matchesLabels({ type: 'selector', requirements }, labels);
};

const expression = (node: Node): readonly Requirement[] => {
  const operator = operators.get(stringAt(node, 'operator') ?? '');
  const values = itemsOf(child(node, 'values')).flatMap((value) => textAt(value) ?? []);
  return operator === undefined ? [] : [{ key: stringAt(node, 'key') ?? '', operator, values }];
};
