import {
  bodyOf,
  defineRule,
  type Edit,
  type Entry,
  endOfLines,
  indentAt,
  indented,
  indentOf,
  insertion,
  isFlow,
  isMap,
  movedLines,
  moveItems,
  type OverlayView,
  startOfLine,
} from '../../src/rule.ts';

const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n';

export const deprecatedField = defineRule({
  id: 'build/deprecated-field',
  severity: 'warning',
  summary: 'A kustomization uses a field that kustomize has replaced',
  why: `kustomize still reads these fields, says so in a warning that Flux shows to nobody, and will drop them. Each has a field in
    its place that does the same; some of the old ones are also easy to get wrong, since they run at another moment of the build.`,
  reference: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/',
  remedy: 'Write the field that takes its place; the message names it.',
  unless: 'Not where an older kustomize must build the same files.',
  fixable: 'safe',
  examples: {
    bad: {
      'kustomization.yaml': 'bases: # expect: build/deprecated-field\n  - shop\n',
      'shop/kustomization.yaml': 'resources:\n  - config.yaml\n',
      'shop/config.yaml': settings,
    },
    good: {
      'kustomization.yaml': 'resources:\n  - shop\n',
      'shop/kustomization.yaml': 'resources:\n  - config.yaml\n',
      'shop/config.yaml': settings,
    },
  },

  *overlay(overlay) {
    for (const entry of overlay.root.entries) {
      const replaced = replacements.get(entry.key.text);
      if (!replaced) continue;
      const edits = replaced.edits?.(overlay, entry);
      yield {
        at: entry.key,
        message: `${entry.key.text} is deprecated: kustomize reads it for now, ${replaced.by} takes its place.`,
        hint: edits ? undefined : replaced.hint,
        cause: { key: 'deprecated', place: `${entry.key.text} is used here, too` },
        fix: edits && { description: `write ${replaced.by}`, safety: 'safe', edits },
      };
    }
  },
});

interface Replacement {
  readonly by: string;
  readonly hint: string;
  /** Undefined where no edit keeps what is built. */
  readonly edits?: (overlay: OverlayView, entry: Entry) => readonly Edit[] | undefined;
}

const moved =
  (to: string): NonNullable<Replacement['edits']> =>
  ({ root, text }, from) =>
    moveItems({ root, text, from, to, place: 'last' });

const replacements: ReadonlyMap<string, Replacement> = new Map<string, Replacement>([
  ['bases', { by: 'resources', hint: 'Add its entries behind those of resources.', edits: moved('resources') }],
  ['imageTags', { by: 'images', hint: 'Add its entries behind those of images.', edits: moved('images') }],
  [
    'commonLabels',
    {
      by: 'labels with includeSelectors: true',
      hint: 'Without includeSelectors: true the selectors would change, and Kubernetes lets nobody change those of a Deployment.',
      edits: labelsFrom,
    },
  ],
  ['patchesStrategicMerge', { by: 'patches', hint: 'Put its entries before those of patches, each as path or patch.', edits: patchesFrom }],
  [
    'patchesJson6902',
    {
      by: 'patches',
      hint: 'patches come before namespace, names and labels are set, patchesJson6902 after: look at the paths and the target when you move them.',
      edits: jsonPatchesFrom,
    },
  ],
  ['vars', { by: 'replacements', hint: 'Write each variable as a replacement: its source, and the fields that it goes to.' }],
]);

/** The selectors stay as they are: commonLabels writes them, too. It comes last, so its entry does. */
function labelsFrom({ root, text }: OverlayView, entry: Entry): readonly Edit[] | undefined {
  if (!isMap(entry.value) || entry.value.entries.length === 0) return undefined;
  const labels = root.entries.find(({ key }) => key.text === 'labels');
  if (!labels) return labelsInPlace(entry, text);
  const [first] = labels.value.type === 'list' ? labels.value.items : [];
  const body = bodyOf(entry, text);
  if (!first || !body || isFlow(labels.value, text) || isFlow(entry.value, text)) return undefined;
  const column = indentAt(text, startOfLine(text, first.span.start));
  const pairs = text.slice(body.start, body.end);
  const lines = `${selectors(column)}\n${indented(pairs, column + 4 - indentOf(pairs))}`;
  return movedLines({ text, from: entry, lines, at: endOfLines(text, labels.value.span.end) });
}

/** Around the pairs where they stand: nothing of them is written anew but their indentation. */
function labelsInPlace({ key, value }: Entry, text: string): readonly Edit[] {
  const { path, start, end } = value.span;
  const renamed: Edit = { span: key.span, text: 'labels' };
  if (isFlow(value, text)) return [{ span: { path, start: key.span.start, end: start }, text: `labels:\n${selectors(2)} ` }];
  const first = text.indexOf('\n', key.span.end) + 1;
  const edits = [renamed, insertion(path, first, `${selectors(2)}\n`)];
  const by = ' '.repeat(Math.max(0, 6 - (start - startOfLine(text, start))));
  for (let line = first; line < end; line = endOfLines(text, line + 1)) {
    if (text.slice(line, endOfLines(text, line + 1)).trim() !== '') edits.push(insertion(path, line, by));
  }
  return joined(edits);
}

const selectors = (column: number): string => `${' '.repeat(column)}- includeSelectors: true\n${' '.repeat(column)}  pairs:`;

/** Two insertions at one place as one. */
const joined = (edits: readonly Edit[]): readonly Edit[] => {
  const result: Edit[] = [];
  for (const edit of edits) {
    const last = result.at(-1);
    if (last && last.span.start === edit.span.start && last.span.end === edit.span.end) {
      result.splice(-1, 1, { span: last.span, text: last.text + edit.text });
    } else result.push(edit);
  }
  return result;
};

/** They come before `patches`. A file becomes a `path`, a text a `patch`, two columns further in. */
function patchesFrom({ root, text }: OverlayView, from: Entry): readonly Edit[] | undefined {
  if (from.value.type !== 'list' || isFlow(from.value, text)) return undefined;
  const changes: Edit[] = [];
  for (const item of from.value.items) {
    if (item.type !== 'scalar') return undefined;
    const { path, start, end } = item.span;
    const lines = text.slice(start, end).split('\n');
    const isBlock = item.style === 'literal' || item.style === 'folded';
    if (isBlock ? /\d/.test(lines[0] ?? '') : lines.length > 1) return undefined;
    changes.push(insertion(path, start, isBlock ? 'patch: ' : 'path: '));
    let at = start;
    for (const [index, line] of lines.entries()) {
      if (index > 0 && line.trim() !== '') changes.push(insertion(path, at, '  '));
      at += line.length + 1;
    }
  }
  return moveItems({ root, text, from, to: 'patches', place: 'first', changes });
}

const between = ['namespace', 'namePrefix', 'nameSuffix', 'labels', 'commonLabels', 'commonAnnotations'];

/** Only where nothing happens between the moment of the one and that of the other. */
function jsonPatchesFrom({ root, text }: OverlayView, from: Entry): readonly Edit[] | undefined {
  const has = (field: string) => root.entries.some(({ key }) => key.text === field);
  if (between.some(has)) return undefined;
  // Two fields cannot both become the one that is not there yet: this one waits.
  if (has('patchesStrategicMerge') && !has('patches')) return undefined;
  return moveItems({ root, text, from, to: 'patches', place: 'last' });
}
