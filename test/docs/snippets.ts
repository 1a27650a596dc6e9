/** The code blocks of the documentation, and the command lines of flux-lint in them. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Snippet {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

export interface CommandLine {
  readonly place: string;
  /** Behind the name of the command. */
  readonly argv: readonly string[];
}

/** README and every page that is written by hand. */
export const pages: readonly string[] = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

export const snippetsOf = (page: string): readonly Snippet[] => {
  const text = readFileSync(page, 'utf8').replaceAll('\r\n', '\n');
  return [...text.matchAll(/^( *)```(\w*)\n(.*?)^\1```$/gms)].map(({ index, 1: indent = '', 2: language = '', 3: body = '' }) => ({
    page,
    line: text.slice(0, index).split('\n').length,
    language,
    text: body.replace(new RegExp(`^${indent}`, 'gm'), ''),
  }));
};

/** Command lines with options that stand in a sentence or a table. */
export const inlineCommandLinesOf = (page: string): readonly CommandLine[] => {
  const prose = readFileSync(page, 'utf8').replace(/^ *```.*?^ *```$/gms, (fenced) => fenced.replace(/[^\n]/g, ''));
  return prose
    .split('\n')
    .flatMap((text, index) => [...text.matchAll(/`((?:npx )?flux-lint [^`]*--[^`]+)`/g)].map(([, span = '']) => ({ text: span, index })))
    .flatMap(({ text, index }) => callsIn(text).map((argv) => ({ place: `${page}:${index + 1}`, argv })));
};

/** Every call of `flux-lint` in a snippet of whatever language: from its name to the end of the command. */
export const commandLinesOf = ({ page, line, language, text }: Snippet): readonly CommandLine[] =>
  withoutContinuations(text)
    .split('\n')
    .flatMap((each, index) => {
      // What a command prints is no command; those that are shown being typed have a prompt.
      const typed = language === 'text' ? (/^\$ (.*)/.exec(each)?.[1] ?? '') : each;
      return callsIn(typed).map((argv) => ({ place: `${page}:${line + index + 1}`, argv }));
    });

const withoutContinuations = (text: string): string => text.replace(/\\\n\s*/g, ' ');

/** Where a command begins: of a line, of a step, behind its runner. */
const call =
  /(?:^\s*|- |&& |\b(?:run|script): |\bsh '|\bnpx (?:--yes )?|\bflux (?=lint ))(?:(?:\.\/)?flux-lint(?:@[\w.]+)?|lint|docker run .*ghcr\.io\/flux-lint\/flux-lint:[\w.]+)(?=\s|$)(.*)$/g;

const callsIn = (line: string): readonly (readonly string[])[] =>
  [...line.matchAll(call)].map(({ 0: whole, 1: rest = '' }) => wordsOf(whole.includes("sh '") ? rest.replace(/'\s*$/, '') : rest));

/** Words as a shell splits them, up to the first operator or comment; variables are some word. */
const wordsOf = (text: string): readonly string[] => {
  const plain = text.replace(/\$\{\{.*?\}\}|\$\{[^}]*\}|\$\w+/g, 'variable');
  const words: string[] = [];
  for (const [, double, single, bare, end] of plain.matchAll(
    /\s*(?:((?:[^\s"'#|&;<>()]*"[^"]*")+)|([^\s"'#|&;<>()]*'[^']*')|([^\s"'#|&;<>()]+)|([#|&;<>()].*))/g,
  )) {
    if (end !== undefined) break;
    words.push((double ?? single ?? bare ?? '').replace(/["']/g, ''));
  }
  return words;
};
