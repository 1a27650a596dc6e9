import { type ChangedFile, namesOf } from '../files/changed-files.ts';
import { baseName, directoryOf, type Files } from '../files/files.ts';
import { kustomizationNames } from '../kustomize/file/kustomization.ts';

/**
 * Whether a change may matter to what clusters apply: told from names alone where they tell it, so that a commit that has
 * nothing to do with Flux costs nothing. In doubt it does.
 *
 * @param after what the change leads to; asked only for files whose names do not tell
 */
export const concernsFlux = (changes: readonly ChangedFile[], after: () => Files): boolean => {
  if (changes.some((change) => change.isLink || namesOf(change).some((path) => isRead.test(path)))) return true;
  if (changes.length === 0) return false;
  const files = after();
  const gone = changes.flatMap(({ path, from, status }) => (status === 'deleted' ? path : (from ?? [])));
  return gone.some((path) => isLastOfDirectory(path, files)) || isLinked(changes, files, gone) || isMentioned(changes, files);
};

/** A file that `concernsFlux` reads when it must. */
export const mentionsFiles = (path: string): boolean => kustomizationFiles.has(baseName(path));

const kustomizationFiles: ReadonlySet<string> = new Set(kustomizationNames);

/**
 * Manifests, what decides which of them are read, and what makes objects that they need. Not JSON: no build reads it that
 * does not name it.
 */
const isRead = /\.(ya?ml|tf|tofu)$|(^|\/)(Kustomization|\.sourceignore|\.flux-lint\.json)$/;

/** Git has no empty directories, and a Flux Kustomization may name one that held a `.gitkeep` alone. */
const isLastOfDirectory = (path: string, files: Files): boolean => files.entry(directoryOf(path)) === undefined;

/** A link may show a file under the name of a manifest. What a broken one led to cannot be told any more. */
const isLinked = (changes: readonly ChangedFile[], files: Files, gone: readonly string[]): boolean => {
  const targets = files.paths.filter((path) => files.entry(path) === 'link').map((path) => files.resolve(path));
  return targets.some((target) => (target === undefined ? gone.length > 0 : changes.some(({ path }) => path === target)));
};

/** A generator's file, a patch in JSON, a chart's archive. */
const isMentioned = (changes: readonly ChangedFile[], files: Files): boolean => {
  const texts = files.paths.filter(mentionsFiles).map((path) => files.file(path)?.text ?? '');
  const names = new Set(changes.flatMap(namesOf).map(baseName));
  return [...names].some((name) => texts.some((text) => text.includes(name)));
};
