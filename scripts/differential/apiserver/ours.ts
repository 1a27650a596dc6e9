/** What flux-lint says of an object that a cluster applies, and of which field. */
import { isPair, isScalar, LineCounter, parseDocument, stringify, visit } from 'yaml';
import { lintTexts } from '../../../test/fixture.ts';
import type { Json } from './mutate.ts';

export interface Found {
  readonly keys: readonly string[];
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
}

/** Findings of the rules that speak of what the API server refuses. */
export const judged = (object: Json): readonly Found[] => {
  const text = stringify(object, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
  const { findings } = lintTexts(
    { 'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n', [path]: text },
    { only: ['schema/*', 'manifest/*', 'build/*'] },
  );
  const keysAt = places(text);
  return findings
    .filter(({ location }) => location.path === path)
    .map(({ location, ruleId, severity, message }) => ({ keys: keysAt(location.line, location.column), rule: ruleId, severity, message }));
};

const path = 'clusters/production/object.yaml';

/** The innermost field that is written at a line and column. */
const places = (text: string): ((line: number, column: number) => readonly string[]) => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.1' });
  const found: { readonly start: number; readonly end: number; readonly keys: readonly string[] }[] = [];
  visit(document, (_, node, ancestors) => {
    const range = isPair(node) ? undefined : (node as { range?: readonly [number, number, number] | null } | null)?.range;
    if (!range) return;
    const keys: string[] = [];
    [...ancestors, node].forEach((ancestor, index, all) => {
      if (isPair(ancestor) && isScalar(ancestor.key)) keys.push(String(ancestor.key.value));
      const parent = all[index - 1] as { items?: readonly unknown[]; constructor: { name: string } } | undefined;
      if (parent?.constructor.name === 'YAMLSeq') keys.push(String(parent.items?.indexOf(ancestor) ?? ''));
    });
    found.push({ start: range[0], end: range[1], keys });
  });
  return (line, column) => {
    const offset = (lines.lineStarts[line - 1] ?? 0) + column - 1;
    const around = found.filter(({ start, end }) => start <= offset && offset < Math.max(end, start + 1));
    return around.reduce<readonly string[]>((deepest, { keys }) => (keys.length >= deepest.length ? keys : deepest), []);
  };
};
