/** The repository as outsiders meet it: its workflows run what was read, its forms open, editors format as the formatter does. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import biome from '../../biome.json' with { type: 'json' };

const textsIn = (directory: string): readonly (readonly [name: string, text: string])[] =>
  readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')] as const);

describe('workflows', () => {
  const used = textsIn('.github/workflows').flatMap(([name, text]) =>
    [...text.matchAll(/uses: (.+)$/gm)].map(([, action = '']) => [name, action] as const),
  );

  it('use actions', () => {
    expect(used.length).toBeGreaterThan(10);
  });

  // A tag can be moved to other code; Dependabot reads the version behind the commit, and raises both.
  it.each(used)('%s pins %s to a commit, and names its version', (_, action) => {
    expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('pin an action to one commit', () => {
    const pins = new Set(used.map(([, action]) => action));
    expect(new Set([...pins].map((action) => action.replace(/@.*/, ''))).size).toBe(pins.size);
  });
});

interface Form {
  readonly name?: string;
  readonly description?: string;
  readonly body?: readonly { readonly type?: string; readonly id?: string; readonly attributes?: { readonly label?: string } }[];
}

describe('issue forms', () => {
  const forms = textsIn('.github/ISSUE_TEMPLATE').filter(([name]) => name !== 'config.yml');

  // What GitHub demands, else it offers the form to nobody and says so to nobody.
  it.each(forms)('%s is one', (_, text) => {
    // The parser gives any value; each field is looked at below.
    const form = parse(text) as Form;
    expect([typeof form.name, typeof form.description]).toEqual(['string', 'string']);
    const fields = (form.body ?? []).filter(({ type }) => type !== 'markdown');
    expect(fields.length).toBeGreaterThan(0);
    for (const field of fields) expect(['input', 'textarea', 'dropdown', 'checkboxes']).toContain(field.type);
    expect(fields.filter(({ attributes }) => !attributes?.label)).toEqual([]);
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
  });
});

it('.editorconfig says what biome.json says', () => {
  const [everywhere = ''] = readFileSync('.editorconfig', 'utf8').split(/^\[fixtures/m);
  const { indentStyle, indentWidth, lineWidth } = biome.formatter;
  expect(everywhere.split('\n')).toEqual(
    expect.arrayContaining([`indent_style = ${indentStyle}`, `indent_size = ${indentWidth}`, `max_line_length = ${lineWidth}`]),
  );
});
