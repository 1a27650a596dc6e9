import { child, type MapNode } from '../yaml/node.ts';
import type { Artifact, Content, Variables } from './evaluation.ts';
import type { ReconcileInput } from './reconcile.ts';
import { type ObjectLookup, variablesOf } from './substitution/variables.ts';
import type { EvaluationMemory, RememberedVariables, RootMemory, VariableSource } from './world.ts';

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

/**
 * Variables are the same object while what they come from is the same: the memo of contents goes by identity. They depend on
 * `spec.postBuild` alone, which one patch gives to many Kustomizations.
 */
export const rememberedVariables =
  ({ variables: memo }: RootMemory) =>
  (kustomization: MapNode, namespace: string, lookup: ObjectLookup): Variables => {
    const postBuild = child(kustomization, 'spec', 'postBuild');
    if (postBuild === undefined) return variablesOf(kustomization, namespace, lookup);
    const known = memo.get(postBuild)?.get(namespace) ?? [];
    const same = known.find(({ sources }) => sources.every(({ kind, of, name, found }) => lookup.find(kind, of, name) === found));
    if (same) return same.variables;
    const sources: VariableSource[] = [];
    const watched: ObjectLookup = {
      configured: lookup.configured,
      external: lookup.external,
      find: (kind, of, name) => {
        const found = lookup.find(kind, of, name);
        sources.push({ kind, of, name, found });
        return found;
      },
    };
    const made = variablesOf(kustomization, namespace, watched);
    // A Kustomization that applies what it reads makes it anew each time, and mostly the same.
    const variables = known.find((one) => isSameVariables(one.variables, made))?.variables ?? made;
    const ofNode = memo.get(postBuild) ?? new Map<string, readonly RememberedVariables[]>();
    memo.set(postBuild, ofNode.set(namespace, [{ sources, variables }, ...known].slice(0, mostRemembered)));
    return variables;
  };

/** Within a round, a source may be looked for before and after it is there. An editor's session has ever new ones. */
const mostRemembered = 4;

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
