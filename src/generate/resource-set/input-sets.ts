/**
 * The sets of inputs that a ResourceSet is rendered with: its own, and those of the providers it names. What only the
 * cluster has (pull requests, tags, answers of a service) is one set that stands for any number of them.
 */
import { adler32 } from '../../gotemplate/functions/encoding.ts';
import { type GoMap, type GoValue, goMap, goString, type Unknown } from '../../gotemplate/value.ts';
import type { Origin } from '../../model/origin.ts';
import { child, isMap, itemsOf, type MapNode, stringAt } from '../../yaml/node.ts';
import type { Gap, GeneratorError, NameCollision, UsedInputs } from '../generated.ts';
import { mapValue } from './node-value.ts';
import { everyOne, exportedKeys, exportsMore, isOfRequests } from './providers.ts';
import { matchesSelector } from './selector.ts';
import { asYaml11 } from './yaml-1.1.ts';

export interface InputSet extends UsedInputs {
  /** Made anew for each rendering, since templates may change it. */
  readonly values: () => GoMap;
  /** It stands for any number of sets. */
  readonly isSymbolic: boolean;
}

export interface InputSets {
  /** Undefined where there are none by intent: the templates are rendered once without inputs. */
  readonly sets: readonly InputSet[] | undefined;
  readonly gaps: readonly Gap[];
  readonly errors: readonly GeneratorError[];
  /** Selectors that take no provider. */
  readonly unmatched: readonly Origin[];
  readonly collisions: readonly NameCollision[];
  /** How many combinations there may be, where that is more than the operator takes. */
  readonly tooMany: number | undefined;
}

const noInputs: Omit<InputSets, 'sets'> = { gaps: [], errors: [], unmatched: [], collisions: [], tooMany: undefined };

export interface ProvidersInput {
  /** The ResourceSet, as it is in the cluster. */
  readonly root: MapNode;
  readonly namespace: string;
  readonly name: string;
  /** Every ResourceSetInputProvider of the cluster. */
  readonly providers: readonly MapNode[];
  /** Why there may be more of them than are known here. */
  readonly open?: string | undefined;
}

/** One provider, or the ResourceSet itself, with what it gives. */
interface Source {
  readonly name: string;
  readonly at: Origin;
  readonly sets: readonly InputSet[];
  /** How many sets these may stand for. */
  readonly most: number;
}

export const inputSetsOf = (input: ProvidersInput): InputSets => {
  const { root, name } = input;
  const own: Source = { name, at: root, ...counted(ownSets(input)) };
  const inputsFrom = child(root, 'spec', 'inputsFrom');
  if (itemsOf(inputsFrom).length === 0) {
    return own.sets.length === 0 ? { ...noInputs, sets: undefined } : combined(root, [own]);
  }
  const { found, gaps, errors, unmatched } = namedProviders(input);
  const sources = [own, ...found.map(sourceOf)];
  const result = combined(root, sources);
  return { ...result, unmatched, gaps: [...gaps, ...result.gaps], errors: [...errors, ...result.errors] };
};

const counted = (sets: readonly InputSet[]): Pick<Source, 'sets' | 'most'> => ({ sets, most: sets.length });

const ownSets = ({ root, namespace, name }: ProvidersInput): readonly InputSet[] =>
  itemsOf(child(root, 'spec', 'inputs')).flatMap((item, index): readonly InputSet[] => {
    if (!isMap(item)) return [];
    const provider = { kind: 'ResourceSet', namespace, name };
    const values = () => withProvider(mapValue(item), provider);
    return [{ values, isSymbolic: false, types: [], requests: undefined, label: `inputs[${index}]`, at: item }];
  });

