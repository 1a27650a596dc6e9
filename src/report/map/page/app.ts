/** The page: who shares what with whom, what each cluster applies in its order, and what is wrong with it. */
import type { ClusterData, FindingData, KustomizationData, MapData, SharedData } from '../map-shape.ts';
import { button, element, growing } from './elements.ts';

const data: MapData = JSON.parse(document.getElementById('data')?.textContent ?? '{}');
const view = document.getElementById('view') ?? document.body;
const detail = document.getElementById('detail') ?? document.body;
const search = document.querySelector<HTMLInputElement>('#search');
const columns = inOrder(data.clusters);

type Tab = 'matrix' | 'tree' | 'findings';
const tabs: readonly (readonly [Tab, string])[] = [
  ['matrix', 'Who shares what'],
  ['tree', 'Clusters'],
  ['findings', `Findings (${data.findings.length})`],
];

const state: { tab: Tab; query: string; kind: string; sharedOnly: boolean } = {
  tab: 'matrix',
  query: '',
  kind: '',
  sharedOnly: data.clusters.length > 1,
};

/** Columns stand by environment, what is protected first. */
function inOrder(clusters: readonly ClusterData[]): readonly { readonly cluster: ClusterData; readonly index: number }[] {
  const rank = ({ isProtected, environment }: ClusterData) => (isProtected ? 0 : environment === undefined ? 2 : 1);
  return clusters
    .map((cluster, index) => ({ cluster, index }))
    .sort(
      (a, b) =>
        rank(a.cluster) - rank(b.cluster) ||
        text(a.cluster.environment).localeCompare(text(b.cluster.environment), 'en') ||
        a.cluster.name.localeCompare(b.cluster.name, 'en'),
    );
}

function text(value: string | undefined): string {
  return value ?? '';
}

const matches = (...words: readonly (string | undefined)[]): boolean => {
  const query = state.query.toLowerCase();
  return query === '' || words.some((word) => word?.toLowerCase().includes(query));
};

const findingsOf = (isMeant: (finding: FindingData) => boolean): string => {
  const found = data.findings.filter(isMeant);
  const errors = found.filter(({ severity }) => severity === 'error').length;
  const warnings = found.filter(({ severity }) => severity === 'warning').length;
  return [errors > 0 ? `${errors} ✖` : '', warnings > 0 ? `${warnings} ▲` : ''].filter(Boolean).join(' ');
};

/** Whether what a path belongs to and where it arrives do not go together: dev in production. */
const isCrossing = ({ environment }: SharedData, { cluster }: { readonly cluster: ClusterData }): boolean =>
  environment !== undefined && cluster.environment !== undefined && environment !== cluster.environment && cluster.isProtected;

const show = (hash: string) => {
  if (location.hash === hash) render();
  else location.hash = hash;
};

const render = () => {
  for (const [tab] of tabs) document.getElementById(`tab-${tab}`)?.setAttribute('aria-selected', String(tab === state.tab));
  view.setAttribute('aria-labelledby', `tab-${state.tab}`);
  view.replaceChildren(state.tab === 'matrix' ? matrix() : state.tab === 'tree' ? tree() : findings());
  renderDetail();
};

/** Of one cluster alone it is nobody's business but its own, unless it should not be there. */
const isShared = (row: SharedData): boolean =>
  row.cells.length > 1 || columns.some((column) => row.cells.some(([index]) => index === column.index) && isCrossing(row, column));

const matrix = (): HTMLElement => {
  const rows = data.shared.filter(
    (row) => (state.kind === '' || row.type === state.kind) && (!state.sharedOnly || isShared(row)) && matches(row.name, row.type),
  );
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, `${rows.length} shared`),
    ...columns.map(({ cluster }) =>
      element(
        'th',
        { scope: 'col', class: cluster.isProtected ? 'protected' : undefined },
        button(cluster.name, () => show(`#cluster=${encodeURIComponent(cluster.name)}`), {
          title: `${cluster.name}: ${cluster.environment ?? 'no known environment'}`,
        }),
        element('small', {}, cluster.environment ?? '?'),
        element(
          'small',
          { class: 'count' },
          findingsOf((finding) => finding.clusters.includes(cluster.name)),
        ),
      ),
    ),
  );
  const body = element('tbody', {});
  for (const row of rows) body.append(matrixRow(row));
  const table = element(
    'table',
    { class: 'matrix', role: 'grid', 'aria-label': 'What clusters share', keydown: moveFocus },
    element('thead', {}, head),
    body,
  );
  const [first] = table.querySelectorAll<HTMLElement>('[role=gridcell]');
  first?.setAttribute('tabindex', '0');
  return element('div', { class: 'scroll' }, filters(), table, rows.length === 0 ? element('p', {}, 'Nothing is called so.') : undefined);
};

