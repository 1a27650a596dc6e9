import { unwatched, type Watch } from '../model/watch.ts';
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
  return (file) => {
    const known = parsed.get(file);
    if (known) return known;
    // A text is read when it is first asked for.
    const text = during('files', () => file.text);
    const result = during('parsing', () => parseYaml(text, wholeFile(file.path)));
    count('file', 1);
    parsed.set(file, result);
    return result;
  };
};
