/** Elements of the page. Whatever comes from a repository is set as text, never as markup. */
import { redraw, show } from './state.ts';

type Child = Node | string | undefined;

export interface Attributes {
  readonly [name: string]: string | number | boolean | ((event: Event) => void) | undefined;
}

export const element = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') made.addEventListener(name, value);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
};

export const button = (label: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement =>
  element('button', { type: 'button', click: act, 'data-focus': label.replace(/^[▸▾] /, ''), ...attributes }, label);

/** A button that shows what an address of the page stands for. */
export const opener = (label: string, hash: string, attributes: Attributes = {}): HTMLButtonElement =>
  button(label, () => show(hash), { 'data-opens': hash, ...attributes });

export const select = (
  label: string,
  options: readonly (readonly [value: string, words: string])[],
  { chosen, act }: { readonly chosen: string; readonly act: (value: string) => void },
): HTMLElement => {
  const made = element(
    'select',
    { 'data-focus': label },
    ...options.map(([value, words]) => element('option', { value, selected: value === chosen }, words)),
  );
  made.addEventListener('change', () => {
    act(made.value);
    redraw();
  });
  return element('label', {}, `${label} `, made);
};

export const checkbox = (label: string, checked: boolean, toggle: () => void): HTMLElement => {
  const change = () => {
    toggle();
    redraw();
  };
  return element('label', {}, element('input', { type: 'checkbox', checked, change, 'data-focus': label }), ` ${label}`);
};

/** Links of the page itself, with commas. */
export const links = (all: readonly (readonly [label: string, hash: string])[]): readonly (Node | string)[] =>
  all.flatMap(([label, hash], index) => [...(index > 0 ? [', '] : []), element('a', { href: hash }, label)]);

/** Said to who does not see it, and shown for a moment in the last line. */
export const announce = (words: string): void => {
  document.getElementById('said')?.replaceChildren(words);
};

/** A text that a click on the button selects, and copies where the browser allows it. */
export const copied = (
  text: string,
  { as = 'code', label = 'copy' }: { readonly as?: 'code' | 'pre'; readonly label?: string } = {},
): readonly Node[] => {
  const code = element(as, as === 'pre' ? { tabindex: '0', class: 'diff' } : {}, ...(as === 'pre' ? diffLines(text) : [text]));
  const copy = () => {
    document.getSelection()?.selectAllChildren(code);
    navigator.clipboard?.writeText(text).catch(() => undefined);
    announce('copied');
  };
  return [code, document.createTextNode(' '), button(label, copy, { class: 'copy' })];
};

/** Lines of a diff: what goes and what comes has its sign, and a colour besides. */
export const diffLines = (text: string): readonly Node[] =>
  text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => element('span', { class: kindOf(line) }, `${line}\n`));

const kindOf = (line: string): string | undefined => {
  if (line.startsWith('+') && !line.startsWith('+++ ')) return 'comes';
  if (line.startsWith('-') && !line.startsWith('--- ')) return 'goes';
  return line.startsWith('…') || line.startsWith('@@') ? 'quiet' : undefined;
};

/** A list that grows as it is asked to: no page waits for a hundred thousand rows. */
export const growing = <T>(items: readonly T[], row: (item: T) => Node, step = 300): HTMLElement => {
  const list = element('ul', { class: 'rows' });
  const more = element('p');
  let shown = 0;
  const grow = () => {
    list.append(...items.slice(shown, shown + step).map((item) => element('li', {}, row(item))));
    shown = Math.min(shown + step, items.length);
    more.replaceChildren(...(shown < items.length ? [button(`${items.length - shown} more`, grow)] : []));
  };
  grow();
  return items.length === 0 ? more : element('div', {}, list, more);
};
