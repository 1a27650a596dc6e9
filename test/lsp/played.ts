/** A repository in an editor: places in its files by the text that stands there, and answers as `path:line`. */
import { afterAll, beforeAll } from 'vitest';
import type { Hover, Location, Position, WorkspaceEdit } from 'vscode-languageserver-protocol';
import type { Texts } from '../fixture.ts';
import { removeDirectory, repositoryOf } from '../git-repository.ts';
import { type Client, type Setting, startClient } from './client.ts';

/** What `flux bootstrap` leaves in a cluster's directory. */
export const sync = (cluster: string) => `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m
  url: ssh://git@git.example.com/fleet
  ref:
    branch: main
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 10m
  path: ./clusters/${cluster}
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`;

/** The place of a text in another: at its start, or so many characters behind. */
export const positionOf = (text: string, wanted: string, behind = 0): Position => {
  const offset = text.indexOf(wanted) + behind;
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
};

export interface Played {
  readonly client: () => Client;
  readonly root: () => string;
  readonly ask: <T>(method: string, params: object) => Promise<T>;
  /** In the text that the file has at first: on the last letter of what is named last, each behind the one before. */
  readonly at: (
    path: string,
    ...words: readonly string[]
  ) => { readonly textDocument: { readonly uri: string }; readonly position: Position };
  readonly definitions: (path: string, ...words: readonly string[]) => Promise<readonly string[]>;
  readonly references: (path: string, ...words: readonly string[]) => Promise<readonly string[]>;
  readonly hover: (path: string, ...words: readonly string[]) => Promise<string>;
  /** Each change as `path:line text`. */
  readonly changesOf: (edit: WorkspaceEdit | null) => readonly string[];
}

/** For all tests of a file: a repository of these texts, and a client that has it open. */
export const playRepository = (texts: Texts, setting?: Setting): Played => {
  let root = '';
  let client: Client | undefined;
  beforeAll(async () => {
    root = repositoryOf(texts);
    client = await startClient(root, setting);
  });
  afterAll(async () => {
    await client?.end();
    removeDirectory(root);
  });
  const started = (): Client => {
    if (!client) throw new Error('the client is started before the first test');
    return client;
  };
  const ask = <T>(method: string, params: object): Promise<T> => started().connection.sendRequest<T>(method, params);
  const relative = (uri: string) => uri.slice(started().uri('').length + 1);
  const at: Played['at'] = (path, ...words) => {
    const text = texts[path] ?? '';
    const start = words.reduce((from, word) => text.indexOf(word, from), 0);
    if (start === -1) throw new Error(`${path} has no ${words.join(' … ')}`);
    const position = positionOf(text, '', start + (words.at(-1) ?? '').length - 1);
    return { textDocument: { uri: started().uri(path) }, position };
  };
  const places = (locations: readonly Location[] | null): readonly string[] =>
    (locations ?? []).map(({ uri, range }) => `${relative(uri)}:${range.start.line + 1}`).sort();
  return {
    client: started,
    root: () => root,
    ask,
    at,
    definitions: async (path, ...words) => places(await ask<Location[]>('textDocument/definition', at(path, ...words))),
    references: async (path, ...words) =>
      places(await ask<Location[]>('textDocument/references', { ...at(path, ...words), context: { includeDeclaration: false } })),
    hover: async (path, ...words) => {
      const hover = await ask<Hover | null>('textDocument/hover', at(path, ...words));
      return typeof hover?.contents === 'object' && 'value' in hover.contents ? hover.contents.value : '';
    },
    changesOf: (edit) =>
      Object.entries(edit?.changes ?? {})
        .flatMap(([uri, edits]) => edits.map(({ range, newText }) => `${relative(uri)}:${range.start.line + 1} ${newText}`))
        .sort(),
  };
};
