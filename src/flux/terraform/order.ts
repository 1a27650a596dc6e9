/** Flux objects that Terraform applies before Flux is there. */
import { withoutIndices } from '../../generate/terraform/addresses.ts';
import { installsFlux } from '../../generate/terraform/carriers/charts.ts';
import { dependenciesIn } from '../../generate/terraform/dependencies.ts';
import { isBegunOnly, type TerraformObject } from '../../generate/terraform/made.ts';
import { isReadElsewhere, type ModuleInstance } from '../../generate/terraform/module/instance.ts';
import type { EvaluatedRoot } from '../../generate/terraform/roots.ts';
import type { StepProblem } from '../../model/problem.ts';
import { stringAt } from '../../yaml/node.ts';
import { isFluxObject } from '../kinds.ts';

export const orderProblems = ({ instance, objects }: EvaluatedRoot): readonly StepProblem[] => {
  const installers = installersOf(instance);
  if (installers.size === 0) return [];
  const needs = dependenciesIn(instance.module);
  const told = new Set<string>();
  return objects.flatMap((object): readonly StepProblem[] => {
    if (!isFluxObject(object.root) || isBegunOnly(object)) return [];
    const resource = withoutIndices(object.address);
    const top = topOf(resource);
    // Once for a resource, however many objects it makes.
    if (told.has(resource) || installers.has(top)) return [];
    told.add(resource);
    if (object.type === 'kubernetes_manifest') return [beforeDefinition(object, installers)];
    if ([...installers].some((installer) => needs(top).has(installer))) return [];
    return [unordered(object, installers)];
  });
};

/** What installs Flux, by its address in the root: a resource of it, or the module that holds one. */
const installersOf = (root: ModuleInstance): ReadonlySet<string> =>
  new Set([
    ...root.module.resources
      .filter(
        (resource) =>
          resource.mode === 'managed' &&
          (resource.type === 'flux_bootstrap_git' || root.resourcesOf(resource).instances.some(installsFlux)),
      )
      .map(({ type, name }) => `${type}.${name}`),
    ...root
      .calls()
      .filter(
        (call) =>
          isReadElsewhere(call.source) || call.instances.some(({ module }) => module !== undefined && installersOf(module).size > 0),
      )
      .map(({ name }) => `module.${name}`),
  ]);

/** `module.tenant.kubectl_manifest.x` → `module.tenant`. */
const topOf = (address: string): string => address.split('.').slice(0, 2).join('.');

const idOf = ({ root }: TerraformObject): string =>
  `${stringAt(root, 'kind') ?? 'The object'} ${stringAt(root, 'metadata', 'name') ?? ''}`.trimEnd();

const beforeDefinition = (object: TerraformObject, installers: ReadonlySet<string>): StepProblem => ({
  ruleId: 'generated/manifest-before-crd',
  at: object.resource,
  message: `${object.address} applies ${idOf(object)} in the root module that installs Flux (${[...installers].join(', ')}): kubernetes_manifest asks the cluster for the kind when it plans, and the first plan fails.`,
  hint: 'Use kubectl_manifest, a chart, or a root module of its own that is applied later.',
});

const unordered = (object: TerraformObject, installers: ReadonlySet<string>): StepProblem => ({
  ruleId: 'generated/no-order-after-bootstrap',
  at: object.resource,
  message: `Nothing makes ${object.address} wait for ${[...installers].join(', ')}, which installs Flux: ${idOf(object)} fails at first, and on destroy the controllers may go before its finalizer has run.`,
  hint: `Add depends_on = [${[...installers][0] ?? ''}].`,
});
