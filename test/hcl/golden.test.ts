/** Expressions with the answers of Terraform 1.11 (`npm run compare:terraform -- --golden test/hcl/golden.jsonl`). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { evaluated } from '../../scripts/hcl-oracle/evaluated.ts';

interface Golden {
  readonly expression: string;
  readonly json?: string;
  readonly fails?: true;
}

const golden = readFileSync(join(import.meta.dirname, 'golden.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): Golden => JSON.parse(line));

it(`evaluates ${golden.length} expressions as Terraform does`, () => {
  const differing = golden.filter(({ expression, json }) => {
    const ours = evaluated(expression);
    if ('unknown' in ours) return false;
    return json === undefined ? !('fails' in ours) : !('json' in ours) || ours.json !== json;
  });
  expect(differing).toEqual([]);
});
