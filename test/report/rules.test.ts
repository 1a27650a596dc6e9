import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { jsonCatalogue, jsonPage } from '../../src/report/rules/json.ts';
import { markdownCatalogue, markdownPage } from '../../src/report/rules/markdown.ts';
import { prose } from '../../src/report/rules/prose.ts';
import { textCatalogue, textPage } from '../../src/report/rules/text.ts';
import { sampleRules } from './sample.ts';

const plain = { colour: new Chalk({ level: 0 }), width: 100 };
const fixture = (name: string) => `../../fixtures/reports/rules/${name}`;
const [plainRule, ruleWithOptions] = sampleRules;
if (!plainRule || !ruleWithOptions) throw new Error('the sample has lost its rules');

it.each([
  ['catalogue.txt', textCatalogue(sampleRules, plain)],
  ['catalogue.json', jsonCatalogue(sampleRules)],
  ['catalogue.md', markdownCatalogue(sampleRules)],
  ['page.txt', textPage(ruleWithOptions, plain)],
  ['page.json', jsonPage(ruleWithOptions)],
  ['page.md', markdownPage(ruleWithOptions)],
  ['page-hint.md', markdownPage(plainRule)],
])('%s', async (name, text) => {
  await expect(text).toMatchFileSnapshot(fixture(name));
});

it('fences code that holds a fence', () => {
  const page = markdownPage({ ...plainRule, examples: { bad: 'a: |\n  ```\n', good: 'b: 1\n' } });
  expect(page).toContain('````yaml\na: |\n  ```\n````');
});

it('turns the markers of the tests into words', () => {
  const bad = 'spec:\n  # expect: a/b\n  path: ./x # expect: a/b "part"\n';
  expect(markdownPage({ ...plainRule, examples: { bad, good: 'b: 1\n' } })).toContain(
    'spec:\n  # reported below\n  path: ./x # <- reported\n',
  );
});

describe('prose', () => {
  it('takes the indentation of the source away and joins the lines of a paragraph', () => {
    expect(prose('One\n    two.\n\n    Three.')).toBe('One two.\n\nThree.');
  });
  it('leaves the lines of a list', () => {
    expect(prose('- one\n    - two')).toBe('- one\n- two');
  });
});
