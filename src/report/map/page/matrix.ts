/** The first screen: what is shared, against the clusters that get it. */
import type { CellData, SharedData } from '../map-shape.ts';
import { button, checkbox, element, links, opener, select } from './elements.ts';
import {
  type Column,
  columns,
  counted,
  countText,
  crossed,
  data,
  findingsBelow,
  findingsIn,
  hashOf,
  isCrossing,
  matches,
  redraw,
  state,
} from './state.ts';

/** A place, or a folder that stands for those in it. */
interface Line {
  readonly row: SharedData;
  readonly depth: number;
  /** How many places it stands for; undefined for a place. */
  readonly folds?: number;
}

export const matrix = (): HTMLElement => {
  const shownColumns = columns.filter(({ cluster }) => state.environment === '' || environmentOf(cluster) === state.environment);
  const rows = sorted(data.shared.filter((row) => isAsked(row, shownColumns)));
  const lines = state.byFolder && state.query === '' && state.order === 'path' ? folded(rows) : rows.map((row) => ({ row, depth: 0 }));
  const table = element(
    'table',
    { class: 'matrix', role: 'grid', 'aria-label': 'What clusters share', keydown: moveFocus },
    element('thead', {}, environmentsRow(shownColumns), clustersRow(shownColumns, rows.length)),
    ...bodies(lines, shownColumns),
  );
  table.querySelector('[role=gridcell]')?.setAttribute('tabindex', '0');
  return element(
    'div',
    { class: 'scroll' },
    verdict(),
    filters(),
    table,
    rows.length === 0 ? element('p', {}, 'Nothing here: widen the search or the filters.') : undefined,
    legend(),
  );
};

const environmentOf = ({ environment }: { readonly environment?: string }): string => environment ?? '?';

/** Of one cluster alone it is nobody's business but its own, unless it should not be there, or the change touches it. */
const isAsked = (row: SharedData, shown: readonly Column[]): boolean =>
  (state.kind === '' || row.type === state.kind) &&
  matches(row.name, row.type) &&
  (!state.sharedOnly || row.cells.length > 1 || crossed(row).length > 0 || row.cells.some(([, , change]) => change !== undefined)) &&
  (state.environment === '' || row.cells.some(([index]) => shown.some((column) => column.index === index)));

const sorted = (rows: readonly SharedData[]): readonly SharedData[] => {
  const weight = (row: SharedData): number =>
    state.order === 'reach' ? row.cells.length : state.order === 'findings' ? findingsBelow(row.name).length : 0;
  return [...rows].sort((a, b) => crossed(b).length - crossed(a).length || weight(b) - weight(a));
};

/** The first folders are open as long as that is a screen or two. */
const openAtFirst = (rows: readonly SharedData[]): void => {
  if (hasOpened.done) return;
  hasOpened.done = true;
  for (const { row, folds } of inFolders(rows, '', 0)) {
    const members = rows.filter(({ name }) => name.startsWith(`${row.name}/`));
    if (folds !== undefined && inFolders(members, row.name, 1).length <= 60) state.openFolders.add(row.name);
  }
};

const hasOpened = { done: false };

/** What must be seen stands by itself; of the rest, folders, as far as nobody opened them. */
const folded = (rows: readonly SharedData[]): readonly Line[] => {
  const urgent = rows.filter((row) => crossed(row).length > 0 || row.cells.some(([, , change]) => change !== undefined));
  const rest = rows.filter((row) => !urgent.includes(row));
  openAtFirst(rest);
  return [...urgent.map((row) => ({ row, depth: 0 })), ...inFolders(rest, '', 0)];
};

const inFolders = (rows: readonly SharedData[], prefix: string, depth: number): readonly Line[] => {
  const groups = new Map<string, SharedData[]>();
  for (const row of rows) {
    const key = row.name === prefix ? row.name : `${prefix}${prefix === '' ? '' : '/'}${segmentBehind(row.name, prefix)}`;
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].flatMap(([name, members]): readonly Line[] => {
    const [first] = members;
    if (!first) return [];
    if (members.length === 1) return [{ row: first, depth }];
    const folder: Line = { row: folderOf(name, members), depth, folds: members.length };
    return state.openFolders.has(name) ? [folder, ...inFolders(members, name, depth + 1)] : [folder];
  });
};

