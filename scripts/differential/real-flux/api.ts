/** The API server, asked as an administrator. Its certificate is its own. */
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

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
  const once = (method: string, path: string, type: string, body: string): Promise<Reply> =>
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
  /** On a machine with other work to do a connection may break. */
  const send = async (method: string, path: string, type: string, body: string, attempts = 5): Promise<Reply> => {
    try {
      return await once(method, path, type, body);
    } catch (error) {
      if (attempts === 1) throw error;
      await sleep(500);
      return send(method, path, type, body, attempts - 1);
    }
  };
  return {
    get: (path) => send('GET', path, '', ''),
    apply: (path, object) =>
      send('PATCH', `${path}?fieldManager=compare&force=true`, 'application/apply-patch+yaml', JSON.stringify(object)),
    merge: (path, patch) => send('PATCH', path, 'application/merge-patch+json', JSON.stringify(patch)),
  };
};
