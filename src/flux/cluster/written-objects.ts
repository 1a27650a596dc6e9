import { byText, type Files } from '../../files/files.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { isMap } from '../../yaml/node.ts';
import type { WrittenObject } from '../evaluation.ts';
import { isFluxObject } from '../kinds.ts';

const mayHoldFlux = /\.toolkit\.fluxcd\.io\/|source\.extensions\.fluxcd\.io\/|fluxcd\.controlplane\.io\//;

/** Every Flux object as it is written somewhere in the tree, patches and templates that parse among them, in path order. */
export const writtenFluxObjects = (files: Files, parse: ParseFile): readonly WrittenObject[] => {
  const found: WrittenObject[] = [];
  for (const path of files.paths) {
    if (!/\.ya?ml$/.test(path) || files.entry(path) !== 'file') continue;
    const file = files.file(path);
    if (!file || !mayHoldFlux.test(file.text)) continue;
    for (const { root } of parse(file).documents) if (isMap(root) && isFluxObject(root)) found.push({ path, root });
  }
  return found.sort((a, b) => byText(a.path, b.path) || a.root.span.start - b.root.span.start);
};
