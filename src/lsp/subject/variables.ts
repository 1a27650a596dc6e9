/** `${NAME}` under the cursor, and what Flux puts there in each cluster. */
import type { Span } from '../../model/span.ts';
import type { Analysis } from '../session/session.ts';
import type { Subject } from './subject.ts';

export interface VariableValue {
  readonly cluster: string;
  /** As reports may show it; undefined: nobody gives it a value. */
  readonly text: string | undefined;
  /** Where the value is written. */
  readonly at: Span;
}

export interface Variable {
  readonly name: string;
  readonly values: readonly VariableValue[];
}

export const variableAt = ({ graph }: Analysis, { node, objects }: Subject, offset: number): Variable | undefined => {
  if (node.type !== 'scalar') return undefined;
  const within = offset - node.span.start;
  const use = [...node.text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)[^}]*\}/g)].find(
    // Quotes stand before the text of a scalar.
    ({ index, 0: whole }) => index <= within && within <= index + whole.length + 1,
  );
  const name = use?.[1];
  if (name === undefined) return undefined;
  const values = objects.flatMap(({ cluster, owner }): readonly VariableValue[] => {
    const known = owner.content.type === 'built' ? owner.content.variables.known.get(name) : undefined;
    return known ? [{ cluster, text: graph.secrets.text(known.value), at: known.origin.span }] : [];
  });
  return { name, values };
};
