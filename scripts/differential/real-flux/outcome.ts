/** What Flux makes of a case: which of its objects are not ready once nothing moves any more. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from './api.ts';

export interface NotReady {
  /** `Kustomization flux-system/apps` */
  readonly object: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

const resources = [
  '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations',
  '/apis/helm.toolkit.fluxcd.io/v2/helmreleases',
  '/apis/source.toolkit.fluxcd.io/v1/gitrepositories',
  '/apis/source.toolkit.fluxcd.io/v1/helmrepositories',
  '/apis/source.toolkit.fluxcd.io/v1/helmcharts',
  '/apis/source.toolkit.fluxcd.io/v1/ocirepositories',
  '/apis/source.toolkit.fluxcd.io/v1/buckets',
  '/apis/source.toolkit.fluxcd.io/v1/externalartifacts',
  '/apis/source.extensions.fluxcd.io/v1beta1/artifactgenerators',
] as const;

/** Waits until every object has its verdict, has those that failed tried again, and waits once more. */
export const outcomeOf = async (api: Api): Promise<readonly NotReady[]> => {
  const first = await settled(api);
  if (first.every(isReady)) return [];
  // Kustomizations of one revision start together: what failed because another was not there yet is no failure for long.
  const requested = { metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': 'again' } } };
  for (const item of first) if (!isReady(item)) await api.merge(item.path, requested);
  await sleep(1000);
  const last = await settled(api);
  return last
    .filter((item) => !isReady(item))
    .map(notReady)
    .sort((one, other) => compare(one.object, other.object));
};

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration?: number;
}

interface Item {
  readonly path: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly generation: number };
  readonly spec?: { readonly suspend?: boolean; readonly type?: string };
  readonly status?: { readonly conditions?: readonly Condition[]; readonly observedGeneration?: number };
}

const pause = 500;
/** Health checks look every five seconds. */
const patience = { decided: 3, undecided: 14, most: 60 } as const;

const settled = async (api: Api): Promise<readonly Item[]> => {
  let before = '';
  let same = 0;
  for (let attempt = 0; ; attempt++) {
    const items = await itemsOf(api);
    const now = JSON.stringify(items.map((item) => [item.path, item.metadata.generation, readyOf(item)]));
    same = now === before ? same + 1 : 0;
    before = now;
    const isDecided = items.length > 0 && items.every((item) => isExempt(item) || ['True', 'False'].includes(readyOf(item)?.status ?? ''));
    if (same >= (isDecided ? patience.decided : patience.undecided) || attempt >= patience.most) return items;
    await sleep(pause);
  }
};

const itemsOf = async (api: Api): Promise<readonly Item[]> => {
  const lists = await Promise.all(
    resources.map(async (resource): Promise<readonly Item[]> => {
      const { status, text } = await api.get(resource);
      if (status !== 200) return [];
      const { kind, items }: { kind: string; items: readonly Omit<Item, 'path' | 'kind'>[] } = JSON.parse(text);
      return items.map((item) => ({ ...item, kind: kind.replace(/List$/, ''), path: pathOf(resource, item.metadata) }));
    }),
  );
  return lists.flat();
};

const pathOf = (resource: string, { namespace, name }: Item['metadata']): string =>
  resource.replace(/\/([a-z]+)$/, `/namespaces/${namespace}/$1/${name}`);

/** Of an older generation it says nothing. */
const readyOf = ({ metadata, status }: Item): Condition | undefined => {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const generation = ready?.observedGeneration ?? status?.observedGeneration;
  return generation === undefined || generation === metadata.generation ? ready : undefined;
};

/** Static sources have no state (https://fluxcd.io/flux/components/source/helmrepositories/#helm-oci-repository). */
const isExempt = ({ kind, spec }: Item): boolean => spec?.suspend === true || (kind === 'HelmRepository' && spec?.type === 'oci');

const isReady = (item: Item): boolean => isExempt(item) || readyOf(item)?.status === 'True';

const notReady = (item: Item): NotReady => {
  const { status = 'Unknown', reason = '', message = '' } = readyOf(item) ?? {};
  return { object: `${item.kind} ${item.metadata.namespace}/${item.metadata.name}`, status, reason, message: steady(message) };
};

/** Without what is another in every run: temporary folders, ports, addresses in memory, revisions. */
const steady = (message: string): string =>
  message
    .replaceAll(/\/tmp\/kustomization-\d+/g, '')
    .replaceAll(/\/tmp\/(helmchart-[a-z0-9-]+)-\d+/g, '$1')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1')
    .replaceAll(/0x[0-9a-f]{6,}/g, '0x…')
    .replaceAll(/sha(1|256):[0-9a-f]{40,64}/g, 'sha$1:…')
    .slice(0, 400);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
