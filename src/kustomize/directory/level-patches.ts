/** The three fields of a kustomization that hold patches. */

import type { StepProblem } from '../../model/problem.ts';
import { child, isMap, isScalar, type MapNode, type Node, type ScalarNode } from '../../yaml/node.ts';
import { holdsUnknown, withUnknownVariables } from '../../yaml/unknown.ts';
import { loadFile } from '../file/loader.ts';
import { builtinSchemas } from '../file/merge-schema.ts';
import { objectsIn } from '../file/resource-file.ts';
import { fileText, inlinePatch, inlineText, type PatchEntry, type PatchText, patchContent } from '../patch/patch.ts';
import { withTextMetadata } from '../patch/patch-metadata.ts';
import { applyPatch, mergeById, patchSelected } from '../patch/patches.ts';
import { positionalOperations } from '../patch/positional-patch.ts';
import { stepAt } from '../resource/steps.ts';
import { note, type Progress } from './directory.ts';
import type { Level } from './level.ts';

/** Entries of `patches`, in order. */
export const patch = (level: Level, entries: readonly Node[], progress: Progress): void => {
  for (const entry of entries) {
    if (holdsUnknown(entry)) {
      patchWithHole(level, entry, progress);
      continue;
    }
    const read = isMap(entry) ? patchEntry(level, entry, 'patches') : undefined;
    if (!read) continue;
    if ('ruleId' in read) {
      progress.problems.push(read);
      continue;
    }
    noteShadowed(progress, read);
    notePositional(progress, read);
    const patched = applyPatch(progress.accumulation.resources, read, progress.schemas ?? builtinSchemas);
    if (read.target && patched.matches !== undefined) progress.patchTargets.push({ target: read.target, matches: patched.matches });
    note(progress, patched);
  }
};

/**
 * A patch in which variables are not known is a patch all the same: what is written of it is applied, with what is not known
 * as such. Where even what it is for cannot be known, nothing is; and kustomize has nothing to say of either.
 */
const patchWithHole = (level: Level, entry: Node, progress: Progress): void => {
  const [target, text] = [child(entry, 'target'), child(entry, 'patch')];
  if (text?.type !== 'unknown' || text.written === undefined || (target && holdsUnknown(target))) return;
  const { why, written, span, via } = text;
  const scalar: ScalarNode = { type: 'scalar', text: written, value: written, style: 'literal', span, via };
  const read = inlineText(scalar, level.sourceOf);
  const documents = read.parsed.documents.map((document) => ({
    ...document,
    root: document.root && withUnknownVariables(document.root, why),
  }));
  const step = stepAt('patch', scalar, 'patches');
  const content = patchContent({ ...read, parsed: { ...read.parsed, documents } }, step, scalar);
  const patched = applyPatch(
    progress.accumulation.resources,
    { asked: scalar, step, content, target, options: child(entry, 'options'), source: read.source },
    progress.schemas ?? builtinSchemas,
  );
  if (patched.problems.length === 0) note(progress, patched);
};

/** `patchesStrategicMerge` (kustomize: `PatchStrategicMergeTransformer`): each entry is a file or the patch itself. */
export const patchStrategicMerge = (level: Level, entries: readonly ScalarNode[], progress: Progress): void => {
  const [first] = entries;
  if (!first) return;
  let isEmpty = true;
  for (const entry of entries) {
    const read = mergeEntry(level, entry);
    if ('ruleId' in read) {
      progress.problems.push(read);
      isEmpty = false;
      continue;
    }
    const { content } = read;
    if (content.type !== 'merge') {
      const [problem] = content.type === 'problems' ? content.problems : [];
      progress.problems.push(
        problem ?? { ruleId: 'build/invalid-patch', at: entry, message: 'missing Resource metadata: this is no object' },
      );
      isEmpty = false;
      continue;
    }
    noteShadowed(progress, read);
    if (content.patches.length > 0) isEmpty = false;
    note(
      progress,
      mergeById(progress.accumulation.resources, read, content.patches.map(withTextMetadata), progress.schemas ?? builtinSchemas),
    );
  }
  if (isEmpty) {
    const message = `patch appears to be empty; files=[${entries.map(({ text }) => text).join(' ')}]: kustomize rejects the build.`;
    progress.problems.push({ ruleId: 'build/invalid-patch', at: first, message });
  }
};

/** Where the operations of an entry stand, if not in a file: in `patch`, in the plugin's form in `jsonOp`. */
interface Json6902 {
  readonly entries: readonly Node[];
  readonly textField: 'patch' | 'jsonOp';
}

