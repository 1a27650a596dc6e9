/** The API server, asked as an administrator. Its certificate is its own. */
import { request } from 'node:https';

export interface Reply {
  readonly status: number;
  readonly text: string;
}

export interface Api {
  readonly get: (path: string) => Promise<Reply>;
  /** Server-side apply, as kubectl and Flux do it. */
  readonly apply: (path: string, object: object) => Promise<Reply>;
  readonly merge: (path: string, patch: object) => Promise<Reply>;
}

export const apiAt = (port: number, token: string): Api => {
  const send = (method: string, path: string, type: string, body: string): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, ...(body !== '' && { 'content-type': type }) };
      const sent = request({ host: '127.0.0.1', port, path, method, headers, rejectUnauthorized: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    get: (path) => send('GET', path, '', ''),
    apply: (path, object) =>
      send('PATCH', `${path}?fieldManager=compare&force=true`, 'application/apply-patch+yaml', JSON.stringify(object)),
    merge: (path, patch) => send('PATCH', path, 'application/merge-patch+json', JSON.stringify(patch)),
  };
};
