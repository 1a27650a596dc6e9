/** Repositories for source-controller: bare ones in a folder, served over HTTP by git itself. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';

export type Texts = Readonly<Record<string, string>>;

/**
 * Writes one commit, always the same for the same files, to `main` and to every other reference.
 *
 * @param references branches and tags as `refs/heads/…` and `refs/tags/…`
 */
export const publish = (folder: string, texts: Texts, references: readonly string[]): void => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  gitIn(folder, ['init', '-q', '--bare', '-b', 'main'], '');
  const files = Object.entries(texts).map(([path, text]) => `M 100644 inline ${JSON.stringify(path)}\n${data(text)}`);
  const message = ['commit refs/heads/main', 'committer fixture <fixture@example.com> 1700000000 +0000', data('case')].join('\n');
  gitIn(folder, ['fast-import', '--quiet'], `${message}${files.join('')}\n`);
  for (const reference of references) gitIn(folder, ['update-ref', reference, 'refs/heads/main'], '');
};

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

const gitIn = (folder: string, args: readonly string[], input: string): void => {
  const { status, stderr } = spawnSync('git', ['-C', folder, ...args], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
};

/** Serves what lies below a folder, by git's own program (https://git-scm.com/docs/git-http-backend). */
export const serve = (folder: string, port: number): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer((request, response) => answer(folder, request, response));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

const answer = (folder: string, request: IncomingMessage, response: ServerResponse): void => {
  const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { 'content-type': type = '', 'content-encoding': encoding = '', 'git-protocol': protocol = '' } = request.headers;
  const { PATH } = process.env;
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: join('/', pathname),
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: type,
      HTTP_CONTENT_ENCODING: encoding,
      GIT_PROTOCOL: `${protocol}`,
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.on('close', () => reply(Buffer.concat(chunks), response));
};

/** What a CGI program writes: headers, an empty line, the body. */
const reply = (output: Buffer, response: ServerResponse): void => {
  const end = output.indexOf('\r\n\r\n');
  const headers = output
    .subarray(0, Math.max(end, 0))
    .toString()
    .split('\r\n')
    .flatMap((line) => {
      const [, name, value] = /^([^:]+): (.*)$/.exec(line) ?? [];
      return name !== undefined && value !== undefined ? [[name, value] as const] : [];
    });
  const status = headers.find(([name]) => name === 'Status')?.[1];
  response.statusCode = status === undefined ? 200 : Number(status.split(' ')[0]);
  for (const [name, value] of headers) if (name !== 'Status') response.setHeader(name, value);
  response.end(output.subarray(end + 4));
};
