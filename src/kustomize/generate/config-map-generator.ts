import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { mapNode, scalarNode } from '../../yaml/edit.ts';
import { child, type Entry, isMap, isScalar, isTrue, type MapNode, type Node, type ScalarNode } from '../../yaml/node.ts';
import type { Resource } from '../resource/resource.ts';
import { type KeyValue, type LoadFile, loadKeyValues } from './generator-sources.ts';

export interface GeneratorInput {
  readonly kind: 'ConfigMap' | 'Secret';
  /** One entry of `configMapGenerator` or `secretGenerator`. */
  readonly entry: MapNode;
  /** The kustomization's `generatorOptions`. */
  readonly generatorOptions: Node | undefined;
  readonly load: LoadFile;
}

export interface Generated {
  /** Undefined where the entry has no name. */
  readonly resource: Resource | undefined;
  readonly problems: readonly StepProblem[];
}

/**
 * The ConfigMap or Secret that an entry asks for (kustomize: `api/internal/generators`), before its `behavior` is looked
 * at. Every value knows the literal, file or line it comes from; the rest, the entry. Reported: sources that cannot be
 * read, keys given twice, a missing name.
 */
export const generate = ({ kind, entry, generatorOptions, load }: GeneratorInput): Generated => {
  const field = kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator';
  const by = (node: Node): Origin => ({ span: node.span, via: [...node.via, { type: 'generator', at: node.span, field }] });
  const origin = by(entry);

  const name = child(entry, 'name') ?? child(entry, 'metadata', 'name');
  if (!isScalar(name) || name.text === '') {
    const message = `a configmap must have a name: this entry of ${field} generates nothing.`;
    return { resource: undefined, problems: [{ ruleId: 'build/failed-transformation', at: entry, message }] };
  }
  const namespace = child(entry, 'namespace') ?? child(entry, 'metadata', 'namespace');
  const options = child(entry, 'options');
  const { pairs, problems } = loadKeyValues(entry, field, load);
  const text = (key: string, node: ScalarNode): Entry => pair(key, scalarNode(node.text, by(node)));
  const texts = (key: 'labels' | 'annotations'): readonly Entry[] => {
    const entries = [...withDefaults(child(options, key), child(generatorOptions, key)).values()];
    if (entries.length === 0) return [];
    return [
      pair(
        key,
        mapNode(
          entries.flatMap(({ key: { text: word }, value }) => (isScalar(value) ? [text(word, value)] : [])),
          origin,
        ),
      ),
    ];
  };
  const metadata = [
    text('name', name),
    ...(isScalar(namespace) && namespace.text !== '' ? [text('namespace', namespace)] : []),
    ...texts('labels'),
    ...texts('annotations'),
  ];
  const immutable = [options, generatorOptions].map((from) => child(from, 'immutable')).find(isTrue);

  const root = mapNode(
    [
      pair('apiVersion', scalarNode('v1', origin)),
      pair('kind', scalarNode(kind, origin)),
      pair('metadata', mapNode(metadata, origin)),
      ...(kind === 'ConfigMap' ? configMapContent(pairs, origin) : secretContent(pairs, origin, child(entry, 'type'))),
      ...(immutable ? [pair('immutable', scalarNode(true, by(immutable)))] : []),
    ],
    origin,
  );
  const needsHash = ![options, generatorOptions].some((from) => isTrue(child(from, 'disableNameSuffixHash')));
  return { resource: { root, previous: [], prefixes: [], suffixes: [], via: [], needsHash, isGenerated: true }, problems };
};

const pair = (key: string, value: Node): Entry => ({ key: scalarNode(key, value), value });

/** A local false cannot undo a global true: kustomize cannot tell it from "not given". */
const withDefaults = (own: Node | undefined, defaults: Node | undefined): ReadonlyMap<string, Entry> =>
  new Map([defaults, own].flatMap((map) => (isMap(map) ? map.entries.map((entry) => [entry.key.text, entry] as const) : [])));

const configMapContent = (pairs: readonly KeyValue[], origin: Origin): readonly Entry[] => {
  const data: Entry[] = [];
  const binaryData: Entry[] = [];
  for (const { key, content, origin: from } of pairs) {
    if (typeof content === 'string') data.push(pair(key, scalarNode(content, from)));
    else binaryData.push(pair(key, scalarNode(base64Lines(content), from)));
  }
  return [
    ...(data.length > 0 ? [pair('data', mapNode(data, origin))] : []),
    ...(binaryData.length > 0 ? [pair('binaryData', mapNode(binaryData, origin))] : []),
  ];
};

const secretContent = (pairs: readonly KeyValue[], origin: Origin, type: Node | undefined): readonly Entry[] => {
  const data = pairs.map(({ key, content, origin: from }) => pair(key, scalarNode(base64Lines(content), from)));
  const given = isScalar(type) && type.text !== '' ? scalarNode(type.text, type) : scalarNode('Opaque', origin);
  return [pair('type', given), pair('data', mapNode(data, origin))];
};

/** Lines of 70 characters, each with its end, as kustomize breaks what does not fit into one. */
const base64Lines = (content: string | Uint8Array): string => {
  const encoded = Buffer.from(content).toString('base64');
  return encoded.length < 70 ? encoded : encoded.replace(/.{1,70}/g, '$&\n');
};
