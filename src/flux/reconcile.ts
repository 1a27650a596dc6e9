import { attempt, optional, readable } from '../kube/view.ts';
import type { EffectiveObject, Reads } from '../kustomize/build.ts';
import { limits } from '../kustomize/resource/limits.ts';
import type { Origin } from '../model/origin.ts';
import type { StepProblem } from '../model/problem.ts';
import { child, isMap, type MapNode, stringAt } from '../yaml/node.ts';
import { clampedPath } from './clamped-path.ts';
import { withCommonMetadata } from './common-metadata.ts';
import { maskEncrypted } from './encrypted.ts';
import type { Artifact, Content, Variables } from './evaluation.ts';
import { createOverrides } from './overrides.ts';
import { specs } from './specs.ts';
import { isNameless, namelessProblem } from './substitution/nameless.ts';
import { createOutcomes } from './substitution/outcomes.ts';
import { repeatedId } from './substitution/repeated-ids.ts';
import { substituteObject } from './substitution/substitute.ts';
import { atVariable, invalidNames, maxCharacters, toldOncePerVariable } from './substitution/substitution-problems.ts';
import { markedOverrides } from './unknown-overrides.ts';
import type { World } from './world.ts';

export interface ReconcileInput {
  readonly kustomization: MapNode;
  readonly artifact: Artifact | undefined;
  readonly variables: Variables;
  /** Flux 2.9 and later: an undefined variable fails the build. Undefined where the version is not known. */
  readonly strict: boolean | undefined;
}

/**
 * What kustomize-controller makes of one Kustomization, in its order: path, overrides, build, decryption, substitution,
 * common metadata (kustomization_controller.go).
 */
export const createReconcile = (world: World) => {
  const overridesOf = createOverrides();
  const outcomes = createOutcomes();
  const left = { objects: limitsOfAll.objects, characters: limitsOfAll.characters };

  return ({ kustomization, artifact, variables, strict }: ReconcileInput): Content => {
    if (artifact === undefined) return { type: 'missing-source' };
    if (artifact.type === 'unmapped') return { ...artifact, type: 'unknown' };
    const path = attempt(() => optional(child(kustomization, 'spec'), specs.kustomization)?.path ?? '');
    if ('unreadable' in path) return { type: 'unknown', why: path.unreadable.why, howTo: undefined };
    const unresolved = /\$\{[^}]{0,500}\}/.exec(path.value);
    if (unresolved) return { type: 'unknown', why: `spec.path holds ${unresolved[0]}, which nothing here substitutes`, howTo: undefined };

    const directory = clampedPath(path.value);
    if (artifact.files.entry(directory) !== 'directory' && directory !== '') return { type: 'missing-path', artifact, directory };
    if (left.objects <= 0 || left.characters <= 0) return beyondLimit;
    const marked = markedOverrides(kustomization);
    if (marked && 'why' in marked) return { type: 'unknown', why: marked.why, howTo: undefined };
    const build = world.build({
      files: artifact.files,
      directory,
      overrides: overridesOf(marked?.kustomization ?? kustomization),
      loadRestrictor: 'LoadRestrictionsNone',
      withoutKustomization: 'generate',
    });

    const decrypts = readable(() => optional(child(kustomization, 'spec'), specs.kustomization)?.decryption?.provider) !== undefined;
    const metadata = child(kustomization, 'spec', 'commonMetadata');
    const refused = variables.runs ? invalidNames(namesOf(variables, child(kustomization, 'spec', 'postBuild') ?? kustomization)) : [];
    const problems: StepProblem[] = [...build.problems, ...refused];
    // What a build leaves out since it is too much was made all the same, several times over.
    const isBeyond = build.problems.some(({ ruleId }) => ruleId === 'manifest/limit-exceeded');
    left.objects -= isBeyond ? 5 * limits.objects : build.objects.length;
    const allowed = Math.min(maxCharacters, left.characters);
    const allowance = { characters: allowed };
    let failed = build.failed || refused.length > 0;
    const finish = (object: EffectiveObject): EffectiveObject => {
      const made = marked ? marked.restored(object.root) : object.root;
      let root = decrypts ? maskEncrypted(made) : made;
      if (variables.runs) {
        const substituted = substituteObject({ root, variables, strict, allowance, outcomes });
        for (const problem of substituted.problems) problems.push(problem);
        failed ||= substituted.failed;
        root = substituted.root;
      }
      if (isMap(metadata)) root = withCommonMetadata(root, metadata);
      return root === object.root ? object : { ...object, root };
    };
    const finished = build.objects.map(finish);
    const repeated = variables.runs && !failed ? repeatedId(build.objects, finished) : undefined;
    if (repeated) problems.push(repeated);
    failed ||= repeated !== undefined;
    if (!failed) problems.push(...finished.flatMap(({ root }) => namelessProblem(root, problems) ?? []));
    const objects = finished.filter(({ root }) => !isKustomizeConfig(root) && !isNameless(root));
    left.characters -= allowed - allowance.characters;
    const placed = problems.map((problem) => atVariable(problem, (path) => textIn(build.reads, path)));
    return { type: 'built', artifact, directory, build, objects, problems: toldOncePerVariable(placed), variables, failed };
  };
};

/** What all Kustomizations of a repository together may come to (docs/limits.md): each near its own limit must not multiply. */
const limitsOfAll = { objects: 500_000, characters: 128 * 1024 * 1024 } as const;

const beyondLimit: Content = {
  type: 'unknown',
  why: `the Kustomizations before it came to ${limitsOfAll.objects} objects, or to ${limitsOfAll.characters} characters of substituted text, and flux-lint builds no more`,
  howTo: 'Check the clusters in runs of their own; docs/limits.md says how.',
};

/** The text of a file that a build has read. */
const textIn = (reads: Reads, path: string): string | undefined => {
  const own = [reads.kustomization, ...reads.files].find((file) => file?.path === path);
  if (own) return own.text;
  for (const part of reads.children) {
    const found = textIn(part.reads, path);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Every name, with the place of its value; one whose value only the cluster has, with the line that asks for variables. */
const namesOf = ({ known, withoutValue }: Variables, postBuild: Origin): readonly (readonly [string, Origin])[] => [
  ...[...known].map(([name, { origin }]) => [name, origin] as const),
  ...[...withoutValue.keys()].map((name) => [name, postBuild] as const),
];

/** Objects of kustomize's own group are dropped before the apply. */
const isKustomizeConfig = (root: MapNode): boolean => (stringAt(root, 'apiVersion') ?? '').startsWith('kustomize.config.k8s.io/');
