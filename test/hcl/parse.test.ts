import { describe, expect, it } from 'vitest';
import { readJsonBody } from '../../src/hcl/syntax/json-body.ts';
import { parseBody, parseTemplate } from '../../src/hcl/syntax/parse.ts';
import { partsOf, walkExpression } from '../../src/hcl/walk.ts';
import { wholeFile } from '../../src/yaml/place.ts';

const parse = (text: string) => parseBody(text, wholeFile('main.tf'));
const sliced = (text: string, { start, end }: { readonly start: number; readonly end: number }) => text.slice(start, end);

describe('bodies', () => {
  it('reads blocks, labels and arguments, each with its stretch of the text', () => {
    const text = 'resource "a" "b" {\n  path = "x/${var.y}" # why\n  inner { z = 1 }\n}\nlocals { k = [1, 2] }\n';
    const { body, failures } = parse(text);
    expect(failures).toEqual([]);
    expect(body.blocks.map(({ type, labels }) => [type, ...labels.map((label) => label.text)])).toEqual([
      ['resource', 'a', 'b'],
      ['locals'],
    ]);
    const [resource] = body.blocks;
    expect(resource && sliced(text, resource.header)).toBe('resource "a" "b" {');
    const [path] = resource?.body.attributes ?? [];
    expect(path && sliced(text, path.value.span)).toBe('"x/${var.y}"');
    expect(resource?.body.blocks[0]?.body.attributes[0]?.name).toBe('z');
  });

  it('goes on behind what is broken, and tells it once', () => {
    const { body, failures } = parse('locals {\n  a = = 1\n}\noutput "x" {\n  value = 1\n}\nvariable "y" {\n');
    expect(body.blocks.map(({ type }) => type)).toEqual(['output']);
    expect(failures.map(({ message }) => message.split(':')[0])).toEqual(['Invalid expression', 'Unclosed configuration block']);
  });

  it.each([
    ['a heredoc without end', 'a = <<EOT\nnever\nends\n', 'no line holds EOT alone'],
    ['a quoted text without end', 'a = "never\n', 'Invalid multi-line string'],
    ['a template in a label', 'resource "${x}" {\n}\n', 'holds no template'],
    ['brackets without end', 'a = [1, 2\n', 'Missing item separator'],
    ['a comment without end', '/* never', 'Unterminated comment'],
  ])('refuses %s', (_, text, message) => {
    expect(parse(text).failures[0]?.message).toContain(message);
  });

  it.each([
    ['brackets', `a = ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`],
    ['parentheses', `a = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\n`],
    ['blocks', `${'a {\n'.repeat(10_000)}${'}\n'.repeat(10_000)}`],
    ['templates', `a = ${'"${'.repeat(10_000)}1${'}"'.repeat(10_000)}\n`],
    ['signs', `a = ${'-'.repeat(10_000)}1\n`],
    ['conditionals', `a = ${'true ? 1 : '.repeat(10_000)}2\n`],
    ['directives', `a = "${'%{ if true }'.repeat(10_000)}"\n`],
  ])('ends at a limit: 10,000 %s in each other', (_, text) => {
    const start = process.cpuUsage();
    expect(parse(text).failures.length).toBeGreaterThan(0);
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
  });

  it('reads the JSON form as the native one', () => {
    const text = JSON.stringify({ resource: { kubectl_manifest: { x: { yaml_body: 'name: ${var.y}', count: 2 } } }, locals: { a: ['b'] } });
    const { body, failures } = readJsonBody(text, wholeFile('main.tf.json'));
    expect(failures).toEqual([]);
    expect(body.blocks.map(({ type, labels }) => [type, ...labels.map((label) => label.text)])).toEqual([
      ['resource', 'kubectl_manifest', 'x'],
      ['locals'],
    ]);
    const value = body.blocks[0]?.body.attributes[0]?.value;
    expect(value?.type).toBe('template');
    expect(value && sliced(text, value.span)).toBe('name: ${var.y}');
  });
});

describe('a conflict that git left', () => {
  const text = 'a = 1\n<<<<<<< HEAD\nb = 2\n=======\n>>>>>>> develop\nc = 3\n';

  it('is one failure, at its first line, and the rest is read', () => {
    const { body, failures } = parse(text);
    expect(failures.map(({ message, span }) => [message.split(':')[0], sliced(text, span)])).toEqual([
      ["Git's conflict markers stand in this file", '<<<<<<< HEAD'],
    ]);
    expect(body.attributes.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('is none inside a heredoc', () => {
    expect(parse(`x = <<EOT\n${text}EOT\n`).failures).toEqual([]);
  });
});

describe('templates', () => {
  it('cuts text at the end of each line, and knows where each piece stands', () => {
    const text = 'a: ${x}\n%{ if y ~}\n  b: 1\n%{ endif ~}\nc\n';
    const parsed = parseTemplate(text, wholeFile('t'));
    if (!('value' in parsed) || parsed.value.type !== 'template') throw new Error('no template');
    const [first, , newline, branch, last] = parsed.value.parts;
    expect(first && sliced(text, first.span)).toBe('a: ');
    expect(newline?.type === 'text' && newline.text).toBe('\n');
    expect(branch?.type === 'if' && branch.then.map((part) => part.type === 'text' && part.text)).toEqual(['  b: 1\n']);
    expect(last?.type === 'text' && last.text).toBe('c\n');
  });

  it('has every expression in its walk', () => {
    const { body } = parse('a = "${f(b[c], [for k, v in d : k => e if g]...)} %{ for i in h }${j}%{ endfor }"\n'.replace('k => e', 'e'));
    const names: string[] = [];
    const value = body.attributes[0]?.value;
    if (value) walkExpression(value, (part) => part.type === 'variable' && names.push(part.name));
    expect(names).toEqual(['b', 'c', 'd', 'e', 'g', 'h', 'j']);
    expect(value && partsOf(value)).toHaveLength(3);
  });
});
