/** Templates with the answers of Go's text/template and slim-sprig; `npm run compare:gotemplate -- --golden` writes them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renderedAsOperator } from '../../scripts/gotemplate-oracle/rendered.ts';

interface Golden {
  readonly template: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly output?: string;
  readonly fails?: true;
}

const cases: readonly Golden[] = readFileSync(join(import.meta.dirname, 'golden.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

it('has answers to compare with', () => {
  expect(cases.filter(({ output }) => output !== undefined).length).toBeGreaterThan(150);
});

it.each(cases.map((golden) => [golden.template, golden] as const))('%j', (_, golden) => {
  const { output, error } = renderedAsOperator(golden);
  if (golden.fails) expect(error).toBeDefined();
  else expect(output).toBe(golden.output);
});
