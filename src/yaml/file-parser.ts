import type { File } from '../files/files.ts';
import { type ParsedText, parseYaml } from './parse.ts';
import { wholeFile } from './place.ts';

/** A parser that reads each file once: everyone in a run shares its trees. */
export const createFileParser = (): ((file: File) => ParsedText) => {
  const parsed = new WeakMap<File, ParsedText>();
  return (file) => {
    const known = parsed.get(file);
    if (known) return known;
    const result = parseYaml(file.text, wholeFile(file.path));
    parsed.set(file, result);
    return result;
  };
};