const filters = (): HTMLElement =>
  element(
    'p',
    { class: 'filters' },
    element(
      'label',
      {},
      'Show ',
      select(['', 'base', 'component', 'chart', 'source'], state.kind, (kind) => {
        state.kind = kind;
        render();
      }),
    ),
    element(
      'label',
      {},
      element('input', {
        type: 'checkbox',
        checked: state.sharedOnly,
        change: () => {
          state.sharedOnly = !state.sharedOnly;
          render();
        },
      }),
      ' in several clusters',
    ),
  );

const select = (values: readonly string[], chosen: string, act: (value: string) => void): HTMLSelectElement => {
  const made = element(
    'select',
    {},
    ...values.map((value) => element('option', { value, selected: value === chosen }, value === '' ? 'everything' : `${value}s`)),
  );
  made.addEventListener('change', () => act(made.value));
  return made;
};

const matrixRow = (row: SharedData): HTMLElement => {
  const cells = new Map(row.cells);
  return element(
    'tr',
    { id: `row-${row.name}` },
    element(
      'th',
      { scope: 'row' },
      element('span', { class: `kind ${row.type}` }, row.type),
      button(row.name, () => show(`#place=${encodeURIComponent(row.name)}`)),
      element(
        'small',
        { class: 'count' },
        findingsOf(({ at }) => at.startsWith(`${row.name}/`)),
      ),
    ),
    ...columns.map((column) => {
      const by = cells.get(column.index);
      const crosses = by !== undefined && isCrossing(row, column);
      const label =
        by === undefined
          ? `${row.name} does not reach ${column.cluster.name}`
          : `${row.name} reaches ${column.cluster.name} by ${by.join(', ')}${crosses ? `, though it belongs to ${row.environment ?? ''}` : ''}`;
      return element(
        'td',
        {
          role: 'gridcell',
          tabindex: '-1',
          'aria-label': label,
          title: label,
          class: [by ? 'on' : 'off', column.cluster.isProtected ? 'protected' : '', crosses ? 'crosses' : ''].filter(Boolean).join(' '),
        },
        by === undefined ? '' : crosses ? '✖' : by.length > 1 ? String(by.length) : '●',
      );
    }),
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
  const line = event.target.parentElement;
  if (down === undefined || right === undefined || !line) return;
  event.preventDefault();
  const column = [...line.children].indexOf(event.target) + right;
  const lines = line.parentElement ? [...line.parentElement.children] : [];
  const next = lines[lines.indexOf(line) + down]?.children[column];
  if (!(next instanceof HTMLElement) || next.getAttribute('role') !== 'gridcell') return;
  event.target.setAttribute('tabindex', '-1');
  next.setAttribute('tabindex', '0');
  next.focus();
}

const tree = (): HTMLElement => {
  const clusters = columns.filter(({ cluster }) => matches(cluster.name, cluster.environment) || cluster.kustomizations.some(isMatched));
  return element(
    'div',
    { class: 'scroll' },
    growing(clusters, ({ cluster }) => clusterBlock(cluster), 50),
  );
};

const isMatched = ({ id, builds, objects, tenant }: KustomizationData): boolean =>
  matches(id, builds, tenant) || (state.query !== '' && objects.some((object) => matches(object)));

const clusterBlock = (cluster: ClusterData): HTMLElement => {
  const all =
    state.query === '' || matches(cluster.name, cluster.environment) ? cluster.kustomizations : cluster.kustomizations.filter(isMatched);
  const block = element(
    'details',
    { open: state.query !== '' || data.clusters.length === 1 },
    element(
      'summary',
      {},
      element('strong', {}, cluster.name),
      ` ${cluster.environment ?? ''} `,
      cluster.isProtected ? element('span', { class: 'badge protected' }, 'protected') : undefined,
      ` ${all.length} Kustomizations `,
      element(
        'span',
        { class: 'count' },
        findingsOf((finding) => finding.clusters.includes(cluster.name)),
      ),
    ),
  );
  const fill = () => {
    if (block.open && block.childElementCount === 1)
      block.append(growing(inDependencyOrder(all), (each) => kustomizationBlock(cluster, each)));
  };
  block.addEventListener('toggle', fill);
  fill();
  return block;
};

/** Those that others wait for come first; what waits in a circle comes last. */
const inDependencyOrder = (all: readonly KustomizationData[]): readonly KustomizationData[] => {
  const known = new Map(all.map((each) => [each.id, each] as const));
  const done = new Set<string>();
  const order: KustomizationData[] = [];
  let left = [...all];
  while (left.length > 0) {
    const ready = left.filter(({ dependsOn }) => dependsOn.every((id) => done.has(id) || !known.has(id)));
    const next = ready.length > 0 ? ready : left;
    for (const each of next) done.add(each.id);
    order.push(...next);
    left = ready.length > 0 ? left.filter((each) => !done.has(each.id)) : [];
  }
  return order;
};

const badge = (condition: boolean, label: string): HTMLElement | undefined =>
  condition ? element('span', { class: 'badge' }, label) : undefined;

const kustomizationBlock = (cluster: ClusterData, each: KustomizationData): HTMLElement => {
  const block = element(
    'details',
    {},
    element(
      'summary',
      {},
      button(each.id, () => show(`#kustomization=${encodeURIComponent(`${cluster.name}/${each.id}`)}`)),
      ` ${each.objects.length} objects `,
      badge(each.suspended === true, 'suspended'),
      badge(each.why !== undefined, 'not judged'),
      badge(each.tenant !== undefined, `tenant ${each.tenant ?? ''}`),
      badge(
        each.objects.some((object) => object.startsWith('*')),
        'generates',
      ),
    ),
  );
  block.addEventListener('toggle', () => {
    if (!block.open || block.childElementCount > 1) return;
    const shown = state.query === '' ? each.objects : each.objects.filter((object) => matches(object));
    block.append(growing(shown.length > 0 ? shown : each.objects, objectRow));
  });
  return block;
};

const objectRow = (object: string): HTMLElement => {
  const [label = '', at = ''] = object.replace(/^\*/, '').split('\t');
  return element('span', {}, label, ' ', element('code', {}, at), badge(object.startsWith('*'), 'generated'));
};

const findings = (): HTMLElement => {
  const shown = data.findings.filter(({ ruleId, message, at, clusters }) => matches(ruleId, message, at, ...clusters));
  return element(
    'div',
    { class: 'scroll' },
    growing(shown, findingRow, 200),
    shown.length === 0 ? element('p', {}, 'No finding.') : undefined,
  );
};

const marks = { error: '✖', warning: '▲', info: '●' } as const;

const findingRow = (finding: FindingData): HTMLElement =>
  element(
    'span',
    { class: `finding ${finding.severity}` },
    element('span', { class: 'mark', 'aria-label': finding.severity }, marks[finding.severity]),
    button(finding.message, () => show(`#finding=${encodeURIComponent(finding.fingerprint)}`)),
    element('small', {}, `${finding.ruleId}  ${finding.at}`),
  );

/** What the address asks for: `#finding=`, `#cluster=`, `#kustomization=`, `#place=`. */
const asked = (): readonly [string, string] => {
  const [, name = '', value = ''] = /^#(finding|cluster|kustomization|place)=(.*)$/.exec(location.hash) ?? [];
  try {
    return [name, decodeURIComponent(value)];
  } catch {
    return ['', ''];
  }
};

const renderDetail = () => {
  const [name, value] = asked();
  const content =
    name === 'finding'
      ? findingDetail(data.findings.find(({ fingerprint }) => fingerprint === value))
      : name === 'cluster'
        ? clusterDetail(data.clusters.find((cluster) => cluster.name === value))
        : name === 'kustomization'
          ? kustomizationDetail(value)
          : name === 'place'
            ? placeDetail(data.shared.find((place) => place.name === value))
            : undefined;
  detail.replaceChildren(...(content ?? [element('p', { class: 'quiet' }, 'Choose a cluster, a row or a finding.')]));
};

const heading = (title: string): HTMLElement => element('h2', {}, title);

const findingDetail = (finding: FindingData | undefined): readonly Node[] | undefined => {
  if (!finding) return undefined;
  const suppression = `# flux-lint-disable-next-line ${finding.ruleId} -- why`;
  return [
    heading(finding.message),
    element(
      'p',
      {},
      element('code', {}, finding.at),
      ' ',
      finding.url === undefined ? finding.ruleId : element('a', { href: safe(finding.url), rel: 'noreferrer' }, finding.ruleId),
    ),
    element('pre', {}, finding.frame.join('\n')),
    ...(finding.hint === undefined ? [] : [element('p', {}, finding.hint)]),
    element(
      'p',
      {},
      'Reaches ',
      ...(finding.clusters.length === 0
        ? ['no cluster']
        : links(finding.clusters.map((cluster) => [cluster, `#cluster=${encodeURIComponent(cluster)}`]))),
    ),
    ...(finding.related.length === 0 ? [] : [element('ol', {}, ...finding.related.map((each) => element('li', {}, each)))]),
    element(
      'p',
      {},
      'To suppress it: ',
      element('code', {}, suppression),
      ' ',
      button('copy', () => void navigator.clipboard?.writeText(suppression)),
    ),
  ];
};

/** Nothing but the web is linked to. */
const safe = (url: string): string => (/^https:\/\//.test(url) ? url : '#');

const links = (all: readonly (readonly [string, string])[]): readonly (Node | string)[] =>
  all.flatMap(([label, hash], index) => [...(index > 0 ? [', '] : []), element('a', { href: hash }, label)]);

const clusterDetail = (cluster: ClusterData | undefined): readonly Node[] | undefined => {
  if (!cluster) return undefined;
  const position = data.clusters.indexOf(cluster);
  const taken = data.shared.filter(({ cells }) => cells.some(([index]) => index === position));
  return [
    heading(cluster.name),
    element(
      'p',
      {},
      `${cluster.environment ?? 'no known environment'}${cluster.isProtected ? ', protected' : ''}, from `,
      element('code', {}, cluster.directory || '.'),
    ),
    element(
      'p',
      {},
      `${cluster.kustomizations.length} Kustomizations, ${cluster.kustomizations.reduce((sum, { objects }) => sum + objects.length, 0)} objects`,
    ),
    growing(
      data.findings.filter(({ clusters }) => clusters.includes(cluster.name)),
      findingRow,
      50,
    ),
    element('h3', {}, 'Shares'),
    growing(
      taken,
      ({ name, type }) =>
        element(
          'span',
          {},
          element('span', { class: `kind ${type}` }, type),
          element('a', { href: `#place=${encodeURIComponent(name)}` }, name),
        ),
      100,
    ),
  ];
};

const kustomizationDetail = (value: string): readonly Node[] | undefined => {
  const cluster = data.clusters.find(({ name }) => value.startsWith(`${name}/`));
  const each = cluster?.kustomizations.find(({ id }) => value === `${cluster.name}/${id}`);
  if (!cluster || !each) return undefined;
  const link = (id: string): readonly [string, string] => [id, `#kustomization=${encodeURIComponent(`${cluster.name}/${id}`)}`];
  const waiting = cluster.kustomizations.filter(({ dependsOn }) => dependsOn.includes(each.id)).map(({ id }) => id);
  const children = cluster.kustomizations.filter(({ parent }) => parent === each.id && each.id !== each.parent).map(({ id }) => id);
  const others =
    each.builds === undefined
      ? []
      : data.clusters
          .filter((other) => other !== cluster && other.kustomizations.some(({ builds }) => builds === each.builds))
          .map(({ name }) => name);
  const line = (label: string, ids: readonly string[]) =>
    ids.length === 0 ? [] : [element('dt', {}, label), element('dd', {}, ...links(ids.map(link)))];
  return [
    heading(`${each.id} on ${cluster.name}`),
    element(
      'dl',
      {},
      element('dt', {}, 'written at'),
      element('dd', {}, element('code', {}, each.at)),
      element('dt', {}, each.why === undefined ? 'builds' : 'not judged'),
      element('dd', {}, each.why ?? element('a', { href: `#place=${encodeURIComponent(each.builds ?? '')}` }, each.builds ?? '')),
      ...(others.length === 0
        ? []
        : [
            element('dt', {}, 'also built for'),
            element('dd', {}, ...links(others.map((name) => [name, `#cluster=${encodeURIComponent(name)}`]))),
          ]),
      ...line('applied by', each.parent === undefined ? [] : [each.parent]),
      ...line('waits for', each.dependsOn),
      ...line('is waited for by', waiting),
      ...line('brings', children),
    ),
    growing(each.objects, objectRow, 100),
  ];
};

const placeDetail = (place: SharedData | undefined): readonly Node[] | undefined => {
  if (!place) return undefined;
  return [
    heading(place.name),
    element(
      'p',
      {},
      `${place.type}${place.environment === undefined ? '' : `, of ${place.environment}`}, in ${place.cells.length} of ${data.clusters.length} clusters`,
    ),
    element(
      'dl',
      {},
      ...place.cells.flatMap(([index, by]) => {
        const name = data.clusters[index]?.name ?? '?';
        return [element('dt', {}, element('a', { href: `#cluster=${encodeURIComponent(name)}` }, name)), element('dd', {}, by.join(', '))];
      }),
    ),
    growing(
      data.findings.filter(({ at }) => at.startsWith(`${place.name}/`)),
      findingRow,
      50,
    ),
  ];
};

const tablist = document.getElementById('tabs');
for (const [tab, label] of tabs) {
  tablist?.append(
    button(
      label,
      () => {
        state.tab = tab;
        render();
      },
      { role: 'tab', id: `tab-${tab}`, 'aria-controls': 'view' },
    ),
  );
}
search?.addEventListener('input', () => {
  state.query = search.value;
  render();
});
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  search?.focus();
});
window.addEventListener('hashchange', () => {
  if (asked()[0] === 'finding') state.tab = 'findings';
  render();
});
const about = document.getElementById('about');
if (about)
  about.textContent = `${data.tool}, ${data.root}: ${data.clusters.length} clusters, ${data.findings.length} findings${data.notJudged.length === 0 ? '' : `; not checked: ${data.notJudged.join('; ')}`}`;
if (asked()[0] === 'finding') state.tab = 'findings';
render();
