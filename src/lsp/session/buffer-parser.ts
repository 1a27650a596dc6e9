import type { File } from '../../files/files.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { createFileParser } from '../../yaml/file-parser.ts';

/** How many texts of buffers are remembered as parsed, before all of them are forgotten. */
const maxBufferTexts = 500;

/**
 * A parser of files and of buffers. What all files together may hold is limited (docs/limits.md), and an hour of typing is
 * no large repository: buffers have a parser of their own, which is begun anew before it has read too much.
 */
export const bufferParser = (isBuffer: (file: File) => boolean): ParseFile => {
  const parseDisk = createFileParser();
  let parseBuffer = createFileParser();
  let seen = new WeakSet<File>();
  let count = 0;
  return (file) => {
    if (!isBuffer(file)) return parseDisk(file);
    if (!seen.has(file) && ++count > maxBufferTexts) {
      parseBuffer = createFileParser();
      seen = new WeakSet();
      count = 1;
    }
    seen.add(file);
    return parseBuffer(file);
  };
};
