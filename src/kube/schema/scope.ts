import { kubernetesKind } from './kubernetes/served-kinds.ts';
import { servedKind } from './served-versions.ts';

export type Scope = 'Namespaced' | 'Cluster';

/** Whether objects of a kind lie in a namespace. Undefined for kinds of others, which their definitions know. */
export const scopeOf = (group: string, kind: string): Scope | undefined =>
  servedKind(group, kind) ? 'Namespaced' : kubernetesKind(group, kind)?.scope;
