import type { Location } from '../model/finding.ts';

/** `apps/base/kustomization.yaml:7:5`, with the checkout or revision it was read from where that is another one. */
export const placeText = ({ path, line, column, repository, revision }: Location): string => {
  const others = [repository, revision].filter((part) => part !== undefined);
  return `${path}:${line}:${column}${others.length === 0 ? '' : ` (${others.join(' at ')})`}`;
};
