import { memoByText } from '../../model/memo.ts';
import { isPlaceholder, isPublic } from './placeholder.ts';
import { isNoPassword } from './setting.ts';

/**
 * Whether a field is called like one that holds a credential: `adminPassword`, `API_KEY`, `clientSecret`. Names of what
 * points at one (`existingSecret`, `passwordKey`, `tokenFile`) are none. Few names make up all keys: each is judged once.
 */
export const namesCredential: (name: string) => boolean = memoByText((name) => {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  if (words.includes('existing')) return false;
  if (/^(password|passwd|passphrase|pwd|apikey|secretkey|privatekey|authtoken)$/.test(last)) return true;
  switch (last) {
    case 'pass':
      return before !== '' && !/^(proxy|by)$/.test(before);
    case 'token':
      return !/^(next|page|continuation|csrf|max|min|stop|start)$/.test(before);
    case 'key':
      return /^(api|access|private|secret|encryption|signing|master|account)$/.test(before);
    case 'secret':
      return /^(client|app|shared|hmac|jwt|webhook|cookie|session|signing|consumer|oauth)$/.test(before);
    default:
      return false;
  }
});

/** Names within a Secret of what is no secret by itself: who, where, which. */
export const namesIdentifier = (name: string): boolean =>
  /^(user|username|login|email|host|hostname|port|url|uri|endpoint|address|addr|server|region|bucket|database|dbname|db|schema|name|type|provider|project|namespace|tenant|id|arn|issuer|audience|audiences|cluster|domain|realm|mode|scope|scopes|version|enabled|enable|ca|crt|cert|certificate|pub|insecure|proxy|hosts)$/.test(
    wordsOf(name).at(-1) ?? '',
  );

/**
 * Whether what stands in such a field can be the credential itself, by its shape: one word that is no path, no
 * placeholder and nothing public; and, apart from passwords, no plain name as references are.
 */
export const isLikelyCredential = (name: string, text: string): boolean => {
  const value = text.trim();
  if (/[\s(){}[\]<>;]/.test(value) || isPlaceholder(value) || isPublic(value)) return false;
  if (isNoPassword(value) || /^(\.{0,2}\/|[a-z][a-z0-9+.-]*:\/\/)/i.test(value)) return false;
  const isName = /^[a-z0-9]+([-._/][a-z0-9]+)+$/.test(value);
  if (isName && /pass|secret|token|key|cred|auth/.test(value)) return false;
  if (/pass|pwd/.test(wordsOf(name).at(-1) ?? '')) return value.length >= 4 && !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(value);
  const isWord = /^[a-z]+([-._/][a-z]+)*$|^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$|^[a-z]+([A-Z][a-z]+)*$|^\d+$/.test(value);
  return value.length >= 8 && !isWord;
};

/** What a report may show of a credential. */
export const abridged = (value: string): string => `${value.trim().slice(0, 2)}\u2026, ${value.trim().length} characters`;

/** `dbPassword`, `DB_PASSWORD`, `db-password` → db, password. */
const wordsOf = (name: string): readonly string[] =>
  name
    .slice(-100)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
