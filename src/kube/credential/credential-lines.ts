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
    const [whole, name = '', given = ''] = match;
    const value = given.replace(/^(["'])(.*?)\1,?$/, '$2').replace(/,$/, '');
    if (!namesCredential(name) || !isLikelyCredential(name, value)) return [];
    return [{ name, value, start: match.index + whole.lastIndexOf(value) }];
  });
};

const assignment = /^[ \t]*(?:- +)?(?:export +)?["']?([A-Za-z_][\w.-]*)["']?[ \t]*[:=][ \t]*(\S[^\r\n#]*?)[ \t]*(?:[ \t]#.*)?$/gm;
