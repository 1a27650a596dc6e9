/**
 * Text → documents whose every node knows its span. Never throws on input: what is wrong is a problem with a position,
 * and the documents that can be read are read. The grammar is the `yaml` package's; types of scalars, merge keys,
 * aliases and limits are ours, since they must be go-yaml's and keep origins.
 */
import { Composer, type CST, Parser } from 'yaml';
import { conflictMarker } from '../model/conflict-marker.ts';
import type { StepProblem } from '../model/problem.ts';
import { readBlock } from './block/read-block.ts';
import { convert, holdsSchema } from './convert.ts';
import { limits } from './limits.ts';
import { nestingDepth } from './nesting.ts';
import type { Document } from './node.ts';
import { aliasKeys } from './package/alias-keys.ts';
import { tokensOf } from './package/tokens.ts';
import type { Place } from './place.ts';

export interface ParsedText {
  /** Those that could be read. A reader that must have all of them looks at `problems` first. */
  readonly documents: readonly Document[];
  readonly problems: readonly StepProblem[];
}

/** @param place maps offsets of `text` to the repository (`wholeFile(path)`, `insideScalar(...)`) */
export const parseYaml = (text: string, place: Place): ParsedText => {
  if (text.length > limits.size) {
    const message = `The file has ${text.length} characters, more than the ${limits.size} that flux-lint reads.`;
    return { documents: [], problems: [limitIn(text, place)(0, message)] };
  }
  const conflict = conflictMarker(text);
  if (conflict) {
    const message = "Git's conflict markers stand in this file: it is no YAML, and kustomize rejects it (MalformedYAMLError).";
    const hint = 'Finish the merge: keep one of the two sides, and take the markers out.';
    return {
      documents: [],
      problems: [problemIn(text, place)('manifest/unresolved-merge-conflict', conflict.start, conflict.end, message, hint)],
    };
  }
  const documents = holdsSchema(text) ? undefined : readBlock(text, place);
  if (documents) return { documents, problems: [] };
  // What the reader takes has none.
  const control = controlCharacter(text);
  if (control === undefined) return readWithPackage(text, place);
  const message = `Not valid YAML: control characters are not allowed, and here is U+${control.code}.`;
  return { documents: [], problems: [problemIn(text, place)('manifest/invalid-yaml', control.at, control.at + 1, message)] };
};

/** What go-yaml reads nowhere, not even in a comment (`readerc.go`). */
const controlCharacter = (text: string): { readonly at: number; readonly code: string } | undefined => {
  const at = text.search(/[^\t\n\r\x20-\x7e\u0085\u00a0-\ufffd]/);
  return at === -1 ? undefined : { at, code: text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0') };
};

/** What the `yaml` package makes of a text: all of YAML, in several times the time of `readBlock`. */
export const readWithPackage = (text: string, place: Place): ParsedText => {
  const tooDeep = nestingDepth(text) > limits.depth;
  if (tooDeep) return { documents: [], problems: [limitIn(text, place)(0, `Collections are nested more than ${limits.depth} deep.`)] };
  const read = withoutStacks(() => readTokens(text, place, (given) => new Parser().parse(given)));
  if (!read.problems.some(({ ruleId }) => ruleId === 'manifest/invalid-yaml')) return read;
  // Where both fail, the package tells better where a quote or a bracket was forgotten.
  const readAsGo = withoutStacks(() => readTokens(text, place, tokensOf));
  return readAsGo.problems.length === 0 ? readAsGo : read;
};

/**
 * The package makes an error of everything that is wrong, hundreds for a template of a chart, and where it did so, which each error
 * of JavaScript notes, takes longer than all the rest.
 */
const withoutStacks = <T>(read: () => T): T => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return read();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};

const readTokens = (text: string, place: Place, tokens: (text: string) => Iterable<CST.Token>): ParsedText => {
  const problem = problemIn(text, place);
  const limit = limitIn(text, place);
  const documents: Document[] = [];
  const problems: StepProblem[] = [];
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false, strict: false, keepSourceTokens: false });
  const keys = aliasKeys(text);
  const hasSchema = holdsSchema(text);
  let index = 0;
  let aliased = 0;
  for (const document of composer.compose(tokens(keys?.text ?? text), true, text.length)) {
    const error = document.errors.find(({ message }) => !isOfComment(message));
    const [start, , end] = document.range;
    if (error) {
      problems.push(problem('manifest/invalid-yaml', error.pos[0], error.pos[1], `Not valid YAML: ${error.message}`));
      index++;
      continue;
    }
    const converted = convert(document.contents, { text, place, aliasedBefore: aliased, keys, hasSchema });
    aliased = converted.aliased;
    if (converted.failure) {
      const { type, message, at } = converted.failure;
      problems.push(type === 'limit' ? limit(at, message) : problem('manifest/invalid-yaml', at, at + 1, message));
    } else {
      documents.push({ index, root: converted.root, span: place(start, end), ...(converted.hasShadowed ? { hasShadowed: true } : {}) });
    }
    index++;
    if (converted.failure?.type === 'limit') break;
  }
  return { documents, problems };
};

/** To go-yaml whatever begins with # where a token could begin is a comment. */
const isOfComment = (message: string): boolean => message.startsWith('Comments must be separated from other tokens');

const problemIn =
  (text: string, place: Place) =>
  (ruleId: string, start: number, end: number, message: string, hint?: string): StepProblem => ({
    ruleId,
    // The package says of what ends too soon that it lacks the character behind the end.
    at: { span: place(Math.min(start, text.length), Math.min(end, text.length)), via: [] },
    message,
    hint,
  });

const limitIn =
  (text: string, place: Place) =>
  (start: number, message: string): StepProblem =>
    problemIn(text, place)(
      'manifest/limit-exceeded',
      start,
      start,
      message,
      'Split the file, or exclude it with .sourceignore if no build needs it.',
    );
