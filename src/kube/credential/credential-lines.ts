import { isLikelyCredential, namesCredential } from './credential-names.ts';

export interface NamedCredential {
  readonly name: string;
  readonly value: string;
  /** Where in the text. */
  readonly start: number;
}

/**
 * The `name: value` and `name=value` lines of a configuration file that hold a credential; comments are left alone.
 *
 * @param file what the text is called: in a program only what stands in quotes is a value, all else is code
 */
export const credentialLines = (text: string, file = ''): readonly NamedCredential[] => {
  if (!/pass|pwd|token|key|secret/i.test(text)) return [];
  const isProgram = programs.test(file) || /^#!.*\b(python|node|perl|ruby|php|deno|bun)/.test(text);
  return [...text.matchAll(assignment)].flatMap((match) => {
    const [whole, name = '', rest = ''] = match;
    // A comment stands behind a blank; what has a `#` of its own is no such line.
    if (text[match.index + whole.length] === '#' && !/[ \t]$/.test(rest.slice(-1))) return [];
    const given = rest.trimEnd();
    const value = given.replace(/^(["'])(.*?)\1,?$/, '$2').replace(/,$/, '');
    if (isProgram && !/^["']/.test(given)) return [];
    if (!namesCredential(name) || !isLikelyCredential(name, value)) return [];
    return [{ name, value, start: match.index + whole.lastIndexOf(value) }];
  });
};

const programs = /\.(py|[cm]?[jt]sx?|rb|go|lua|php|pl|java|groovy|kts?|rs|cs|ps1)$/i;

const assignment =
  /^[ \t]{0,200}(?:- {1,20})?(?:export {1,20})?["']?([A-Za-z_][\w.-]{0,253})["']?[ \t]{0,50}[:=][ \t]{0,50}(?![ \t])(\S[^\r\n#]*)/gm;
