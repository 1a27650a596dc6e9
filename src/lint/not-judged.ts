import type { Content, Evaluation } from '../flux/evaluation.ts';
import type { GeneratorKind } from '../generate/generated.ts';
import type { Schemas } from '../graph/schemas/schemas.ts';
import type { FailedRule, NotJudged } from './result.ts';
import type { Ended } from './walk.ts';

export interface NotJudgedInput {
  readonly evaluation: Evaluation;
  readonly ended: readonly Ended[];
  readonly failed: readonly FailedRule[];
  /** Modules whose rules did not run. */
  readonly skippedPlugins: readonly string[];
  /** Files of objects that no cluster can apply, since none was found. */
  readonly withoutCluster: readonly string[];
  /** Kinds that nothing here defines; undefined where no rule asked for definitions. */
  readonly undefinedKinds: ReturnType<Schemas['undefinedKinds']> | undefined;
}

const maxExamples = 3;

const generatorWords = { 'resource-set': 'ResourceSet', crossplane: 'Crossplane', terraform: 'Terraform' } as const satisfies Record<
  GeneratorKind,
  string
>;

/** What could not be checked, by reason: content that is not at hand, and hooks that ended at a value nobody knows here. */
export const notJudgedOf = ({
  evaluation,
  ended,
  failed,
  skippedPlugins,
  withoutCluster,
  undefinedKinds,
}: NotJudgedInput): readonly NotJudged[] => {
  const reasons = new Map<string, { readonly subjects: Set<string>; readonly howTo: string | undefined }>();
  const add = (reason: string, subject: string, howTo: string | undefined) => {
    const known = reasons.get(reason) ?? { subjects: new Set<string>(), howTo };
    known.subjects.add(subject);
    reasons.set(reason, known);
  };
  for (const cluster of evaluation.clusters) {
    for (const { namespace, name, content } of cluster.kustomizations) {
      const { why, howTo } = unchecked(content) ?? {};
      if (why !== undefined) add(why, `${namespace}/${name} on ${cluster.name}`, howTo);
      for (const url of fetched(content)) add('what a kustomization fetches from a URL', url, 'Commit what it holds, or make it a source.');
    }
  }
  for (const cluster of evaluation.clusters)
    for (const { generated } of cluster.generators)
      for (const { reason } of generated.gaps)
        add(reason, `${generatorWords[generated.kind]} ${generated.name} on ${cluster.name}`, undefined);
  for (const { why, subject } of ended) add(why, subject, undefined);
  for (const { ruleId } of failed) add('a bug in flux-lint ended the rule', ruleId, 'Standard error says what to report.');
  for (const module of skippedPlugins) {
    add(
      'plugins were not run',
      module,
      'They run with --trust-config, where the configuration lies in the root and --no-plugins is not given.',
    );
  }
  for (const path of withoutCluster)
    add('no cluster was found that applies it', path, 'Say under clusters in .flux-lint.yaml where Flux starts.');
  const told = [...reasons]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, { subjects, howTo }]) => ({
      reason,
      count: subjects.size,
      examples: [...subjects].sort().slice(0, maxExamples),
      ...(howTo === undefined ? {} : { howTo }),
    }));
  return undefinedKinds && undefinedKinds.objects > 0 ? [...told, withoutDefinition(undefinedKinds)] : told;
};

const withoutDefinition = ({ kinds, objects }: ReturnType<Schemas['undefinedKinds']>): NotJudged => ({
  reason:
    objects === 1
      ? 'the fields of 1 object whose kind nothing here defines'
      : `the fields of ${objects} objects whose kinds nothing here defines`,
  count: kinds.length,
  examples: kinds.slice(0, maxExamples),
  howTo: 'Name a directory with their definitions under schemas in .flux-lint.yaml.',
});

/** Why what a Kustomization applies was not checked, or not all of it: it is not at hand, or something reported stands before it. */
const unchecked = (content: Content): { readonly why: string; readonly howTo: string | undefined } | undefined => {
  switch (content.type) {
    case 'unknown':
      return content;
    case 'missing-source':
      return { why: 'the source of the Kustomization is missing', howTo: afterwards };
    case 'missing-path':
      return { why: 'the path of the Kustomization is missing', howTo: afterwards };
    case 'built':
      return content.failed ? { why: 'the Kustomization does not build', howTo: afterwards } : undefined;
    default:
      return content satisfies never;
  }
};

/** The URLs from which the build of a Kustomization takes objects that nobody here can see. */
const fetched = (content: Content): readonly string[] =>
  content.type === 'built' && !content.failed ? content.build.leaves.flatMap(({ type, what }) => (type === 'remote' ? [what] : [])) : [];

const afterwards = 'Fix that first; what lies behind it is checked then.';