interface ProviderId {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Each set says where it comes from, whatever it says itself. */
const withProvider = (values: GoMap, { kind, namespace, name }: ProviderId): GoMap => {
  const about = { apiVersion: 'fluxcd.controlplane.io/v1', kind, name, namespace };
  values.entries.set('provider', goMap(Object.entries(about).map(([key, text]) => [key, goString(text)] as const)));
  return values;
};

/** The providers that `inputsFrom` names or selects in its namespace, each once, in the order of their names. */
const namedProviders = ({ root, namespace, providers, open }: ProvidersInput) => {
  const found = new Map<string, MapNode>();
  const gaps: Gap[] = [];
  const errors: GeneratorError[] = [];
  const unmatched: Origin[] = [];
  const near = providers.filter((provider) => (stringAt(provider, 'metadata', 'namespace') ?? '') === namespace);
  const nameOf = (provider: MapNode): string => stringAt(provider, 'metadata', 'name') ?? '';
  for (const item of itemsOf(child(root, 'spec', 'inputsFrom'))) {
    const wanted = child(item, 'name');
    if (wanted !== undefined) {
      const name = stringAt(wanted);
      const provider = near.find((candidate) => nameOf(candidate) === name);
      if (provider) found.set(nameOf(provider), provider);
      else if (name === undefined || open !== undefined) gaps.push({ reason: open ?? 'the name of the provider is unknown', at: wanted });
      else {
        const message = `failed to get provider ${namespace}/${name}: no ResourceSetInputProvider of this name is in the namespace`;
        errors.push({ type: 'missing-provider', message, key: name, at: wanted });
      }
      continue;
    }
    const selector = child(item, 'selector');
    if (!isMap(selector)) continue;
    const selected = near.filter((provider) => matchesSelector(selector, labelsOf(provider)));
    for (const provider of selected) found.set(nameOf(provider), provider);
    if (open !== undefined) gaps.push({ reason: open, at: selector });
    else if (selected.length === 0) unmatched.push(selector);
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, provider]) => provider);
  return { found: sorted, gaps, errors, unmatched };
};

const labelsOf = (provider: MapNode): ReadonlyMap<string, string> => {
  const labels = child(provider, 'metadata', 'labels');
  return new Map(isMap(labels) ? labels.entries.map(({ key, value }) => [key.text, stringAt(value) ?? ''] as const) : []);
};

const sourceOf = (provider: MapNode): Source => {
  const root = asYaml11(provider);
  const name = stringAt(root, 'metadata', 'name') ?? '';
  const namespace = stringAt(root, 'metadata', 'namespace') ?? '';
  const type = stringAt(root, 'spec', 'type') ?? '';
  const at: Origin = child(root, 'spec', 'type') ?? root;
  const isStatic = type === 'Static';
  const unknown = (key: string): Unknown => {
    const why = isStatic ? `${key} is made of an id that the cluster gives` : `what ${name} finds is known in the cluster alone`;
    return { type: 'unknown', why, key: `${name}.${key}`, at };
  };
  const values = (): GoMap => {
    const preset = child(root, 'spec', 'defaultValues');
    const map = isMap(preset) ? mapValue(preset) : goMap([]);
    for (const key of exportedKeys(type) ?? []) map.entries.set(key, unknown(key));
    return {
      ...withProvider(map, { kind: 'ResourceSetInputProvider', namespace, name }),
      open: exportsMore(type) ? unknown('*') : undefined,
    };
  };
  const set: InputSet = {
    values,
    isSymbolic: !isStatic,
    types: [type],
    requests: !isOfRequests(type) ? undefined : child(root, 'spec', 'filter', 'labels') === undefined ? 'open' : 'labelled',
    label: isStatic ? name : `${everyOne(type)} of ${name}`,
    at: isStatic ? (child(root, 'spec', 'defaultValues') ?? root) : at,
  };
  return { name, at: root, most: isStatic ? 1 : limitOf(root), sets: [set] };
};

