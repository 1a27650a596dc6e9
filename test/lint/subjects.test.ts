import { expect, it } from 'vitest';
import { memoryFiles } from '../../src/files/memory.ts';
import { documentsOf } from '../../src/lint/subjects.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { wholeFile } from '../../src/yaml/place.ts';

it('reads the files alone that are asked for by their text', () => {
  const files = memoryFiles({ 'a.yaml': 'kind: Component\n', 'b.yaml': 'jobs: {}\n---\nkind: Other\n', 'c.txt': 'kind: Component\n' });
  const read: string[] = [];
  const parse = (file: { readonly path: string; readonly text: string }) => {
    read.push(file.path);
    return parseYaml(file.text, wholeFile(file.path));
  };
  const asked = { isAsked: (text: string) => text.includes('Component'), isReached: () => true };
  expect(documentsOf(files, parse, asked).map(({ path, index, isReached }) => ({ path, index, isReached }))).toEqual([
    { path: 'a.yaml', index: 0, isReached: true },
  ]);
  expect(read).toEqual(['a.yaml']);
  expect(documentsOf(files, parse).map(({ path, index }) => `${path} ${index}`)).toEqual(['a.yaml 0', 'b.yaml 0', 'b.yaml 1']);
});
