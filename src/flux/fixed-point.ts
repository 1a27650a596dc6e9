/**
 * One cluster root → everything its Flux applies, here and on the clusters it deploys to.
 *
 * Rounds are walked until one changes nothing: its result stands. What does not change is not built again: a
 * Kustomization's content is remembered for equal inputs.
 */

import type { EffectiveObject } from '../kustomize/build.ts';
import type { StepProblem } from '../model/problem.ts';
import { stringAt } from '../yaml/node.ts';
import { type RemoteCluster, remotesOf } from './cluster/remote-clusters.ts';
import type { FluxVersion, FoundRoot } from './evaluation.ts';
import type { Expansion } from './generators.ts';
import { createWalk, maxDepth, maxPasses, type Round, type Steps, type Unit } from './round.ts';

/** What the evaluation of one root comes to, before its clusters have names. */
export interface FixedPoint {
  readonly root: FoundRoot;
  readonly fluxVersion: FluxVersion | undefined;
  readonly units: readonly Unit[];
  readonly expansions: readonly Expansion<Unit>[];
  /** The clusters it deploys to through `kubeConfig`. */
  readonly remotes: readonly RemoteCluster[];
  readonly problems: readonly StepProblem[];
  readonly artifactOf: Round['artifactOf'];
}

const maxRounds = 20;

export const evaluateRoot = (root: FoundRoot, steps: Steps): FixedPoint => {
  const fluxVersion = steps.versionOf(root);
  const walk = createWalk(root, steps, fluxVersion);
  let round: Round = {
    units: new Map(),
    tables: new Map(),
    expansions: [],
    tooDeep: undefined,
    endlessSet: undefined,
    artifactOf: () => undefined,
  };
  let before = round;
  for (let count = 0; count < maxRounds; count++) {
    before = round;
    round = walk(round);
    if (isStable(round, before)) break;
  }
  const { tooDeep, endlessSet } = round;
  const problems = [...(tooDeep ? [endless(tooDeep)] : []), ...(endlessSet ? [endlessChain(endlessSet)] : []), ...unsettled(round, before)];
  // Of two results that make each other, the one that shows more.
  const result = before.units.size > round.units.size ? before : round;
  const units = [...result.units.values()];
  return { root, fluxVersion, units, expansions: result.expansions, remotes: remotesOf(units), problems, artifactOf: result.artifactOf };
};

const isStable = (now: Round, before: Round): boolean =>
  now.units.size === before.units.size &&
  now.expansions.length === before.expansions.length &&
  now.expansions.every(({ objects }, index) => objects === before.expansions[index]?.objects) &&
  [...now.units].every(([key, unit]) => isSame(unit, before.units.get(key)));

/** A Kustomization whose content depends on itself: its source, or its variables, exist only while they do not. */
const unsettled = (now: Round, before: Round): readonly StepProblem[] => {
  if (isStable(now, before)) return [];
  const unit = [...before.units.values(), ...now.units.values()].find(
    ({ key, object }) => object && !isSamePair(now.units.get(key), before.units.get(key)),
  );
  if (!unit?.object) return [];
  const message = `${unit.namespace}/${unit.name} depends on what it applies itself: its content changes each time it is reconciled.`;
  return [{ ruleId: 'build/cycle', at: unit.object.root, message }];
};

const isSamePair = (a: Unit | undefined, b: Unit | undefined): boolean => a !== undefined && isSame(a, b);

const isSame = (a: Unit, b: Unit | undefined): boolean => b !== undefined && a.content === b.content && a.object?.root === b.object?.root;

const endlessChain = ({ root }: EffectiveObject): StepProblem => ({
  ruleId: 'build/cycle',
  at: root,
  message: `ResourceSet ${stringAt(root, 'metadata', 'name') ?? '(unknown)'} comes of a chain of ResourceSets that make each other, ${maxPasses} deep or without number. The operator would go on for ever.`,
  hint: 'End the chain: a template that makes a ResourceSet must not make itself again.',
});

const endless = (unit: Unit): StepProblem => ({
  ruleId: 'build/cycle',
  at: unit.object?.root ?? { span: { path: '', start: 0, end: 0 }, via: [] },
  message: `${unit.namespace}/${unit.name} is the ${maxDepth}th in a chain of Kustomizations that apply each other. Flux would go on for ever.`,
});
