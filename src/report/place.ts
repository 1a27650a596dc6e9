import type { Location } from '../model/finding.ts';

/** `apps/base/kustomization.yaml:7:5`, with the checkout or revision it was read from where that is another one. */
export const placeText = (location: Location): string => inWhere(`${location.path}:${location.line}:${location.column}`, location);

/** The same without its column. */
export const lineText = (location: Pick<Location, 'path' | 'line' | 'repository' | 'revision'>): string =>
  inWhere(`${location.path}:${location.line}`, location);

const inWhere = (text: string, location: Elsewhere): string => {
  const where = whereText(location);
  return where === undefined ? text : `${text} (${where})`;
};

type Elsewhere = Pick<Location, 'repository' | 'revision'>;

/** The checkout or revision that a place is in; undefined for the root. */
export const whereText = ({ repository, revision }: Elsewhere): string | undefined => {
  const others = [repository, revision?.replace(commitId, '$1')].filter((part) => part !== undefined);
  return others.length === 0 ? undefined : others.join(' at ');
};

/** A path that names no file of this repository by mistake: one of a mapped checkout starts with its URL. */
export const pathText = ({ path, repository }: Pick<Location, 'path' | 'repository'>): string =>
  repository === undefined ? path : `${repository.replace(/\/$/, '')}/${path}`;

/** People know commits by their first characters. */
const commitId = /^([0-9a-f]{12})[0-9a-f]{28,}$/;
