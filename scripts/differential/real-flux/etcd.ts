/** Puts what etcd holds back to what it held: a new cluster without starting a server again. */

/** What the API server renews by itself, and misses when it is gone. */
const isItsOwn = (key: string): boolean => /^\/registry\/(masterleases|leases\/kube-system|apiregistration\.k8s\.io)\//.test(key);

interface Entry {
  readonly key: string;
  readonly value: string;
  readonly revision: string;
}

/**
 * Remembers what is in etcd now.
 *
 * @param url of etcd's JSON gateway (https://etcd.io/docs/v3.4/dev-guide/api_grpc_gateway/)
 * @returns what brings it back; whoever watches sees deletions and changes as if somebody had made them
 */
export const seedOf = async (url: string): Promise<() => Promise<void>> => {
  let seed = new Map((await entriesOf(url)).map((entry) => [entry.key, entry] as const));
  return async () => {
    const present = new Map((await entriesOf(url)).map((entry) => [entry.key, entry] as const));
    for (const { key } of present.values()) {
      if (!seed.has(key) && !isItsOwn(textOf(key))) await ask(url, 'deleterange', { key });
    }
    for (const { key, value, revision } of seed.values()) {
      if (present.get(key)?.revision !== revision && !isItsOwn(textOf(key))) await ask(url, 'put', { key, value });
    }
    const now = new Map((await entriesOf(url)).map((entry) => [entry.key, entry] as const));
    seed = new Map([...seed.values()].map((entry) => [entry.key, { ...entry, revision: now.get(entry.key)?.revision ?? '' }] as const));
  };
};

const textOf = (key: string): string => Buffer.from(key, 'base64').toString();

/** From the first key to behind the last, as etcd has it: both are the zero byte. */
const everything = { key: 'AA==', range_end: 'AA==' };

const entriesOf = async (url: string): Promise<readonly Entry[]> => {
  const { kvs = [] }: { kvs?: readonly { key: string; value?: string; mod_revision: string }[] } = JSON.parse(
    await ask(url, 'range', everything),
  );
  return kvs.map(({ key, value = '', mod_revision }) => ({ key, value, revision: mod_revision }));
};

const ask = async (url: string, what: 'range' | 'put' | 'deleterange', body: object): Promise<string> => {
  const response = await fetch(`${url}/v3/kv/${what}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`etcd: ${what}: ${response.status} ${await response.text()}`);
  return response.text();
};
