import { credentialFormats } from './credential-formats.ts';
import { urlUsers } from './url-credentials.ts';

/** What may be shown of a text that is hidden: in a sentence nothing, in a code frame its length, so that places stay. */
export type Hide = (hidden: string) => string;

export const asStars: Hide = () => '***';

/**
 * A text without what is a credential by its form alone, wherever it stands: passwords and tokens in URLs, what follows
 * `Bearer` and `Basic`, and tokens whose issuers give them a prefix, documented examples too.
 */
export const withoutCredentials = (text: string, hide: Hide = asStars): string => {
  let shown = text.includes('://') ? withoutUrlCredentials(text, hide) : text;
  for (const { pattern } of credentialFormats(shown)) {
    shown = shown.replace(pattern, (whole: string, ...groups: readonly unknown[]) => {
      const [value] = groups;
      if (typeof value !== 'string') return hide(whole);
      const at = whole.lastIndexOf(value);
      return whole.slice(0, at) + hide(value) + whole.slice(at + value.length);
    });
  }
  return shown
    .replace(/\b(bearer|basic)([ \t]+)([\w.~+/=-]{6,})/gi, (whole, word: string, blanks: string, value: string) =>
      isWord(value) ? whole : word + blanks + hide(value),
    )
    .replace(queryParameter, (_, name: string, value: string) => name + hide(value))
    .replace(/\beyJ[\w-]{10,}\.[\w-]{6,}\.[\w-]*/g, hide);
};

/** As in "basic authentication". */
const isWord = (value: string): boolean => /^[A-Za-z]?[a-z]+([-/.][a-z]*)*$/.test(value) && value.length < 30;

const queryParameter =
  /([?&](?:access_token|private_token|token|password|passwd|secret|client_secret|api_?key|sig|signature|auth)=)([^&\s"'<>]+)/gi;

const withoutUrlCredentials = (text: string, hide: Hide): string => {
  let shown = '';
  let copied = 0;
  for (const { scheme, user, password, start, passwordStart, end } of urlUsers(text)) {
    // `ssh://git@host` names who logs in, and no secret.
    const isToken = password === undefined && /^https?$/i.test(scheme) && user.length > 3;
    if (password === undefined && !isToken) continue;
    const from = isToken || user.length > 20 ? start : passwordStart;
    shown += text.slice(copied, from) + hide(text.slice(from, end));
    copied = end;
  }
  return shown + text.slice(copied);
};
