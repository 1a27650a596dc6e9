/** Files → what their generators make. */
import { expandFiles } from './generate/find-generators.ts';
import type { Generated } from './generate/generated.ts';
import { createSources, type Sources } from './lint/sources.ts';
import { openWorkspace, type Request } from './workspace.ts';
import { createFileParser } from './yaml/file-parser.ts';

export interface Expanded {
  readonly generators: readonly Generated[];
  readonly locate: Sources['location'];
}

/** @throws UsageError where it cannot be done as asked */
export const openGenerators = async (request: Request): Promise<Expanded> => {
  const { files, paths, watch } = await openWorkspace({ ...request, mayBeEmpty: true });
  const generators = expandFiles({ files, parse: createFileParser(watch), paths });
  return { generators, locate: createSources([{ prefix: '', files }]).location };
};
