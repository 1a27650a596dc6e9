/** Elements of the page. Whatever comes from a repository is set as text, never as markup. */
import { redraw } from './state.ts';

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

/** A text that is selected by a click on the button, and copied where the browser allows it. */
export const copyable = (text: string): HTMLElement => {
  const code = element('code', {}, text);
  const copy = () => {
    document.getSelection()?.selectAllChildren(code);
    navigator.clipboard?.writeText(text).catch(() => undefined);
  };
  return element('span', {}, code, ' ', button('copy', copy));
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
