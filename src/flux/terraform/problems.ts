/** What is wrong with what Terraform makes, under the rules that document it. */
import type { TerraformError, TerraformErrorType } from '../../generate/terraform/module/run.ts';
import type { EvaluatedRoot } from '../../generate/terraform/roots.ts';
import type { StepProblem } from '../../model/problem.ts';
import type { World } from '../world.ts';
import { bootstrapProblems } from './bootstraps.ts';
import { escapeProblems } from './escapes.ts';
import { orderProblems } from './order.ts';
import { type AppliedElsewhere, ownerProblems } from './owners.ts';

export interface ProblemsInput {
  readonly evaluated: readonly EvaluatedRoot[];
  readonly world: World;
  /** What Flux applies on the clusters that Terraform has a part in. */
  readonly elsewhere: readonly AppliedElsewhere[];
}

export const terraformProblems = ({ evaluated, world, elsewhere }: ProblemsInput): readonly StepProblem[] => {
  if (evaluated.length === 0) return [];
  return once([
    ...evaluated.flatMap(({ errors }) => errors.flatMap(ofError)),
    ...bootstrapProblems(evaluated, world),
    ...evaluated.flatMap(orderProblems),
    ...evaluated.flatMap(escapeProblems),
    ...evaluated.flatMap(azureProblems),
    ...ownerProblems(elsewhere),
  ]);
};

/** The same module may be run with several values. */
const once = (problems: readonly StepProblem[]): readonly StepProblem[] => {
  const seen = new Map<string, StepProblem>();
  for (const problem of problems) {
    const { span } = problem.at;
    const key = JSON.stringify([problem.ruleId, span.path, span.start, problem.message]);
    if (!seen.has(key)) seen.set(key, problem);
  }
  return [...seen.values()];
};

const ruleOf: Readonly<Record<TerraformErrorType, string | undefined>> = {
  invalid: 'generated/invalid-terraform',
  'broken-yaml': 'generated/broken-rendered-yaml',
  'multi-document': 'generated/multi-document-body',
  'secret-in-git': 'generated/secret-in-git',
  // The first plan fails, the next one need not.
  'unknown-for-each': undefined,
  limit: undefined,
};

const ofError = ({ type, message, at, related }: TerraformError): readonly StepProblem[] => {
  const ruleId = ruleOf[type];
  if (ruleId === undefined) return [];
  const variable =
    /A reference to "([A-Z][A-Z0-9_]*)" must be followed/.exec(message)?.[1] ??
    /vars map does not contain key "([A-Z][A-Z0-9_]*)"/.exec(message)?.[1];
  if (type === 'invalid' && variable !== undefined) {
    return [
      {
        ruleId: 'generated/substitution-escape',
        at,
        message: `Terraform takes \${${variable}} for its own: it fails, and Flux, which is meant to fill it in, never sees it.`,
        hint: `Write $\${${variable}} for what Flux shall read as \${${variable}}.`,
        related,
      },
    ];
  }
  return [{ ruleId, at, message: type === 'invalid' ? `Terraform fails: ${message.replace(/\.?$/, '.')}` : message, related }];
};

/** Azure deletes nothing unless it is told to. */
const azureProblems = ({ instance }: EvaluatedRoot): readonly StepProblem[] =>
  azureBlocks(instance).map(({ span, name }) => ({
    ruleId: 'generated/azure-prune-off',
    at: { span, via: [] },
    message: `Azure does not delete what is removed from ${name}: garbage_collection_enabled is off unless it is set.`,
  }));

interface AzureBlock {
  readonly span: StepProblem['at']['span'];
  readonly name: string;
}

const azureBlocks = (module: EvaluatedRoot['instance']): readonly AzureBlock[] => [
  ...module.module.resources
    .filter(({ type }) => /^azurerm_(arc_)?kubernetes_flux_configuration$/.test(type))
    .flatMap(({ block }) => block.body.blocks)
    .filter(({ type, body }) => type === 'kustomizations' && !body.attributes.some(({ name }) => name === 'garbage_collection_enabled'))
    .map(({ header }) => ({ span: header, name: 'the path of these kustomizations' })),
  ...module.calls().flatMap(({ instances }) => instances.flatMap((one) => (one.module ? azureBlocks(one.module) : []))),
];
