import type { SubstitutedText } from '../../graph/substitution/substitution.ts';
import type { Fix } from '../../model/problem.ts';

/**
 * A fix that keeps a text with a variable a text. A default that nothing overrides brings the quotes in: the text after
 * substitution has them, whoever builds it.
 *
 * @returns undefined where the text does not stand in a file as it is
 */
export const quotedVariable = ({ node }: SubstitutedText): Fix | undefined => {
  if (node.via.length > 0 || node.text.includes("'")) return undefined;
  const quote = '${quote:="}';
  const edit = { span: node.span, text: `'${quote}${node.text}${quote}'` };
  return { description: 'put quotes around it that remain until Flux substitutes', safety: 'safe', edits: [edit] };
};
