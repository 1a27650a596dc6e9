import { isLikelyCredential, namesCredential } from './credential-names.ts';

export interface NamedCredential {
  readonly name: string;
  readonly value: string;
  /** Where in the text. */
  readonly start: number;
}

/** The `name: value` and `name=value` lines of a configuration file that hold a credential; comments are left alone. */
export const credentialLines = (text: string): readonly NamedCredential[] => {
  if (!/pass|pwd|token|key|secret/i.test(text)) return [];
  return [...text.matchAll(assignment)].flatMap((match) => {
    const [whole, name = '', rest = ''] = match;
    // A comment stands behind a blank; what has a `#` of its own is no such line.
    if (text[match.index + whole.length] === '#' && !/[ \t]$/.test(rest.slice(-1))) return [];
    const given = rest.trimEnd();
    const value = given.replace(/^(["'])(.*?)\1,?$/, '$2').replace(/,$/, '');
    if (!namesCredential(name) || !isLikelyCredential(name, value)) return [];
    return [{ name, value, start: match.index + whole.lastIndexOf(value) }];
  });
};

const assignment =
  /^[ \t]{0,200}(?:- {1,20})?(?:export {1,20})?["']?([A-Za-z_][\w.-]{0,253})["']?[ \t]{0,50}[:=][ \t]{0,50}(?![ \t])(\S[^\r\n#]*)/gm;
