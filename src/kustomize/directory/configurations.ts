/** `configurations` and `crds`: files that teach kustomize which fields its transformations are to write. */
import type { StepProblem } from '../../model/problem.ts';
import type { MapNode, ScalarNode } from '../../yaml/node.ts';
import { decode } from '../file/decode.ts';
import { transformerConfigShape } from '../file/kustomization-fields.ts';
import { loadFile } from '../file/loader.ts';
import { crdConfig } from './crds.ts';
import { type Level, scalarsAt } from './level.ts';
import { configOf, conflictingConfigs, defaultConfig, emptyConfig, mergeConfigs, type TransformerConfig } from './transformer-config.ts';

export interface Configured {
  readonly config: TransformerConfig;
  readonly problems: readonly StepProblem[];
}

/** `config` with kustomize's own tables and what the kustomization's files add. */
export const configure = (level: Level, config: TransformerConfig): Configured => {
  const problems: StepProblem[] = [];
  const join = (to: TransformerConfig, added: TransformerConfig, at: ScalarNode | MapNode): TransformerConfig => {
    const merged = mergeConfigs(to, added);
    if (!('type' in merged)) return merged;
    problems.push(conflictingConfigs(at, merged));
    return to;
  };
  let own = defaultConfig;
  for (const entry of scalarsAt(level, 'configurations')) own = join(own, configurationFile(level, entry, problems), entry);
  let joined = join(config, own, level.kustomization.root);
  for (const entry of scalarsAt(level, 'crds')) joined = join(joined, crdFile(level, entry, problems), entry);
  return { config: joined, problems };
};

const configurationFile = (level: Level, entry: ScalarNode, problems: StepProblem[]): TransformerConfig => {
  const root = rootOf(level, entry, problems);
  if (!root) return emptyConfig;
  const decoded = decode(root, transformerConfigShape);
  for (const { at, message } of decoded.problems) {
    problems.push({ ruleId: 'build/failed-transformation', at, message: message.replace('invalid Kustomization: ', '') });
  }
  return configOf(decoded.root);
};

const crdFile = (level: Level, entry: ScalarNode, problems: StepProblem[]): TransformerConfig => {
  const root = rootOf(level, entry, problems);
  return root ? crdConfig(root) : emptyConfig;
};

const rootOf = (level: Level, entry: ScalarNode, problems: StepProblem[]): MapNode | undefined => {
  const file = loadFile(level.loader, entry.text, entry);
  if ('ruleId' in file) {
    problems.push(file);
    return undefined;
  }
  const parsed = level.parse(file);
  const root = parsed.documents[0]?.root;
  if (root?.type === 'map') return root;
  for (const problem of parsed.problems) problems.push(problem);
  return undefined;
};
