/** `${NAME}` under the cursor and what Flux puts there in each cluster; and from a variable to where it is used. */
import type { KustomizationView } from '../../graph/clusters/views.ts';
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
  /** The Kustomizations that build the text it stands in. */
  readonly owners: readonly KustomizationView[];
}

export const variableAt = ({ graph, files }: Analysis, { path, node, objects }: Subject, offset: number): Variable | undefined => {
  if (node.type !== 'scalar') return undefined;
  // As it is written: what a scalar comes to has lost its quotes and its indentation.
  const written = files.file(path)?.text.slice(node.span.start, node.span.end) ?? '';
  const within = offset - node.span.start;
  const use = [...written.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)[^}]*\}/g)].find(
    ({ index, 0: whole }) => index <= within && within <= index + whole.length,
  );
  const name = use?.[1];
  if (name === undefined) return undefined;
  const owners = [...new Set(objects.map(({ owner }) => owner))];
  const values = owners.flatMap((owner): readonly VariableValue[] => {
    const known = knownIn(owner).get(name);
    return known ? [{ cluster: owner.cluster, text: graph.secrets.text(known.value), at: known.origin.span }] : [];
  });
  return { name, values, owners };
};

/** Every text that Flux puts a variable into: the one in the text under the cursor, or the one whose value is written there. */
export const variableUses = (analysis: Analysis, subject: Subject, offset: number): readonly Span[] => {
  const used = variableAt(analysis, subject, offset);
  const defined = used ? used.owners.map((owner) => ({ owner, name: used.name })) : definedAt(analysis, subject);
  return defined.flatMap(({ owner, name }) =>
    analysis.graph.substitution
      .objectsOf(owner)
      .flatMap(({ texts }) => texts.filter(({ uses }) => uses.some((use) => use.name === name)).map(({ node }) => node.span)),
  );
};

/** The variables whose value is the one under the cursor: in `substitute`, or in what `substituteFrom` names. */
const definedAt = (
  { graph }: Analysis,
  { node: { span } }: Subject,
): readonly { readonly owner: KustomizationView; readonly name: string }[] =>
  graph.clusters.all.flatMap(({ kustomizations }) =>
    kustomizations.flatMap((owner) =>
      [...knownIn(owner)].flatMap(([name, { origin }]) =>
        origin.span.path === span.path && origin.span.start === span.start ? [{ owner, name }] : [],
      ),
    ),
  );

type Known = Extract<KustomizationView['content'], { readonly type: 'built' }>['variables']['known'];

const none: Known = new Map();

const knownIn = ({ content }: KustomizationView): Known => (content.type === 'built' ? content.variables.known : none);
