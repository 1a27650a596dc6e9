/** A real API server, asked by server-side apply with dry-run, as kustomize-controller asks it. */
import { Agent, request } from 'node:https';
import type { Json } from './mutate.ts';

export interface Refusal {
  /** The field, as a list of keys; undefined where the server names none. */
  readonly keys: readonly string[] | undefined;
  readonly message: string;
}

export type Verdict =
  | { readonly type: 'accepted' }
  | { readonly type: 'refused'; readonly by: 'validation' | 'others'; readonly refusals: readonly Refusal[] };

export interface Server {
  readonly version: string;
  /** Undefined where it has no such kind. */
  readonly apply: (object: Json) => Promise<Verdict>;
}

interface Reply {
  readonly status: number;
  readonly body: Status;
}

interface Status {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string; readonly field?: string; readonly message?: string }[] };
  readonly resources?: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
  readonly major?: string;
  readonly minor?: string;
}

/** @param address such as https://127.0.0.1:16443; it is trusted without a certificate, so it should be of this machine */
export const openServer = async (address: string, token: string): Promise<Server> => {
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  const ask = (method: string, path: string, body?: string): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const type = body === undefined ? {} : { 'content-type': 'application/apply-patch+yaml' };
      const headers = { authorization: `Bearer ${token}`, accept: 'application/json', ...type };
      const asked = request(new URL(path, address), { method, agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: bodyOf(Buffer.concat(chunks).toString()) }));
      });
      asked.on('error', reject);
      asked.setTimeout(20_000, () => asked.destroy(new Error(`${address} does not answer`)));
      asked.end(body);
    });
  const { body } = await ask('GET', '/version');
  const resources = new Map<string, Promise<Status>>();
  const resourcesOf = (path: string): Promise<Status> => {
    const known = resources.get(path) ?? ask('GET', path).then((reply) => reply.body);
    resources.set(path, known);
    return known;
  };
  return {
    version: `${body.major}.${body.minor}`,
    apply: async (object) => {
      const { apiVersion, kind, name, namespace } = identity(object);
      const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
      const resource = (await resourcesOf(base)).resources?.find((each) => each.kind === kind && !each.name.includes('/'));
      if (!resource) return { type: 'refused', by: 'validation', refusals: [{ keys: ['kind'], message: 'no matches for kind' }] };
      const place = resource.namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : '';
      const query = 'dryRun=All&fieldManager=kustomize-controller&force=true';
      const reply = await ask('PATCH', `${base}${place}/${resource.name}/${encodeURIComponent(name)}?${query}`, JSON.stringify(object));
      return reply.status < 300 ? { type: 'accepted' } : refusedBy(reply.body, object);
    },
  };
};

const bodyOf = (text: string): Status => {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
};

const identity = (object: Json) => {
  const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
  const root = isMap(object) ? object : {};
  const metadata = isMap(root.metadata ?? null) ? root.metadata : {};
  const of = (name: string): string => text(isMap(metadata ?? null) ? (metadata as { readonly [key: string]: Json })[name] : undefined);
  return { apiVersion: text(root.apiVersion), kind: text(root.kind), name: of('name'), namespace: of('namespace') || 'default' };
};

const isMap = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What depends on the cluster: admission, and what it hands out of a range. */
const ofTheCluster =
  /does not allow this method|must be one of privileged, baseline|admission (webhook|plugin)|not in the valid range|failed to allocate|provided port is already allocated|is forbidden:/;

const refusedBy = ({ message = '', details }: Status, object: Json): Verdict => {
  const by = ofTheCluster.test(message) ? 'others' : 'validation';
  const causes = (details?.causes ?? []).map(({ field, message: words = '' }) => ({
    keys: field === undefined ? undefined : keysIn(field, object),
    message: words,
  }));
  return { type: 'refused', by, refusals: causes.length > 0 ? causes : [{ keys: keysOfMessage(message, object), message }] };
};

/** Where server-side apply names the field in its words: `.spec.ports[port=80].nme: field not declared in schema`. */
const keysOfMessage = (message: string, object: Json): readonly string[] | undefined => {
  const [, path] = /(?:: |^)(\.[A-Za-z][^:]*?(?:\[[^\]]*\][^:]*?)*): /.exec(message) ?? [];
  if (path !== undefined) return keysIn(path, object);
  const [, field] = /Go struct field \w+\.([\w.]+) of type/.exec(message) ?? [];
  return field?.split('.');
};

/** What some validations call otherwise than the API has it. */
const slips: readonly (readonly [RegExp, string])[] = [
  [/template\.(labels|annotations)\b/, 'template.metadata.$1'],
  [/^overhead\.limits/, 'overhead.podFixed'],
  [/tolerations\.tolerations/, 'tolerations'],
  [/LoadBalancerSourceRanges/, 'loadBalancerSourceRanges'],
  [/matchExpressions\.(\w+)$/, 'matchExpressions'],
  [/volumeMounts\.\w+$/, 'volumeMounts'],
  [/downwardAPI\.(?!items|defaultMode)[\w.]+$/, 'downwardAPI.items'],
  [/resources\[storage\]/, 'resources.requests.storage'],
  [/deprecatedServiceAccount/, 'serviceAccount'],
];

/** `spec.containers[0].ports[name="http"]` as keys; items that are named by their keys are looked for in the object. */
export const keysIn = (field: string, object: Json): readonly string[] => {
  const path = slips.reduce((text, [slip, right]) => text.replace(slip, right), field);
  const keys: string[] = [];
  let here: Json | undefined = object;
  for (const [, name, bracket] of path.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)) {
    const key: string = name ?? keyOf(bracket ?? '', here);
    keys.push(key);
    here = Array.isArray(here) ? here[Number(key)] : isMap(here ?? null) ? (here as { readonly [key: string]: Json })[key] : undefined;
  }
  return keys;
};

const keyOf = (bracket: string, list: Json | undefined): string => {
  const wanted = [...bracket.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|[^,]+)/g)].map(([, name, value]) => [name ?? '', value ?? ''] as const);
  if (wanted.length === 0 || !Array.isArray(list)) return bracket.replace(/^=?"|"$/g, '');
  const index = list.findIndex((item: Json) =>
    wanted.every(([name, value]) => isMap(item) && (item[name] === undefined || JSON.stringify(item[name]) === value)),
  );
  return index === -1 ? bracket : String(index);
};
