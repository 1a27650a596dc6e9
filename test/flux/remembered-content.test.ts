import { expect, it } from 'vitest';
import type { FoundRoot } from '../../src/flux/evaluation.ts';
import { createEvaluationMemory } from '../../src/flux/evaluation-memory.ts';
import { rememberedVariables } from '../../src/flux/remembered-content.ts';
import type { ObjectLookup } from '../../src/flux/substitution/variables.ts';
import { mapNode, withEntry } from '../../src/yaml/edit.ts';
import { child, isMap, type MapNode } from '../../src/yaml/node.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { wholeFile } from '../../src/yaml/place.ts';

const objectOf = (text: string, path = 'object.yaml'): MapNode => {
  const root = parseYaml(text, wholeFile(path)).documents[0]?.root;
  if (!isMap(root)) throw new Error('no object');
  return root;
};

const root: FoundRoot = {
  directory: '',
  folder: '',
  evidence: 'config',
  shownBy: undefined,
  sync: { namespace: 'flux-system', name: 'flux-system', written: undefined },
};

const shop = objectOf(
  'kind: Kustomization\nmetadata: { name: shop }\nspec: { path: ./shop, postBuild: { substituteFrom: [{ kind: ConfigMap, name: vars }] } }\n',
);
/** Patched alike: its `postBuild` is the same node. */
const billing = withEntry(objectOf('kind: Kustomization\nmetadata: { name: billing }\n'), 'spec', child(shop, 'spec') ?? mapNode([], shop));

const vars = (color: string, path?: string) => objectOf(`kind: ConfigMap\nmetadata: { name: vars }\ndata: { color: ${color} }\n`, path);
const lookupOf = (found: MapNode | undefined): ObjectLookup => ({ find: () => found, configured: new Map(), external: () => undefined });

const variablesFor = () => rememberedVariables(createEvaluationMemory().ofRoot(root));

it('gives Kustomizations that are patched alike the same variables', () => {
  const variables = variablesFor();
  const found = vars('red');
  const first = variables(shop, 'apps', lookupOf(found));
  expect(first.known.get('color')?.value).toBe('red');
  expect(variables(billing, 'apps', lookupOf(found))).toBe(first);
});

it('tells apart what they find, and where they look', () => {
  const variables = variablesFor();
  const red = variables(shop, 'apps', lookupOf(vars('red')));
  expect(variables(billing, 'apps', lookupOf(vars('blue'))).known.get('color')?.value).toBe('blue');
  expect(variables(billing, 'apps', lookupOf(undefined)).open).toContain('apps/vars');
  expect(variables(billing, 'other', lookupOf(undefined)).open).toContain('other/vars');
  expect(red.known.get('color')?.value).toBe('red');
});

it('settles where a source is there for some of a round and not for others', () => {
  const variables = variablesFor();
  const [found, missing] = [lookupOf(vars('red')), lookupOf(undefined)];
  const round = () => [variables(shop, 'apps', missing), variables(billing, 'apps', found)] as const;
  const [first, second] = [round(), round()];
  expect(second[0]).toBe(first[0]);
  expect(second[1]).toBe(first[1]);
});

it('takes what is made anew and says the same for the same', () => {
  const variables = variablesFor();
  const first = variables(shop, 'apps', lookupOf(vars('red')));
  expect(variables(shop, 'apps', lookupOf(vars('red')))).toBe(first);
  expect(variables(shop, 'apps', lookupOf(vars('red', 'elsewhere.yaml')))).not.toBe(first);
});