/** What the operator takes of a provider at most (flux-operator: api/v1, ResourceSetInputFilter). */
const limitOf = (provider: MapNode): number => {
  const limit = child(provider, 'spec', 'filter', 'limit');
  return limit?.type === 'scalar' && limit.value !== null && Number.isInteger(Number(limit.value)) ? Number(limit.value) : 100;
};

const combined = (root: MapNode, sources: readonly Source[]): InputSets => {
  const strategy = child(root, 'spec', 'inputStrategy');
  const isPermuted = stringAt(strategy, 'name') === 'Permute';
  if (!isPermuted) return { ...noInputs, sets: sources.flatMap(({ sets }) => sets) };
  const includesEmpty = child(strategy, 'includeEmptyProviders');
  const keepsEmpty = includesEmpty?.type === 'scalar' && includesEmpty.value === true;
  return permuted(root, keepsEmpty ? sources : sources.filter(({ sets }) => sets.length > 0));
};

const maxPermutations = 10_000;

/** One source's place in a combination. */
interface Part {
  readonly name: string;
  readonly index: number;
  readonly set: InputSet;
}

/** The product, each set under the name of its source. Of two names that come to the same the later one wins. */
const permuted = (root: MapNode, sources: readonly Source[]): InputSets => {
  const at = child(root, 'spec', 'inputStrategy') ?? root;
  const failed = (type: GeneratorError['type'], message: string): InputSets => ({
    ...noInputs,
    sets: [],
    errors: [{ type, message, at }],
  });
  let sets: readonly (readonly Part[])[] = sources.length === 0 ? [] : [[]];
  for (const source of sources) {
    const count = sets.length * source.sets.length;
    if (count > maxPermutations) {
      const message = `combining the inputs of ${source.name} would make ${count} sets, more than the ${maxPermutations} that are allowed`;
      return failed('too-many-permutations', message);
    }
    const name = permutedName(source.name);
    if (name === '') return failed('invalid', `nothing is left of the name ${source.name} by which templates would read its inputs`);
    sets = sets.flatMap((before) => source.sets.map((set, index) => [...before, { name, index, set }]));
  }
  const most = sources.reduce((product, source) => product * source.most, 1);
  return {
    ...noInputs,
    sets: sets.map(joined),
    collisions: collisionsOf(sources),
    tooMany: sets.length > 0 && most > maxPermutations ? most : undefined,
  };
};

/** Sources of which templates read the later one alone. */
const collisionsOf = (sources: readonly Source[]): readonly NameCollision[] =>
  sources.flatMap(({ name, at }, index) => {
    const later = sources.slice(index + 1).find((other) => permutedName(other.name) === permutedName(name));
    return later ? [{ key: permutedName(name), hidden: { name, at }, shown: { name: later.name, at: later.at } }] : [];
  });

const joined = (parts: readonly Part[]): InputSet => {
  const isSymbolic = parts.some(({ set }) => set.isSymbolic);
  const labels = parts.map(({ set }) => set.label);
  const id: GoValue = isSymbolic
    ? { type: 'unknown', why: 'the id of a combination counts what the cluster alone has', key: labels.join('+') }
    : goString(String(adler32(parts.map(({ name, index }) => `${name}=${index}`).join('/'))));
  return {
    values: () => goMap([...parts.map(({ name, set }) => [name, set.values()] as const), ['id', id]]),
    isSymbolic,
    types: [...new Set(parts.flatMap(({ set }) => set.types))],
    requests: (['open', 'labelled'] as const).find((requests) => parts.some(({ set }) => set.requests === requests)),
    label: labels.join(' with '),
    at: parts[0]?.set.at ?? { span: { path: '', start: 0, end: 0 }, via: [] },
  };
};

/** Lower case, white space and punctuation as underscores of which one stays, anything else left out (flux-operator: internal/inputs/keys.go). */
const permutedName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '_')
    .replace(/[^a-z0-9_]/g, '')
    .replace(/_{2,9999}/g, '_')
    .replace(/^_|_$/g, '');
