/** Which kinds an API server serves in which versions, minor by minor, and in which scope. */
import { definitionsById, type GroupVersionKind, idOf, type Property, referred, type Swagger } from './swagger.ts';

export interface Release {
  /** 34 of 1.34. */
  readonly minor: number;
  readonly swagger: Swagger;
}

/**
 * `{ "batch/CronJob": "Namespaced v1>21 v1beta1<25=" }`, the newest version first: `>21` is served since 1.21, `<25` no
 * longer since 1.25, and `=` holds nothing but what the newest version has, too, in the same types.
 */
export const kindsOf = (releases: readonly Release[]): Readonly<Record<string, string>> => {
  const served = releases.map(({ minor, swagger }) => ({ minor, swagger, kinds: servedKinds(swagger) }));
  const names = new Set(served.flatMap(({ kinds }) => [...kinds.values()].map(({ id }) => `${id.group}/${id.kind}`)));
  const [oldest, newest] = [served[0]?.minor ?? 0, served.at(-1)?.minor ?? 0];
  const entries = [...names].sort().map((name): readonly [string, string] => {
    const of = served.map(({ minor, swagger, kinds }) => ({
      minor,
      swagger,
      found: [...kinds.values()].filter(({ id }) => `${id.group}/${id.kind}` === name),
    }));
    const scope = of.findLast(({ found }) => found.length > 0)?.found[0]?.isNamespaced ? 'Namespaced' : 'Cluster';
    const versions = [...new Set(of.flatMap(({ found }) => found.map(({ id }) => id.version)))].sort(newestFirst);
    const texts = versions.map((version) => {
      const minors = of.filter(({ found }) => found.some(({ id }) => id.version === version)).map(({ minor }) => minor);
      const since = Math.min(...minors) === oldest ? '' : `>${Math.min(...minors)}`;
      const isGone = Math.max(...minors) < newest;
      const until = isGone ? `<${Math.max(...minors) + 1}` : '';
      const last = releases.find(({ minor }) => minor === Math.max(...minors))?.swagger;
      const best = of
        .findLast(({ found }) => found.length > 0)
        ?.found.map(({ id }) => id.version)
        .sort(newestFirst)[0];
      const [group = '', kind = ''] = name.split('/');
      const same = isGone && last && best !== version && isWithin({ group, version, kind }, { group, version: best ?? '', kind }, last);
      return `${version}${since}${until}${same ? '=' : ''}`;
    });
    return [name, [scope, ...texts].join(' ')];
  });
  return Object.fromEntries(entries);
};

interface Served {
  readonly id: GroupVersionKind;
  readonly isNamespaced: boolean;
}

/** The kinds of all resources, subresources left aside: what one can write to the address of a collection or an object. */
const servedKinds = ({ paths }: Swagger): ReadonlyMap<string, Served> => {
  const served = new Map<string, Served>();
  for (const [path, operations] of Object.entries(paths)) {
    const match = /^\/(?:api\/v1|apis\/[^/]+\/[^/]+)(\/namespaces\/\{namespace\})?\/[a-z]+(?:\/\{name\})?\/?$/.exec(path);
    if (!match) continue;
    for (const operation of Object.values(operations)) {
      const id = operation['x-kubernetes-group-version-kind'];
      if (!id || /^(DeleteOptions|Status|WatchEvent|APIResourceList|APIGroup)$/.test(id.kind)) continue;
      const isNamespaced = match[1] !== undefined;
      // A list over all namespaces has an address without one.
      if (isNamespaced || !served.has(idOf(id))) served.set(idOf(id), { id, isNamespaced });
    }
  }
  return served;
};

/** As Kubernetes orders them: v2 before v1 before v1beta2 before v1alpha1. */
const newestFirst = (one: string, other: string): number => rank(other) - rank(one);

const rank = (version: string): number => {
  const [, major = '0', stage, step = '0'] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  const stability = stage === undefined ? 2 : Number(stage === 'beta');
  return stability * 10_000 + Number(major) * 100 + Number(step);
};

/** Whether everything that one version can hold has its place, and the same type, in the other. */
const isWithin = (old: GroupVersionKind, next: GroupVersionKind, swagger: Swagger): boolean => {
  const names = definitionsById(swagger);
  const [from, to] = [names.get(idOf(old)), names.get(idOf(next))];
  return from !== undefined && to !== undefined && fits({ $ref: from }, { $ref: to }, swagger, new Set());
};

const fits = (old: Property, next: Property, swagger: Swagger, seen: Set<string>): boolean => {
  if (old.$ref !== undefined || next.$ref !== undefined) {
    if (old.$ref === undefined || next.$ref === undefined) return false;
    const [from, to] = [referred(old.$ref), referred(next.$ref)];
    const key = `${from} ${to}`;
    if (from === to || seen.has(key)) return true;
    seen.add(key);
    const [one, other] = [swagger.definitions[from], swagger.definitions[to]];
    if (!one || !other) return false;
    if (!one.properties) return one.type === other.type && one.format === other.format && !other.properties;
    return (
      (other.required ?? []).every((name) => one.required?.includes(name)) &&
      Object.entries(one.properties).every(([name, property]) => {
        // What the controllers report is none of an author's fields.
        if (name === 'status') return true;
        const there = other.properties?.[name];
        return there !== undefined && fits(property, there, swagger, seen);
      })
    );
  }
  if (old.type !== next.type || old.format !== next.format) return false;
  if (old.items || next.items) return old.items !== undefined && next.items !== undefined && fits(old.items, next.items, swagger, seen);
  const [one, other] = [old.additionalProperties, next.additionalProperties];
  return one || other ? one !== undefined && other !== undefined && fits(one, other, swagger, seen) : true;
};
