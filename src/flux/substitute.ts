import type { StepProblem } from '../model/problem.ts';
import type { MapNode } from '../yaml/node.ts';
import type { Variables } from './evaluation.ts';
export const substituteObject = ({
  root,
}: {
  root: MapNode;
  variables: Variables;
  strict: boolean | undefined;
}): { root: MapNode; problems: readonly StepProblem[]; failed: boolean } => ({ root, problems: [], failed: false });
