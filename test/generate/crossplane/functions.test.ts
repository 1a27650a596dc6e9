/**
 * What function-patch-and-transform and function-go-templating answer to these requests, recorded from their own programs
 * (built from source in August and July 2026): random patches, and templates that each try one thing.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { patchAndTransform } from '../../../src/generate/crossplane/patch/patch-and-transform.ts';
import type { StepInput, StepResult } from '../../../src/generate/crossplane/pipeline-state.ts';
import { goTemplating } from '../../../src/generate/crossplane/template/go-templating.ts';
import { fromValue } from '../../../src/yaml/edit.ts';
import { isMap, type MapNode, toValue, type Value } from '../../../src/yaml/node.ts';

interface Recorded {
  readonly composite?: Value;
  readonly input: Value;
  readonly environment?: Value;
  readonly resources?: Value;
  readonly refused?: boolean;
}

const here = { span: { path: 'composition.yaml', start: 0, end: 0 }, via: [] };

const mapOf = (value: Value | undefined): MapNode => {
  const node = fromValue(value ?? {}, here);
  if (!isMap(node)) throw new Error('a recorded object is a map');
  return node;
};

const recorded = (name: string): readonly Recorded[] =>
  readFileSync(join(import.meta.dirname, name), 'utf8')
    .trim()
    .split('\n')
    .map((line): Recorded => JSON.parse(line));

const stepInput = ({ composite, input, environment }: Recorded): StepInput => ({
  composite: mapOf(composite),
  state: { desired: new Map(), environment: environment === undefined ? undefined : mapOf(environment) },
  input: mapOf(input),
  step: { type: 'composition', at: here.span },
  sourceOf: () => undefined,
});

/** JSON has one kind of number, and whether there are no annotations or none at all does not matter. */
const plain = (value: Value): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner)),
    (key, inner: unknown) => (key === 'annotations' && JSON.stringify(inner) === '{}' ? undefined : inner),
  );

const answer = ({ state, errors }: StepResult): unknown =>
  errors.length > 0 ? 'refused' : plain(Object.fromEntries([...state.desired].map(([name, { root }]) => [name, toValue(root)])));

const expected = ({ refused, resources }: Recorded): unknown => (refused ? 'refused' : plain(resources ?? {}));

describe('function-patch-and-transform', () => {
  const all = recorded('patches.jsonl');
  it.each(all.map((one, index) => [index + 1, one] as const))('line %i', (_, one) => {
    expect(answer(patchAndTransform(stepInput(one)))).toEqual(expected(one));
  });
});

describe('function-go-templating', () => {
  const [first, ...all] = recorded('templates.jsonl');
  it.each(all.map((one, index) => [index + 2, one] as const))('line %i', (_, one) => {
    const composite = first?.composite ?? {};
    expect(answer(goTemplating(stepInput({ ...one, composite })))).toEqual(expected(one));
  });
});
