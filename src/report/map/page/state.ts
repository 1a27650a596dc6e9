/** What the page was given, what its reader asks for, and the words that its views share. */
import type { ClusterData, FindingData, MapData, SharedData } from '../map-shape.ts';

export const data: MapData = JSON.parse(document.getElementById('data')?.textContent ?? '{}');

export interface Column {
  readonly cluster: ClusterData;
  /** Its place in the data. */
  readonly index: number;
}

const rank = ({ isProtected, environment }: ClusterData): number => (isProtected ? 0 : environment === undefined ? 2 : 1);

const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Clusters stand by environment, what is protected first. */
export const columns: readonly Column[] = data.clusters
  .map((cluster, index) => ({ cluster, index }))
  .sort(
    (a, b) =>
      rank(a.cluster) - rank(b.cluster) ||
      byText(a.cluster.environment ?? '', b.cluster.environment ?? '') ||
      byText(a.cluster.name, b.cluster.name),
  );

export type Tab = 'change' | 'matrix' | 'tree' | 'findings';
export type Order = 'path' | 'reach' | 'findings';

export interface State {
  tab: Tab;
  query: string;
  kind: string;
  environment: string;
  order: Order;
  sharedOnly: boolean;
  byFolder: boolean;
  readonly openFolders: Set<string>;
}

const isLarge = data.shared.length > 80;

export const state: State = {
  tab: data.change ? 'change' : 'matrix',
  query: '',
  kind: '',
  environment: '',
  order: 'path',
  sharedOnly: data.clusters.length > 1,
  byFolder: isLarge,
  openFolders: new Set(),
};

/** Whoever changes the state says so; `app.ts` listens. */
export const redraw = (): void => {
  document.dispatchEvent(new Event('redraw'));
};

export const show = (hash: string): void => {
  if (location.hash === hash) redraw();
  else location.hash = hash;
};

const askable = ['finding', 'cluster', 'kustomization', 'object', 'place'] as const;

export type Asked = (typeof askable)[number];

export const hashOf = (what: Asked, value: string): string => `#${what}=${encodeURIComponent(value)}`;

const isAsked = (what: string | undefined): what is Asked => askable.some((each) => each === what);

/** What the address asks for: `#finding=`, `#cluster=`, `#kustomization=`, `#object=`, `#place=`. */
export const asked = (): { readonly what: Asked | ''; readonly value: string } => {
  const [, what, value = ''] = /^#(\w+)=(.*)$/.exec(location.hash) ?? [];
  if (!isAsked(what)) return { what: '', value: '' };
  try {
    return { what, value: decodeURIComponent(value) };
  } catch {
    return { what: '', value: '' };
  }
};

export interface ObjectParts {
  readonly label: string;
  /** `PATH:LINE` */
  readonly at: string;
  readonly isGenerated: boolean;
  /** Its place in the tables of values. */
  readonly values: number | undefined;
}

/** @param object `LABEL\tPATH:LINE\tVALUES`, a star before what a generator makes */
export const objectParts = (object: string): ObjectParts => {
  const parts = object.split('\t');
  const [label = ''] = parts;
  const values = parts.at(-1) ?? '';
  return {
    label: label.replace(/^\*/, ''),
    at: parts.slice(1, -1).join('\t'),
    isGenerated: label.startsWith('*'),
    values: values === '' ? undefined : Number(values),
  };
};

/** Of an object, what it is called and where it stands. */
export const matchesObject = (object: string): boolean => matches(object.slice(0, object.lastIndexOf('\t')));

export const matches = (...words: readonly (string | undefined)[]): boolean => {
  const query = state.query.toLowerCase();
  return query === '' || words.some((word) => word?.toLowerCase().includes(query));
};

/** `2 ✖ 1 ▲`, counted once: a matrix asks for every row and column. */
export const countText = (found: readonly FindingData[]): string => {
  const errors = found.filter(({ severity }) => severity === 'error').length;
  const warnings = found.filter(({ severity }) => severity === 'warning').length;
  return [errors > 0 ? `${errors} ✖` : '', warnings > 0 ? `${warnings} ▲` : ''].filter(Boolean).join(' ');
};

export const findingsIn = ({ name }: Pick<ClusterData, 'name'>): readonly FindingData[] =>
  data.findings.filter(({ clusters }) => clusters.includes(name));

/** Of each folder, what lies in it or below. */
const byFolder = ((): ReadonlyMap<string, readonly FindingData[]> => {
  const found = new Map<string, FindingData[]>();
  for (const finding of data.findings) {
    const parts = finding.at.split('/').slice(0, -1);
    for (const depth of parts.keys()) {
      const folder = parts.slice(0, depth + 1).join('/');
      const known = found.get(folder);
      if (known) known.push(finding);
      else found.set(folder, [finding]);
    }
  }
  return found;
})();

export const findingsBelow = (folder: string): readonly FindingData[] => byFolder.get(folder) ?? [];

/** Whether what a path belongs to and where it arrives do not go together: dev in production. */
export const isCrossing = ({ environment }: SharedData, { isProtected, environment: own }: ClusterData): boolean =>
  environment !== undefined && own !== undefined && environment !== own && isProtected;

/** The protected clusters that a row has no business in; what the change takes away is no longer there. */
export const crossed = (row: SharedData): readonly ClusterData[] =>
  row.cells.flatMap(([index, , change]) => {
    const cluster = data.clusters[index];
    return cluster && change !== 'gone' && isCrossing(row, cluster) ? [cluster] : [];
  });

export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
