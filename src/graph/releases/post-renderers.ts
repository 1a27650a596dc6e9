/** Patches of a HelmRelease's post-renderers, as far as they can be judged without the objects of the chart. */
import type { Files } from '../../files/files.ts';
import { selectResources } from '../../kustomize/field/selectors.ts';
import { inlinePatch, patchContent } from '../../kustomize/patch/patch.ts';
import { invalidPatch, withoutTarget } from '../../kustomize/patch/patch-problems.ts';
import { stepAt } from '../../kustomize/resource/steps.ts';
import type { StepProblem } from '../../model/problem.ts';
import { child, isMap, isScalar, itemsOf, type MapNode, type Node, stringAt } from '../../yaml/node.ts';
import { holdsUnknown } from '../../yaml/unknown.ts';
import type { HelmReleaseView } from '../clusters/views.ts';

/**
 * fluxcd/helm-controller: internal/postrender/kustomize.go (`Run`) writes the entries into a kustomization of its own and
 * runs kustomize in memory. What kustomize refuses there fails every install and upgrade; no file is beside it.
 */
export const postRendererProblems = (release: HelmReleaseView, files: Files): readonly StepProblem[] =>
  itemsOf(release.node('/spec/postRenderers')).flatMap((renderer) =>
    itemsOf(child(renderer, 'kustomize', 'patches')).flatMap((entry) =>
      isMap(entry) && !holdsUnknown(entry)
        ? entryProblems(entry, {
            files,
            fails: `Every install and upgrade of HelmRelease ${release.id} fails.`,
            noFiles: 'helm-controller reads no files: write the patch itself here.',
          })
        : [],
    ),
  );

interface Consequences {
  readonly files: Files;
  /** What becomes of it, as a sentence. */
  readonly fails: string;
  /** What to do where a file is named, as a sentence. */
  readonly noFiles: string;
}

/** What kustomize refuses of an entry of `patches` without knowing the objects, in a kustomization that somebody makes in memory. */
export const entryProblems = (entry: MapNode, { files, fails, noFiles }: Consequences): readonly StepProblem[] => {
  const patch = child(entry, 'patch');
  if (!isScalar(patch) || typeof patch.value !== 'string') return [];
  const target = child(entry, 'target');
  if (patch.text.trim() === '') return [invalidPatch(patch, `must specify one of patch and path: the patch is empty. ${fails}`)];
  const read = inlinePatch(patch, (path) => files.file(path)?.text);
  const step = stepAt('patch', patch, 'patches');
  const content = patchContent(read, step, patch);
  const selected = target && selectResources([], target);
  const unselectable = target && selected && 'type' in selected ? [invalidPatch(target, `${selected.message}. ${fails}`)] : [];
  switch (content.type) {
    case 'problems':
      return content.problems.map((problem) => ({
        ...problem,
        message: `${problem.message}. ${fails}`,
        hint: isFileName(patch.text) ? noFiles : problem.hint,
      }));
    case 'json':
      if (content.operations.length > 0 && !target) {
        const { message, ...problem } = withoutTarget({ asked: patch, step, content, target, options: undefined, source: read.source });
        return [{ ...problem, message: `${message} ${fails}` }];
      }
      return [...unselectable, ...content.operations.flatMap(operationProblem)];
    case 'merge':
      return unselectable;
    default:
      return content satisfies never;
  }
};

const isFileName = (text: string): boolean => /^[\w./-]+\.(ya?ml|json)$/.test(text.trim());

const operations: ReadonlySet<string> = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);

/** evanphx/json-patch v4 (`Patch.Apply`): it fails where the target is found, which only the chart can tell. */
const operationProblem = (operation: Node): readonly StepProblem[] => {
  const [op, path] = [stringAt(operation, 'op') ?? 'unknown', stringAt(operation, 'path')];
  if (!operations.has(op)) return [{ ...invalidPatch(child(operation, 'op') ?? operation, `Unexpected kind: ${op}`), atMost: 'warning' }];
  if (path === undefined || (path !== '' && !path.startsWith('/'))) {
    const why = path === undefined ? 'failed to decode path: missing value' : `doc is missing path: "${path}": it must start with a slash`;
    return [{ ...invalidPatch(child(operation, 'path') ?? operation, `${op} operation ${why}`), atMost: 'warning' }];
  }
  return [];
};