/** An address's first part is its host. */
const segmentBehind = (name: string, prefix: string): string => {
  const rest = prefix === '' ? name : name.slice(prefix.length + 1);
  const [, host] = /^(\w+:\/\/[^/]+)/.exec(rest) ?? [];
  return host ?? rest.split('/')[0] ?? rest;
};

const folderOf = (name: string, members: readonly SharedData[]): SharedData => {
  const cells = new Map<number, Set<string>>();
  for (const member of members) {
    for (const [index, by] of member.cells) for (const each of by) cells.set(index, (cells.get(index) ?? new Set()).add(each));
  }
  const type = members[0]?.type ?? 'base';
  return { type, name, cells: [...cells].map(([index, by]): CellData => [index, [...by]]) };
};

/** What a reader wants to know before reading. */
const verdict = (): HTMLElement => {
  const crossing = data.shared.filter((row) => crossed(row).length > 0);
  if (crossing.length === 0) {
    const protects = data.clusters.some(({ isProtected }) => isProtected);
    return element(
      'p',
      { class: 'verdict' },
      protects
        ? 'No path that names another environment reaches a protected cluster.'
        : 'No cluster is known to be production: see environments in .flux-lint.yaml.',
    );
  }
  const clusters = new Set(crossing.flatMap((row) => crossed(row).map(({ name }) => name)));
  return element(
    'p',
    { class: 'verdict bad' },
    `${crossing.length === 1 ? '1 place' : `${crossing.length} places`} of another environment ${crossing.length === 1 ? 'reaches' : 'reach'} ${counted(clusters.size, 'protected cluster')}: `,
    ...links(crossing.slice(0, 3).map(({ name }) => [name, hashOf('place', name)])),
    crossing.length > 3 ? ' and more' : undefined,
  );
};

const filters = (): HTMLElement => {
  const environments = [...new Set(columns.map(({ cluster }) => environmentOf(cluster)))];
  return element(
    'div',
    { class: 'filters' },
    select(
      'Kind',
      [['', 'everything'], ...(['base', 'component', 'chart', 'source'] as const).map((kind) => [kind, `${kind}s`] as const)],
      {
        chosen: state.kind,
        act: (kind) => {
          state.kind = kind;
        },
      },
    ),
    select('Environment', [['', 'all environments'], ...environments.map((name) => [name, name] as const)], {
      chosen: state.environment,
      act: (name) => {
        state.environment = name;
      },
    }),
    select(
      'Order',
      [
        ['path', 'path'],
        ['reach', 'number of clusters'],
        ['findings', 'findings'],
      ],
      {
        chosen: state.order,
        act: (order) => {
          state.order = order === 'reach' || order === 'findings' ? order : 'path';
        },
      },
    ),
    checkbox('in several clusters', state.sharedOnly, () => {
      state.sharedOnly = !state.sharedOnly;
    }),
    checkbox('folders', state.byFolder, () => {
      state.byFolder = !state.byFolder;
    }),
  );
};

const environmentsRow = (shown: readonly Column[]): HTMLElement => {
  const groups: { name: string; isProtected: boolean; count: number }[] = [];
  for (const { cluster } of shown) {
    const name = environmentOf(cluster);
    const last = groups.at(-1);
    if (last?.name === name && last.isProtected === cluster.isProtected) last.count++;
    else groups.push({ name, isProtected: cluster.isProtected, count: 1 });
  }
  return element(
    'tr',
    { class: 'environments' },
    element('td', { class: 'corner' }),
    ...groups.map(({ name, isProtected, count }) =>
      element(
        'th',
        { scope: 'colgroup', colspan: count, class: isProtected ? 'protected' : undefined, title: name },
        name === '?' ? 'unknown' : name,
      ),
    ),
  );
};

const clustersRow = (shown: readonly Column[], count: number): HTMLElement =>
  element(
    'tr',
    {},
    element('th', { scope: 'col', class: 'corner' }, `${count} shared`),
    ...shown.map(({ cluster }) =>
      element(
        'th',
        { scope: 'col', class: cluster.gone ? 'gone' : undefined },
        element('small', { class: 'count' }, countText(findingsIn(cluster))),
        opener(cluster.name, hashOf('cluster', cluster.name), {
          class: 'tall',
          title: `${cluster.name}: ${cluster.environment ?? 'no known environment'}`,
        }),
      ),
    ),
  );

