/**
 * What no report may show. A text is secret by what it is (the value of a Secret, a literal of a secretGenerator, the value of
 * a patch for a Secret, a password by its name or form), and hidden wherever it turns up: in messages and names, in code
 * frames and diffs.
 */
import { directoryOf, type File, type Files, joinPath } from '../../files/files.ts';
import { textFile } from '../../files/memory.ts';
import type { Evaluation } from '../../flux/evaluation.ts';
import { type Hide, withoutCredentials } from '../../kube/credential/redact.ts';
import { secretValues } from '../../kube/credential/secret-values.ts';
import { mayBeSensitive, type Sensitive, sensitiveTexts } from '../../kube/credential/sensitive-scalars.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { letterByLetter, maskedText } from '../../model/mask.ts';
import { memo, memoByText } from '../../model/memo.ts';
import type { Span } from '../../model/span.ts';
import { child, type MapNode, stringAt } from '../../yaml/node.ts';
import { createHidden } from './hidden.ts';

export interface Secrets {
  /** A sentence, a name or a URL without what is secret. */
  readonly text: (text: string) => string;
  /**
   * The text of a file, every letter that is secret as a star: what is not secret stays in its place.
   *
   * @param masks what is to be hidden besides
   */
  readonly source: (path: string, text: string, masks?: readonly Span[]) => string;
}

export interface SecretsInput {
  readonly evaluation: Evaluation;
  readonly files: Files;
  readonly parse: ParseFile;
}

export const createSecrets = ({ evaluation, files, parse }: SecretsInput): Secrets => {
  const sensitive = sensitiveIn(parse);
  let made: ReturnType<typeof createHidden> | undefined;
  const hidden = () => {
    made ??= createHidden(values(), namesIn(evaluation));
    return made;
  };
  const values = (): readonly string[] => {
    const found: string[] = [];
    for (const path of files.paths) {
      const file = /\.ya?ml$/.test(path) ? files.file(path) : undefined;
      for (const { texts, files: named } of file ? sensitive(file) : []) {
        for (const { text } of texts) found.push(text);
        for (const name of named) found.push(...linesOf(files.file(joinPath(directoryOf(path), name) ?? '')?.text ?? ''));
      }
    }
    for (const root of secretsIn(evaluation)) {
      for (const { text, node } of secretValues(root)) found.push(text, node.text);
    }
    return found;
  };
  const without = (text: string, hide?: Hide) => withoutCredentials(hidden()(text, hide), hide);
  return {
    // A report asks for the same names and lines again and again.
    text: memoByText((text) => without(text)),
    source: (path, text, masks = []) => {
      // The file itself has been read; what a fix makes of it has not.
      const file = files.file(path);
      const spans = sensitive(file?.text === text ? file : textFile(path, text)).flatMap(({ texts }) => texts.map(({ span }) => span));
      return without(maskedText(text, [...spans, ...masks]), letterByLetter);
    },
  };
};

/** By file: a session of an editor evaluates again and again, and most files stay what they were. */
const sensitiveIn = memo((parse: ParseFile) =>
  memo((file: File): readonly Sensitive[] =>
    mayBeSensitive(file.text) ? parse(file).documents.flatMap(({ root }) => (root ? [sensitiveTexts(root, file.text)] : [])) : [],
  ),
);

/** Of a file that becomes a Secret: each line, and what stands behind its `=`. */
const linesOf = (text: string): readonly string[] =>
  text.split(/\r?\n/).flatMap((line) => (line.includes('=') ? [line, line.slice(line.indexOf('=') + 1)] : [line]));

const secretsIn = function* ({ clusters }: Evaluation): Iterable<MapNode> {
  const seen = new Set<MapNode>();
  for (const { objects } of clusters) {
    for (const { root } of objects) {
      if (seen.has(root) || stringAt(root, 'kind') !== 'Secret') continue;
      seen.add(root);
      yield root;
    }
  }
};

/** What everything is called: no secret, though some value of a Secret may be the same. */
const namesIn = ({ clusters }: Evaluation): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { name, objects } of clusters) {
    names.add(name);
    for (const { root } of objects) {
      for (const text of [stringAt(root, 'kind'), stringAt(root, 'apiVersion')]) if (text !== undefined) names.add(text);
      const metadata = child(root, 'metadata');
      for (const field of ['name', 'namespace']) {
        const text = metadata && stringAt(metadata, field);
        if (text !== undefined) names.add(text);
      }
    }
  }
  return names;
};
