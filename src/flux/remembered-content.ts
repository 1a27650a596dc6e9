import type { MapNode } from '../yaml/node.ts';
import type { Artifact, Content, Variables } from './evaluation.ts';
import type { ReconcileInput } from './reconcile.ts';
import { type ObjectLookup, variablesOf } from './substitution/variables.ts';
import type { EvaluationMemory, RootMemory } from './world.ts';

export interface ContentMemory {
  readonly memory: EvaluationMemory;
  readonly ofRoot: RootMemory;
  readonly reconcile: (input: ReconcileInput) => Content;
}

/** What a Kustomization applies; not built again while document, variables and artifact are the same. */
export const rememberedContent =
  ({ memory, ofRoot, reconcile }: ContentMemory) =>
  (input: ReconcileInput): Content => {
    const { kustomization, artifact, variables, strict } = input;
    const known = ofRoot.contents.get(kustomization);
    if (known?.variables === variables && known.strict === strict) {
      if (isSameArtifact(known.artifact, artifact)) return known.content;
      if (isSameBuild(known.content, artifact, memory)) return known.content;
    }
    const content = reconcile(input);
    ofRoot.contents.set(kustomization, { artifact, variables, strict, content });
    return content;
  };

const isSameArtifact = (a: Artifact | undefined, b: Artifact | undefined): boolean => {
  if (a === b) return true;
  if (a?.type === 'mapped' && b?.type === 'mapped') return a.files === b.files;
  return a?.type === 'unmapped' && b?.type === 'unmapped' && a.why === b.why;
};

/** Another tree, in which the build would read nothing else. */
const isSameBuild = (content: Content, artifact: Artifact | undefined, memory: EvaluationMemory): boolean =>
  content.type === 'built' &&
  artifact?.type === 'mapped' &&
  memory.isSameContent(content.build.reads, content.artifact.files, artifact.files);

/** Variables are the same object while what they come from is the same: the memo of contents goes by identity. */
export const rememberedVariables =
  ({ variables: memo }: RootMemory) =>
  (kustomization: MapNode, namespace: string, lookup: ObjectLookup): Variables => {
    const sources: (MapNode | undefined)[] = [];
    const watched: ObjectLookup = {
      configured: lookup.configured,
      external: lookup.external,
      find: (kind, wanted, name) => {
        const found = lookup.find(kind, wanted, name);
        sources.push(found);
        return found;
      },
    };
    const variables = variablesOf(kustomization, namespace, watched);
    const known = memo.get(kustomization);
    if (known && known.sources.length === sources.length && known.sources.every((source, index) => source === sources[index])) {
      return known.variables;
    }
    // A Kustomization that applies what it reads makes it anew each time, and mostly the same.
    const settled = known && isSameVariables(known.variables, variables) ? known.variables : variables;
    memo.set(kustomization, { sources, variables: settled });
    return settled;
  };

const isSameVariables = (a: Variables, b: Variables): boolean =>
  a.runs === b.runs &&
  a.open === b.open &&
  a.known.size === b.known.size &&
  a.withoutValue.size === b.withoutValue.size &&
  [...a.withoutValue].every(([name, why]) => b.withoutValue.get(name) === why) &&
  [...a.known].every(([name, { value, origin }]) => {
    const other = b.known.get(name);
    return other?.value === value && other.origin.span.path === origin.span.path && other.origin.span.start === origin.span.start;
  });
