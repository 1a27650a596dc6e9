/** The YAML language server that editors run, over standard input and output, without the network. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { onTestFinished } from 'vitest';

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: Position };
}

export interface Completion {
  readonly label: string;
  readonly documentation: string | { readonly value: string } | undefined;
  readonly insertText: string | undefined;
}

/** One open document. */
export interface OpenedDocument {
  readonly diagnostics: () => Promise<readonly Diagnostic[]>;
  readonly hover: (position: Position) => Promise<string>;
  readonly complete: (position: Position) => Promise<readonly Completion[]>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly items?: readonly unknown[]; readonly uri?: string; readonly diagnostics?: readonly Diagnostic[] };
  readonly result?: unknown;
}

const uri = 'file:///repository/.flux-lint.yaml';
const settings = {
  yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false }, kubernetesCRDStore: { enable: false } },
};

/** Starts the server as an editor does and opens a text in it; both end with the test. */
export const openInEditor = async (text: string): Promise<OpenedDocument> => {
  const require = createRequire(import.meta.url);
  const server = spawn(process.execPath, [require.resolve('yaml-language-server/bin/yaml-language-server'), '--stdio']);
  onTestFinished(() => {
    server.kill();
  });
  const waiting = new Map<number, (result: unknown) => void>();
  let published: (diagnostics: readonly Diagnostic[]) => void = () => {};
  const diagnostics = new Promise<readonly Diagnostic[]>((resolve) => {
    published = resolve;
  });
  const send = (message: object) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const receive = ({ id, method, params, result }: Message) => {
    if (method === 'textDocument/publishDiagnostics' && params?.uri === uri) published(params.diagnostics ?? []);
    else if (method === 'workspace/configuration') send({ id, result: (params?.items ?? []).map(() => settings.yaml) });
    else if (method !== undefined && id !== undefined) send({ id, result: null });
    else if (id !== undefined) waiting.get(id)?.(result);
  };
  let received = Buffer.alloc(0);
  server.stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const end = received.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(received.toString('latin1', 0, Math.max(0, end)))?.[1]);
      if (end === -1 || received.length < end + 4 + length) return;
      // What the server of the protocol says has its shape.
      const message: Message = JSON.parse(received.toString('utf8', end + 4, end + 4 + length));
      received = received.subarray(end + 4 + length);
      receive(message);
    }
  });
  let count = 0;
  const request = (method: string, params: object): Promise<unknown> => {
    const id = ++count;
    send({ id, method, params });
    return new Promise((resolve) => waiting.set(id, resolve));
  };

  const textDocument = { completion: { completionItem: { documentationFormat: ['markdown'] } }, hover: { contentFormat: ['markdown'] } };
  await request('initialize', { processId: process.pid, rootUri: null, capabilities: { textDocument } });
  send({ method: 'initialized', params: {} });
  send({ method: 'workspace/didChangeConfiguration', params: { settings } });
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text } } });
  const place = (position: Position) => ({ textDocument: { uri }, position });
  return {
    diagnostics: () => diagnostics,
    hover: async (position) => JSON.stringify(await request('textDocument/hover', place(position))),
    complete: async (position) => {
      // A list of items in either of the protocol's two forms.
      const answer = (await request('textDocument/completion', place(position))) as Completion[] | { readonly items: Completion[] } | null;
      return answer === null ? [] : 'items' in answer ? answer.items : answer;
    },
  };
};
