/** Elements of the page. Whatever comes from a repository is set as text, never as markup. */

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
  element('button', { type: 'button', click: act, ...attributes }, label);

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
  return element('div', {}, list, more);
};
