import { byText } from '../files/files.ts';
import type { ClusterImpact } from './impact.ts';

/** From the first to the last where nothing is configured; the names that environments are known by. */
const usualOrder = ['sandbox', 'development', 'test', 'qa', 'staging', 'production'];

/** Production first, since it is what a reviewer must see; then in the order of promotion; unknown ones last. */
export const inPromotionOrder = (clusters: readonly ClusterImpact[], promotion: readonly string[]): readonly ClusterImpact[] => {
  const order = promotion.length > 0 ? promotion : usualOrder;
  const rank = ({ environment, isProtected }: ClusterImpact): number => {
    if (isProtected) return -1;
    const position = order.indexOf(environment?.environment ?? '');
    if (position !== -1) return position;
    return environment ? order.length : order.length + 1;
  };
  const nameOf = ({ environment }: ClusterImpact) => environment?.environment ?? '';
  return [...clusters].sort((a, b) => rank(a) - rank(b) || byText(nameOf(a), nameOf(b)) || byText(a.name, b.name));
};
