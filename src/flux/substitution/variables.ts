import type { ExternalObject, VariableConfig } from '../../config/config.ts';
import type { Origin } from '../../model/origin.ts';
import { child, isMap, type MapNode, stringAt, textAt } from '../../yaml/node.ts';
import type { Variables } from '../evaluation.ts';

/** Finds an object of the Kustomization's own cluster; `open` says why one that is not found may exist all the same. */
export interface ObjectLookup {
  readonly find: (kind: string, namespace: string, name: string) => MapNode | undefined;
  /** Values that configuration gives for what lives outside git. */
  readonly configured: ReadonlyMap<string, VariableConfig>;
  /** What configuration says to exist outside git. */
  readonly external: (kind: string, namespace: string, name: string) => ExternalObject | undefined;
}

const noVariables: Variables = { runs: false, known: new Map(), withoutValue: new Map(), open: undefined };

/** Nobody sees which variables there are, but for those that configuration gives. */
const unknownVariables = (why: string, { configured }: ObjectLookup): Variables => ({
  runs: true,
  known: new Map([...configured].map(([name, { value, origin }]) => [name, { value, origin }] as const)),
  withoutValue: new Map(),
  open: why,
});

/**
 * The variables of `spec.postBuild` as kustomize-controller collects them (fluxcd/pkg: kustomize_varsub.go):
 * substituteFrom in order, later ones win, then substitute over all. Newlines are removed from values.
 */
export const variablesOf = (kustomization: MapNode, namespace: string, lookup: ObjectLookup): Variables => {
  const postBuild = child(kustomization, 'spec', 'postBuild');
  if (postBuild?.type === 'unknown') return unknownVariables(postBuild.why, lookup);
  if (!isMap(postBuild)) return noVariables;
  const known = new Map<string, { value: string; origin: Origin }>();
  const withoutValue = new Map<string, string>();
  let open: string | undefined;

  const give = (name: string, value: string, origin: Origin) => {
    withoutValue.delete(name);
    known.set(name, { value: value.replaceAll('\n', ''), origin });
  };
  const giveUnknown = (name: string, why: string) => {
    known.delete(name);
    withoutValue.set(name, why);
  };

  const from = child(postBuild, 'substituteFrom');
  for (const item of from?.type === 'list' ? from.items : []) {
    const kind = stringAt(item, 'kind') ?? 'ConfigMap';
    const name = stringAt(item, 'name');
    const found = name === undefined ? undefined : lookup.find(kind, namespace, name);
    const external = found || name === undefined ? undefined : lookup.external(kind, namespace, name);
    if (external?.keys) {
      for (const key of external.keys) giveUnknown(key, `only the cluster has its value, in ${kind} ${namespace}/${name}`);
      continue;
    }
    if (!found) {
      open ??= `${kind} ${namespace}/${name ?? '?'} is not in the repository`;
      continue;
    }
    if (child(found, 'data') === undefined && child(found, 'stringData') === undefined) {
      open ??= `${kind} ${namespace}/${name ?? '?'} is filled in the cluster`;
    }
    for (const field of kind === 'Secret' ? (['data', 'stringData'] as const) : (['data'] as const)) {
      const data = child(found, field);
      if (data?.type === 'unknown') open ??= data.why;
      for (const { key, value } of isMap(data) ? data.entries : []) {
        const text = textAt(value);
        if (text === undefined) giveUnknown(key.text, value.type === 'unknown' ? value.why : 'it is no text');
        else if (text.startsWith('ENC[')) giveUnknown(key.text, `it is encrypted in ${kind} ${namespace}/${name}`);
        else if (field === 'data' && kind === 'Secret') giveDecoded(key.text, text, value);
        else give(key.text, text, value);
      }
    }
  }

  function giveDecoded(name: string, base64: string, origin: Origin) {
    const decoded = Buffer.from(base64, 'base64').toString('utf8');
    give(name, decoded, origin);
  }

  for (const [name, { value, origin }] of lookup.configured) {
    if (!known.has(name) && (open !== undefined || withoutValue.has(name))) give(name, value, origin);
  }

  const substitute = child(postBuild, 'substitute');
  for (const { key, value } of isMap(substitute) ? substitute.entries : []) {
    if (value.type === 'scalar' && value.value !== null) give(key.text, value.text, value);
    else if (value.type === 'unknown') giveUnknown(key.text, value.why);
  }
  if (substitute?.type === 'unknown') open ??= substitute.why;

  const always = stringAt(postBuild, 'substituteStrategy') === 'Always';
  return { runs: always || known.size > 0 || withoutValue.size > 0 || open !== undefined, known, withoutValue, open };
};
