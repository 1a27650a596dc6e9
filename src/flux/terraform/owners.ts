/** Objects that come from Terraform and from Git. */

import { identityOf, isIdentityKnown } from '../../generate/resource-set/identity.ts';
import { isBegunOnly, type TerraformObject } from '../../generate/terraform/made.ts';
import type { StepProblem } from '../../model/problem.ts';
import { type MapNode, stringAt } from '../../yaml/node.ts';
import { isSwitched } from '../object-switches.ts';

/** A cluster: what Terraform makes there, and what Flux applies. */
export interface AppliedElsewhere {
  readonly made: readonly TerraformObject[];
  readonly applied: readonly { readonly owner: string; readonly root: MapNode }[];
}

export const ownerProblems = (clusters: readonly AppliedElsewhere[]): readonly StepProblem[] => clusters.flatMap(ofCluster);

const ofCluster = ({ made, applied }: AppliedElsewhere): readonly StepProblem[] => {
  const byIdentity = new Map(applied.map((object) => [identityOf(object.root), object] as const));
  return made.flatMap((object): readonly StepProblem[] => {
    if (object.isHandedOver || object.multiplicity !== '1' || !isIdentityKnown(object.root)) return [];
    const twin = byIdentity.get(identityOf(object.root));
    if (twin === undefined || isShared(twin.root) || isBegunOnly(object)) return [];
    const kind = stringAt(object.root, 'kind') ?? '';
    return [
      {
        ruleId: 'generated/two-owners',
        at: object.at,
        message: `${kind} ${stringAt(object.root, 'metadata', 'name') ?? ''} comes from Terraform (${object.address}) and from Git (${twin.owner}): each reverts what the other one changes.`,
        hint: 'Leave it to one of them; if Terraform only begins it, let it ignore what becomes of it: lifecycle { ignore_changes = … }.',
        related: [{ at: twin.root, message: `${twin.owner} applies it from here` }],
        // Terraform owns no more than it says: of these it seldom says anything that Git contradicts.
        ...(kind === 'Namespace' || kind === 'ServiceAccount' ? { atMost: 'info' as const } : {}),
      },
    ];
  });
};

const isShared = (root: MapNode): boolean =>
  isSwitched(root, 'ssa', 'merge', 'ifnotpresent', 'ignore') || isSwitched(root, 'reconcile', 'disabled');
