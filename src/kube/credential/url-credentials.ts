/** What stands before the `@` of a URL. */
export interface UrlUser {
  readonly scheme: string;
  readonly user: string;
  /** Undefined where the user stands alone. */
  readonly password: string | undefined;
  /** Offsets of the user, and of the password. */
  readonly start: number;
  readonly passwordStart: number;
  /** Of the `@`. */
  readonly end: number;
}

/** Nobody's token is longer. */
const maxLength = 4096;

/** The URLs of a text that name a user, read once from left to right. */
export const urlUsers = function* (text: string): Iterable<UrlUser> {
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    const scheme = /[a-z][a-z0-9+.-]{0,30}$/i.exec(text.slice(Math.max(0, at - 31), at))?.[0];
    if (scheme === undefined) continue;
    const start = at + 3;
    let end = start;
    while (end < text.length && end - start < maxLength && !/[\s/?#@"'<>]/.test(text[end] ?? '')) end++;
    if (text[end] !== '@' || end === start) continue;
    const colon = text.slice(start, end).indexOf(':');
    const [user, password] =
      colon === -1 ? [text.slice(start, end), undefined] : [text.slice(start, start + colon), text.slice(start + colon + 1, end)];
    yield { scheme, user, password, start, passwordStart: start + colon + 1, end };
  }
};
