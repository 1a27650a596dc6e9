/** Places of files, as text or, where the page was told where files can be read, as links. */
import { element } from './elements.ts';
import { data } from './state.ts';

/** Nothing but the web and an editor is linked to. */
const schemes: readonly string[] = ['https:', 'http:', 'vscode:'];

/**
 * An address to follow; undefined for what is none.
 *
 * @param address whoever wrote it may mean harm
 */
export const safeAddress = (address: string): string | undefined => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url && schemes.includes(url.protocol) ? url.href : undefined;
};

/** @param place `PATH:LINE`; what is in another repository or revision says so behind it, and has no address */
const addressOf = (place: string): string | undefined => {
  const [, path, line = ''] = /^(.+):(\d+)$/.exec(place) ?? [];
  const parts = path?.split('/') ?? [];
  if (data.link === undefined || path === undefined || parts.some((part) => /^\.{0,2}$/.test(part))) return undefined;
  const written = parts.map(encodeURIComponent).join('/');
  return safeAddress(data.link.replaceAll('{path}', () => written).replaceAll('{line}', () => line));
};

/** What a link to a place needs; undefined where there is none. */
export const linkTo = (place: string): { readonly href: string; readonly rel: string; readonly target: string | undefined } | undefined => {
  const href = addressOf(place);
  if (href === undefined) return undefined;
  // The page stays where it is; an editor is no page.
  return { href, rel: 'noreferrer', target: href.startsWith('vscode:') ? undefined : '_blank' };
};

/** A place as code, and a link where it can be read. */
export const placeElement = (place: string): HTMLElement => {
  const code = element('code', {}, place);
  const link = linkTo(place);
  return link ? element('a', { ...link, class: 'file' }, code) : code;
};
