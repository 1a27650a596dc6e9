import { limitExceeded } from '../model/limit-exceeded.ts';
import { unwatched, type Watch } from '../model/watch.ts';
import { limits } from './limits.ts';
import { type ParsedText, parseYaml } from './parse.ts';
import { wholeFile } from './place.ts';

/** A file as far as a parser cares. */
interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** A parser that reads each file once: everyone in a run shares its trees. */
export const createFileParser = ({ during, count }: Watch = unwatched): ((file: TextFile) => ParsedText) => {
  const parsed = new WeakMap<TextFile, ParsedText>();
  let total = 0;
  return (file) => {
    const known = parsed.get(file);
    if (known) return known;
    // A text is read when it is first asked for.
    const text = during('files', () => file.text);
    total += text.length;
    const result = total > limits.total ? tooMuch(file.path) : during('parsing', () => parseYaml(text, wholeFile(file.path)));
    count('file', 1);
    parsed.set(file, result);
    return result;
  };
};

const tooMuch = (path: string): ParsedText => {
  const at = { span: { path, start: 0, end: 0 }, via: [] };
  const message = `The files before this one have ${limits.total} characters together; flux-lint reads no further.`;
  return {
    documents: [],
    problems: [limitExceeded(at, message, 'Leave out what no build needs with .sourceignore; docs/limits.md says more.')],
  };
};
