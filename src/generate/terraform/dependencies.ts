/** Which resources and modules wait for which, by what their blocks name (terraform: `internal/terraform/transform_reference.go`). */

import type { Body, Expression } from '../../hcl/syntax/tree.ts';
import { walkExpression } from '../../hcl/walk.ts';
import type { Module } from './module/read-module.ts';

/** By the address in the module, `TYPE.NAME`, `data.TYPE.NAME` or `module.NAME`: everything it needs, through locals too. */
export const dependenciesIn = (module: Module): ((address: string) => ReadonlySet<string>) => {
  const known = new Map<string, ReadonlySet<string>>();
  const locals = new Map<string, readonly string[]>();
  const bodies = new Map<string, Body>([
    ...module.resources.map(({ mode, type, name, block }) => [`${mode === 'data' ? 'data.' : ''}${type}.${name}`, block.body] as const),
    ...[...module.calls].map(([name, block]) => [`module.${name}`, block.body] as const),
  ]);
  const localNames = (name: string): readonly string[] => {
    const found = locals.get(name);
    if (found) return found;
    locals.set(name, []);
    const attribute = module.locals.get(name);
    const names = attribute ? expanded(namesIn(attribute.value)) : [];
    locals.set(name, names);
    return names;
  };
  const expanded = (names: readonly string[]): readonly string[] =>
    names.flatMap((name) => (name.startsWith('local.') ? localNames(name.slice(6)) : [name]));
  const reached = (address: string): ReadonlySet<string> => {
    const found = known.get(address);
    if (found) return found;
    const all = new Set<string>();
    const queue = [address];
    for (const next of queue) {
      const body = bodies.get(next);
      for (const name of body ? expanded(namesInBody(body)) : []) {
        if (all.has(name)) continue;
        all.add(name);
        queue.push(name);
      }
    }
    known.set(address, all);
    return all;
  };
  return reached;
};

const namesInBody = ({ attributes, blocks }: Body): readonly string[] => [
  ...attributes.flatMap(({ value }) => namesIn(value)),
  ...blocks.flatMap(({ body }) => namesInBody(body)),
];

const namesIn = (expression: Expression): readonly string[] => {
  const found: string[] = [];
  walkExpression(expression, (part) => {
    if (part.type !== 'attribute') return;
    const { of, name } = part;
    if (of.type === 'variable') found.push(`${of.name}.${name}`);
    else if (of.type === 'attribute' && of.of.type === 'variable' && of.of.name === 'data') found.push(`data.${of.name}.${name}`);
  });
  return found;
};
