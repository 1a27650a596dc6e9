/** function-environment-configs (`fn.go`): the EnvironmentConfigs that a composite resource asks for → the environment. */
import { mapNode, mergeMaps } from '../../yaml/edit.ts';
import { child, isMap, itemsOf, type MapNode, type Node, stringAt, textAt, type UnknownNode } from '../../yaml/node.ts';
import { parseFieldPath, valueAt, withValueAt } from './patch/field-path.ts';
import { fatal, type StepInput, type StepResult } from './pipeline-state.ts';

/** @param configs every EnvironmentConfig of the cluster */
export const environmentConfigs = ({ composite, state, input }: StepInput, configs: readonly MapNode[]): StepResult => {
  const spec = child(input, 'spec');
  if (state.environment?.type === 'unknown') return { state, gaps: [], errors: [] };
  let data: MapNode = mapNode([], input);
  for (const source of itemsOf(child(spec, 'environmentConfigs'))) {
    const found = stringAt(source, 'type') === 'Selector' ? selected(source, composite, configs) : referenced(source, spec, configs);
    if (found.type === 'failed') return fatal(state, `cannot get selected environment configs: ${found.message}`, source);
    if (found.type === 'unknown') {
      const environment: UnknownNode = { type: 'unknown', why: found.message, span: source.span, via: source.via };
      return { state: { ...state, environment }, gaps: [{ reason: found.message, at: source }], errors: [] };
    }
    for (const config of found.configs) data = mergeMaps(data, atPath(child(config, 'data'), stringAt(source, 'toFieldPath'), config));
  }
  const standard = child(spec, 'defaultData');
  const before = state.environment ? mergeMaps(state.environment, data) : data;
  const environment = isMap(standard) ? mergeMaps(standard, before) : before;
  return { state: { ...state, environment }, gaps: [], errors: [] };
};

type Selected =
  | { readonly type: 'found'; readonly configs: readonly MapNode[] }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'unknown'; readonly message: string };

const isOptional = (spec: Node | undefined) => stringAt(spec, 'policy', 'resolution') === 'Optional';

const referenced = (source: Node, spec: Node | undefined, configs: readonly MapNode[]): Selected => {
  const name = stringAt(source, 'ref', 'name') ?? '';
  const found = configs.find((config) => stringAt(config, 'metadata', 'name') === name);
  if (found) return { type: 'found', configs: [found] };
  if (isOptional(spec)) return { type: 'found', configs: [] };
  // Somebody else may make it.
  return { type: 'unknown', message: `EnvironmentConfig ${name} is not here` };
};

/** By labels, whose values may come from the composite resource; `Single` wants just one. */
const selected = (source: Node, composite: MapNode, configs: readonly MapNode[]): Selected => {
  const labels: (readonly [string, string])[] = [];
  for (const matcher of itemsOf(child(source, 'selector', 'matchLabels'))) {
    const key = stringAt(matcher, 'key') ?? '';
    if (stringAt(matcher, 'type') === 'Value') {
      labels.push([key, textAt(matcher, 'value') ?? '']);
      continue;
    }
    const path = parseFieldPath(stringAt(matcher, 'valueFromFieldPath') ?? '');
    const found = path.type === 'parsed' ? valueAt(composite, path.path) : path;
    if (found.type === 'unknown')
      return { type: 'unknown', message: 'which EnvironmentConfigs it selects depends on the composite resource' };
    const text = found.type === 'found' ? stringAt(found.node) : undefined;
    if (text !== undefined) labels.push([key, text]);
    else if (stringAt(matcher, 'fromFieldPathPolicy') !== 'Optional')
      return { type: 'failed', message: `cannot get value from field path "${stringAt(matcher, 'valueFromFieldPath') ?? ''}"` };
  }
  if (labels.length === 0) return { type: 'found', configs: [] };
  const found = configs
    .filter((config) => labels.every(([key, value]) => textAt(config, 'metadata', 'labels', key) === value))
    .sort((a, b) => ((stringAt(a, 'metadata', 'name') ?? '') < (stringAt(b, 'metadata', 'name') ?? '') ? -1 : 1));
  if (stringAt(source, 'selector', 'mode') === 'Multiple') return several(source, found);
  if (found.length > 1) return { type: 'failed', message: `expected exactly one required resource, got ${found.length}` };
  return found.length === 1
    ? { type: 'found', configs: found }
    : { type: 'unknown', message: 'no EnvironmentConfig here matches its selector' };
};

const several = (source: Node, found: readonly MapNode[]): Selected => {
  const [least, most] = [child(source, 'selector', 'minMatch'), child(source, 'selector', 'maxMatch')].map((node) =>
    Number(textAt(node) ?? Number.NaN),
  );
  // Somebody else may make others.
  if (least !== undefined && found.length < least)
    return { type: 'unknown', message: `fewer than ${least} EnvironmentConfigs here match its selector` };
  return { type: 'found', configs: most !== undefined && found.length > most ? found.slice(0, most) : found };
};

const atPath = (data: Node | undefined, path: string | undefined, config: MapNode): MapNode => {
  const inner: MapNode = isMap(data) ? data : mapNode([], config);
  if (path === undefined || path === '') return inner;
  const parsed = parseFieldPath(path);
  const set = parsed.type === 'parsed' ? withValueAt(mapNode([], config), parsed.path, inner) : parsed;
  return set.type === 'set' ? set.root : inner;
};
