/** Mutated repositories: what must hold of the check whatever the files hold. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { applyFixes } from '../../src/lint/fix/apply-fixes.ts';
import { lineTable } from '../../src/yaml/lines.ts';
import { lintTexts, readTexts, type Texts, toFixture } from '../fixture.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly runs: number;
  /** Directories whose files are mutated, repository by repository. */
  readonly repositories: readonly string[];
}

/** Every case of the rules' fixtures. */
export const fixtureRepositories = (): readonly string[] =>
  directoriesIn(join(import.meta.dirname, '../../fixtures/rules'))
    .flatMap(directoriesIn)
    .flatMap(directoriesIn);

export const directoriesIn = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .sort()
        .map((name) => join(directory, name))
        .filter((path) => statSync(path).isDirectory())
    : [];

/** Throws with the smallest counterexample where something does not hold. */
export const fuzz = ({ seed, runs, repositories }: FuzzOptions): void => {
  const repository = fc.constantFrom(...repositories);
  fc.assert(
    fc.property(repository, fc.array(mutation, { minLength: 1, maxLength: 6 }), (directory, mutations) => {
      judge(mutations.reduce(mutate, textsOf(directory)));
    }),
    { seed, numRuns: runs, endOnFailure: false, interruptAfterTimeLimit: 600_000 },
  );
};

const known = new Map<string, Texts>();

const textsOf = (directory: string): Texts => {
  const texts = known.get(directory) ?? toFixture(readTexts(directory)).texts;
  known.set(directory, texts);
  return texts;
};

/** A change at a share of the way through the files, and through the lines of one. */
const mutation = fc.record({
  file: fc.double({ min: 0, max: 0.999, noNaN: true }),
  place: fc.double({ min: 0, max: 0.999, noNaN: true }),
  other: fc.double({ min: 0, max: 0.999, noNaN: true }),
  type: fc.constantFrom('remove', 'repeat', 'move', 'indent', 'outdent', 'insert', 'replace', 'cut', 'value'),
  text: fc.constantFrom(
    ...[
      ':',
      '-',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '|',
      '>',
      '&a ',
      '*a',
      '<<: *a',
      '!!binary ',
      '# flux-lint-disable',
      '---\n',
      '...\n',
    ],
    ...[
      '\t',
      '\r',
      '\ufeff',
      '\u0000',
      '\u2028',
      '\ud800',
      '💥',
      '$',
      '${',
      '${A:=b}',
      '${A',
      '$$',
      '~',
      'null',
      '0o17',
      '1e999',
      '.inf',
      '../..',
    ],
    ...[
      'resources: [.]',
      'patches: [{ patch: "- op: remove" }]',
      'spec: []',
      'metadata: 3',
      'kind: List',
      'items: [{}]',
      '? a\n: b\n',
      '%YAML 1.2\n',
    ],
  ),
});

type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

const mutate = (texts: Texts, { file, place, other, type, text }: Mutation): Texts => {
  const paths = Object.keys(texts).filter((path) => /\.ya?ml$/.test(path) && !/(^|\/)\./.test(path));
  const path = paths[Math.floor(file * paths.length)];
  if (path === undefined) return texts;
  const before = texts[path] ?? '';
  const lines = before.split('\n');
  const at = Math.floor(place * lines.length);
  const line = lines[at] ?? '';
  const offset = Math.floor(place * before.length);
  const mutated = (): string => {
    switch (type) {
      case 'remove':
        return lines.toSpliced(at, 1).join('\n');
      case 'repeat':
        return lines.toSpliced(at, 0, line).join('\n');
      case 'move':
        return lines
          .toSpliced(at, 1)
          .toSpliced(Math.floor(other * lines.length), 0, line)
          .join('\n');
      case 'indent':
        return lines.with(at, `  ${line}`).join('\n');
      case 'outdent':
        return lines.with(at, line.replace(/^ {1,2}/, '')).join('\n');
      case 'insert':
        return before.slice(0, offset) + text + before.slice(offset);
      case 'replace':
        return before.slice(0, offset) + text + before.slice(offset + Math.ceil(other * 8));
      case 'cut':
        return before.slice(0, offset);
      case 'value':
        return lines.with(at, line.replace(/:.*$/, `: ${text}`)).join('\n');
      default:
        return type satisfies never;
    }
  };
  return { ...texts, [path]: mutated() };
};

/** It ends soon, every place lies in its file, and every fix can be made. */
const judge = (texts: Texts): void => {
  const start = process.cpuUsage();
  const { findings } = lintTexts(texts);
  // Of the processor: what else the machine does is nobody's fault.
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  const files = Object.keys(texts).length;
  if (seconds > files + 5) throw new Error(`${files} files took ${seconds.toFixed(1)} s`);
  for (const { ruleId, location, related, fix } of findings) {
    for (const place of [location, ...related.map((other) => other.location)]) {
      const text = texts[place.path] ?? texts[`after/${place.path}`];
      if (place.repository !== undefined || place.revision !== undefined || text === undefined) continue;
      const [from, to] = [offsetOf(text, place.line, place.column), offsetOf(text, place.endLine, place.endColumn)];
      if (from === undefined || to === undefined || from > to) throw new Error(`${ruleId}: ${JSON.stringify(place)} lies outside its file`);
    }
    for (const { path, range } of fix?.edits ?? []) {
      const length = (texts[path] ?? texts[`after/${path}`])?.length ?? -1;
      if (range[0] < 0 || range[0] > range[1] || range[1] > length) throw new Error(`${ruleId}: an edit lies outside ${path}`);
    }
  }
  applyFixes(findings, (path) => texts[path] ?? texts[`after/${path}`], ['safe', 'unsafe']);
};

const offsetOf = (text: string, line: number, column: number): number | undefined => {
  const { lineStart, lineCount } = lineTable(text);
  const offset = lineStart(line) + column - 1;
  const end = line < lineCount ? lineStart(line + 1) : text.length + 1;
  return line < 1 || line > lineCount || column < 1 || offset >= end + 1 ? undefined : offset;
};
