/** The page: who shares what with whom, what each cluster applies in its order, and what is wrong with it. */
import { changeView, unfoldDifferences } from './change.ts';
import { detailOf } from './detail.ts';
import { button, element } from './elements.ts';
import { findings } from './findings.ts';
import { matrix } from './matrix.ts';
import { asked, counted, data, redraw, show, state, type Tab } from './state.ts';
import { tree } from './tree.ts';

const view = document.getElementById('view') ?? document.body;
const detail = document.getElementById('detail') ?? document.body;
const search = document.querySelector<HTMLInputElement>('#search');

const tabs: readonly (readonly [Tab, string])[] = [
  ...(data.change ? ([['change', 'The change']] as const) : []),
  ['matrix', 'Who shares what'],
  ['tree', 'Clusters'],
  ['findings', `Findings (${data.findings.length})`],
];

const render = () => {
  for (const [tab] of tabs) {
    const isChosen = tab === state.tab;
    const control = document.getElementById(`tab-${tab}`);
    control?.setAttribute('aria-selected', String(isChosen));
    control?.setAttribute('tabindex', isChosen ? '0' : '-1');
  }
  view.setAttribute('aria-labelledby', `tab-${state.tab}`);
  view.replaceChildren(viewOf(state.tab));
  markChosen();
};

/** What the detail is about has a mark in the view, also where it was not chosen there. */
const markChosen = () => {
  for (const control of view.querySelectorAll('[data-opens], a[href^="#"]')) {
    const hash = control.getAttribute('data-opens') ?? control.getAttribute('href');
    if (hash === location.hash && hash !== '') control.setAttribute('aria-current', 'true');
    else control.removeAttribute('aria-current');
  }
};

const viewOf = (tab: Tab): HTMLElement => {
  switch (tab) {
    case 'change':
      return data.change ? changeView(data.change) : matrix();
    case 'matrix':
      return matrix();
    case 'tree':
      return tree();
    case 'findings':
      return findings();
    default:
      return tab satisfies never;
  }
};

const renderDetail = () => {
  const content = detailOf(asked());
  document.body.classList.toggle('chosen', content.length > 0);
  const close = button('close', () => show('#'), { class: 'close' });
  detail.replaceChildren(...(content.length === 0 ? [] : [close, ...content]));
  if (content.length > 0) detail.scrollTop = 0;
  markChosen();
};

const choose = (tab: Tab) => {
  state.tab = tab;
  render();
};

/** Left and right go from tab to tab, as in every list of tabs. */
const moveTab = (event: Event) => {
  if (!(event instanceof KeyboardEvent)) return;
  const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  const position = tabs.findIndex(([tab]) => tab === state.tab);
  const [next] = tabs[(position + by + tabs.length) % tabs.length] ?? [];
  if (by === 0 || next === undefined) return;
  choose(next);
  document.getElementById(`tab-${next}`)?.focus();
};

/** What has the focus is made anew: the control of the same words gets it. */
const renderInPlace = () => {
  const label = document.activeElement?.getAttribute('data-focus');
  const top = view.firstElementChild?.scrollTop ?? 0;
  render();
  if (view.firstElementChild) view.firstElementChild.scrollTop = top;
  if (label !== null && label !== undefined) {
    for (const control of view.querySelectorAll<HTMLElement>('[data-focus]'))
      if (control.getAttribute('data-focus') === label) control.focus();
  }
};

const about = (): string => {
  const unread = data.notJudged.length === 0 ? '' : `; not checked: ${data.notJudged.join('; ')}`;
  const left = data.values?.left ?? 0;
  const unseen = left === 0 ? '' : `; without the values of ${counted(left, 'object')}, which flux-lint build prints`;
  return `${data.tool}, ${data.root}: ${counted(data.clusters.length, 'cluster')}, ${counted(data.findings.length, 'finding')}${unseen}${unread}`;
};

const tablist = document.getElementById('tabs');
tablist?.addEventListener('keydown', moveTab);
tablist?.append(
  ...tabs.map(([tab, label]) => button(label, () => choose(tab), { role: 'tab', id: `tab-${tab}`, 'aria-controls': 'view' })),
);
search?.addEventListener('input', () => {
  state.query = search.value;
  render();
});
document.addEventListener('redraw', renderInPlace);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !(event.target instanceof HTMLInputElement)) show('#');
  if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  search?.focus();
});
window.addEventListener('hashchange', renderDetail);
window.addEventListener('beforeprint', unfoldDifferences);
document.getElementById('about')?.append(element('span', {}, about()));
if (asked().what === 'finding') state.tab = 'findings';
if (asked().what === 'object') state.tab = 'tree';
redraw();
renderDetail();
