import type { Location } from '../model/finding.ts';

/** `apps/base/kustomization.yaml:7:5`, with the checkout or revision it was read from where that is another one. */
export const placeText = ({ path, line, column, repository, revision }: Location): string => {
  const others = [repository, revision?.replace(commitId, '$1')].filter((part) => part !== undefined);
  return `${path}:${line}:${column}${others.length === 0 ? '' : ` (${others.join(' at ')})`}`;
};

/** A path that names no file of this repository by mistake: one of a mapped checkout starts with its URL. */
export const pathText = ({ path, repository }: Pick<Location, 'path' | 'repository'>): string =>
  repository === undefined ? path : `${repository.replace(/\/$/, '')}/${path}`;

/** People know commits by their first characters. */
const commitId = /^([0-9a-f]{12})[0-9a-f]{28,}$/;
