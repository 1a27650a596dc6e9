import type { SharedByTenants } from '../../graph/tenants/shared-by-tenants.ts';
import type { Problem } from '../../model/problem.ts';

/** How a rule says that two tenants use one thing. */
export interface SharedWords {
  /** The field that names it, a pointer. */
  readonly field: string;
  /** What a Kustomization does with it, such as `deploys to apps`. */
  readonly does: string;
  /** What the other one does, beside the sentence before. */
  readonly alsoDoes: string;
  /** What may happen because of it: a sentence. */
  readonly consequence: string;
}

/** At the second user; the first stands beside it. */
export const sharedProblem = ({ first, second }: SharedByTenants, { field, does, alsoDoes, consequence }: SharedWords): Problem => ({
  at: second.kustomization.origin(field),
  message: `${second.kustomization.id} of tenant ${second.tenant.name} ${does}, and so does ${first.kustomization.id} of tenant ${first.tenant.name}. ${consequence}`,
  related: [{ at: first.kustomization.origin(field), message: `${first.kustomization.id} ${alsoDoes}` }],
  tenants: [second.tenant.name, first.tenant.name],
});
