import { type ParsedText, parseYaml } from './parse.ts';
import { wholeFile } from './place.ts';

/** A file as far as a parser cares. */
interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** A parser that reads each file once: everyone in a run shares its trees. */
export const createFileParser = (): ((file: TextFile) => ParsedText) => {
  const parsed = new WeakMap<TextFile, ParsedText>();
  return (file) => {
    const known = parsed.get(file);
    if (known) return known;
    const result = parseYaml(file.text, wholeFile(file.path));
    parsed.set(file, result);
    return result;
  };
};