/** Entries of `patchesJson6902` (kustomize: `PatchJson6902Transformer`). */
export const patchJson6902 = (level: Level, { entries, textField }: Json6902, progress: Progress): void => {
  for (const entry of entries) {
    if (!isMap(entry)) continue;
    const read = json6902Entry(level, entry, textField);
    if ('ruleId' in read) {
      progress.problems.push(read);
      continue;
    }
    const { content, target } = read;
    if (content.type !== 'json' || !target) continue;
    notePositional(progress, read);
    const patched = patchSelected(progress.accumulation.resources, read, { operations: content.operations, target, recordsId: false });
    if (patched.matches !== undefined) progress.patchTargets.push({ target, matches: patched.matches });
    note(progress, patched);
  }
};

const noteShadowed = (progress: Progress, { content }: PatchEntry): void => {
  for (const problem of content.type === 'merge' ? content.shadowed : []) progress.problems.push(problem);
};

const notePositional = (progress: Progress, entry: PatchEntry): void => {
  for (const problem of positionalOperations(progress.accumulation.resources, entry)) progress.problems.push(problem);
};

const patchEntry = (level: Level, entry: MapNode, field: string): PatchEntry | StepProblem => {
  const [path, text] = [filled(entry, 'path'), filled(entry, 'patch')];
  const invalid = (message: string, at: Node = entry): StepProblem => ({ ruleId: 'build/invalid-patch', at, message });
  if (!path && !text) return invalid('must specify one of patch and path in this entry: kustomize rejects the build.');
  if (path && text) return invalid("patch and path can't be set at the same time: kustomize rejects the build.", path);
  const asked = path ?? text ?? entry;
  const read = text ? inlinePatch(text, level.sourceOf) : textOf(level, path, text);
  if ('ruleId' in read) return { ...read, message: `failed to get the patch file from path(${path?.text}): ${read.message}` };
  const step = stepAt('patch', asked, field);
  const target = child(entry, 'target');
  return { asked, step, content: patchContent(read, step, asked), target, options: child(entry, 'options'), source: read.source };
};

const json6902Entry = (level: Level, entry: MapNode, textField: string): PatchEntry | StepProblem => {
  const [path, text, target] = [filled(entry, 'path'), filled(entry, textField), child(entry, 'target')];
  const invalid = (message: string, at: Node = entry): StepProblem => ({ ruleId: 'build/invalid-patch', at, message });
  if (!filled(target, 'name')) return invalid('must specify the target name: kustomize rejects the build.', target ?? entry);
  if (!path && !text) return invalid('empty file path and empty jsonOp: the entry has no patch, and kustomize rejects the build.');
  if (path && text) return invalid('must specify a file path or jsonOp, not both', path);
  const asked = path ?? text ?? entry;
  const read = textOf(level, path, text);
  if ('ruleId' in read) return read;
  const step = stepAt('patch', asked, 'patchesJson6902');
  const content = patchContent(read, step, asked);
  if (content.type === 'problems') return content.problems[0] ?? invalid('the patch cannot be read');
  const isEmpty = content.type === 'merge' ? content.patches.length === 0 : content.operations.length === 0;
  if (isEmpty) return invalid(`patch appears to be empty; file=${path?.text ?? ''}: kustomize rejects the build.`, asked);
  if (content.type === 'merge')
    return invalid('decoding: this is an object, not a list of operations: kustomize rejects the build.', asked);
  return { asked, step, content, target, options: undefined, source: read.source };
};

const mergeEntry = (level: Level, entry: ScalarNode): PatchEntry | StepProblem => {
  const step = stepAt('patch', entry, 'patchesStrategicMerge');
  const text = inlineText(entry, level.sourceOf);
  const objects = objectsIn(text.parsed, undefined);
  const isInline = objects.problems.length === 0 && (objects.roots.length > 0 || entry.text.includes('\n'));
  const read = isInline ? text : textOf(level, entry, undefined);
  if ('ruleId' in read) return read;
  return { asked: entry, step, content: patchContent(read, step, entry), target: undefined, options: undefined, source: read.source };
};

const textOf = (level: Level, path: ScalarNode | undefined, text: ScalarNode | undefined): PatchText | StepProblem => {
  if (text) return inlineText(text, level.sourceOf);
  if (!path) return { text: '', parsed: { documents: [], problems: [] }, source: '' };
  const file = loadFile(level.loader, path.text, path);
  return 'ruleId' in file ? file : fileText(file, path.text, level.parse);
};

const filled = (entry: Node | undefined, key: string): ScalarNode | undefined => {
  const node = child(entry, key);
  return isScalar(node) && node.text.trim() !== '' ? node : undefined;
};
