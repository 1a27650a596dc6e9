import type { MapNode } from '../yaml/node.ts';
import type { Artifact } from './evaluation.ts';
export const generateArtifact = (_: {
  generator: MapNode;
  name: string;
  sources: ReadonlyMap<string, Artifact | undefined>;
}): Artifact => ({ type: 'unmapped', why: 'todo', howTo: undefined });