/** Bodies of rows that are drawn only where they are looked at: a table of 200 rows and 40 clusters has 8,000 cells. */
const bodies = (lines: readonly Line[], shown: readonly Column[]): readonly HTMLElement[] => {
  const size = 40;
  const made: HTMLElement[] = [];
  for (let from = 0; from < lines.length; from += size) {
    made.push(element('tbody', {}, ...lines.slice(from, from + size).map((line) => matrixRow(line, shown))));
  }
  return made;
};

const matrixRow = ({ row, depth, folds }: Line, shown: readonly Column[]): HTMLElement => {
  const cells = new Map(row.cells.map(([index, ...cell]) => [index, cell] as const));
  return element(
    'tr',
    {},
    element(
      'th',
      { scope: 'row', class: depth === 0 ? undefined : `depth-${Math.min(depth, 4)}`, title: row.name },
      element('span', { class: 'kind' }, folds === undefined ? row.type : 'folder'),
      folds === undefined ? opener(row.name, hashOf('place', row.name)) : folderButton(row.name, folds),
      element('small', { class: 'count' }, countText(findingsBelow(row.name))),
    ),
    ...shown.map((column) => cell(row, column, cells.get(column.index))),
  );
};

const folderButton = (name: string, folds: number): HTMLElement => {
  const isOpen = state.openFolders.has(name);
  const toggle = () => {
    if (isOpen) state.openFolders.delete(name);
    else state.openFolders.add(name);
    redraw();
  };
  return button(`${isOpen ? '▾' : '▸'} ${name}/ (${folds})`, toggle, { 'aria-expanded': String(isOpen) });
};

const cell = (row: SharedData, { cluster }: Column, found: readonly [readonly string[], ('new' | 'gone')?] | undefined): HTMLElement => {
  const [by, change] = found ?? [];
  const crosses = by !== undefined && change !== 'gone' && isCrossing(row, cluster);
  const label = cellLabel(row, cluster.name, found, crosses);
  return element(
    'td',
    {
      role: 'gridcell',
      tabindex: '-1',
      'aria-label': label,
      title: label,
      class: crosses ? 'crosses' : (change ?? (by ? 'on' : undefined)),
    },
    by === undefined ? '' : crosses ? '✖' : change === 'new' ? '+' : change === 'gone' ? '−' : by.length > 1 ? String(by.length) : '●',
  );
};

const cellLabel = (
  { name, environment }: SharedData,
  cluster: string,
  found: readonly [readonly string[], ('new' | 'gone')?] | undefined,
  crosses: boolean,
): string => {
  if (!found) return `${name} does not reach ${cluster}`;
  const [by, change] = found;
  const verb = change === 'gone' ? 'no longer reaches' : change === 'new' ? 'now reaches' : 'reaches';
  const names = by.length > 5 ? `${by.slice(0, 5).join(', ')} and ${by.length - 5} more` : by.join(', ');
  return `${name} ${verb} ${cluster} by ${names}${crosses ? `, though it belongs to ${environment ?? ''}` : ''}`;
};

const legend = (): HTMLElement => {
  const key = (sign: string, kind: string, words: string) =>
    element('span', {}, element('span', { class: `key ${kind}` }, sign), ` ${words}`);
  return element(
    'p',
    { class: 'legend quiet' },
    key('●', 'on', 'reaches the cluster'),
    key('2', 'on', 'by so many Kustomizations or objects'),
    key('✖', 'crosses', 'belongs to another environment'),
    ...(data.change ? [key('+', 'new', 'comes with the change'), key('−', 'gone', 'goes with it')] : []),
  );
};

/** Arrow keys walk over the cells; a grid is one stop of the tab key. */
function moveFocus(event: Event) {
  if (!(event instanceof KeyboardEvent) || !(event.target instanceof HTMLElement) || event.target.getAttribute('role') !== 'gridcell')
    return;
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
  };
  const [down, right] = Object.hasOwn(moves, event.key) ? (moves[event.key] ?? []) : [];
  const line = event.target.closest('tr');
  if (down === undefined || right === undefined || !line) return;
  event.preventDefault();
  const lines = [...(line.closest('table')?.querySelectorAll('tbody tr') ?? [])];
  const next = lines[lines.indexOf(line) + down]?.children[[...line.children].indexOf(event.target) + right];
  if (!(next instanceof HTMLElement) || next.getAttribute('role') !== 'gridcell') return;
  event.target.setAttribute('tabindex', '-1');
  next.setAttribute('tabindex', '0');
  next.focus();
}
