import { directoryOf, isWithin, joinPath } from '../../files/files.ts';
import type { ParseFile, Reads } from '../../kustomize/build.ts';
import { memo } from '../../model/memo.ts';
import type { Origin } from '../../model/origin.ts';
import type { Node } from '../../yaml/node.ts';
import type { KustomizationView } from '../clusters/views.ts';

/** One place where a build takes something in: the line that names it, and what it names. */
export interface Pull {
  /** The entry of a kustomization file, or the Kustomization's `spec.path`. */
  readonly at: Origin;
  /** The file that holds the line. */
  readonly from: string;
  /** The path of the file, or of the directory, in the repository. */
  readonly to: string;
  /** What is built below; undefined for single files. */
  readonly reads: Reads | undefined;
  /** The pull that led to the file that holds the line. */
  readonly parent: Pull | undefined;
}

/**
 * Everything that a Kustomization takes in, from its path downwards: directories always, single files where they lie
 * outside the directory that lists them. Clusters share builds: what a directory takes in is found once.
 */
export const createPulls = (parse: ParseFile): ((kustomization: KustomizationView) => readonly Pull[]) => {
  const takenInBy = memo((reads: Reads): readonly Taken[] => [...directories(reads), ...foreignFiles(reads, parse)]);
  return memo((kustomization) => {
    const { content } = kustomization;
    if (content.type !== 'built') return [];
    const { reads } = content.build;
    const at = kustomization.origin('/spec/path');
    const pulls: Pull[] = [{ at, from: at.span.path, to: placeOf(reads), reads, parent: undefined }];
    // The ways to a line may double with every level; it is taken once, by the shortest.
    const seen = new Set<Taken>();
    for (const pull of pulls) {
      for (const taken of pull.reads ? takenInBy(pull.reads) : []) {
        if (seen.has(taken)) continue;
        seen.add(taken);
        pulls.push({ ...taken, parent: pull });
      }
    }
    // What is pushed to has room for more, for every Kustomization.
    return pulls.slice();
  });
};

/** A pull, whichever way leads to it. */
type Taken = Omit<Pull, 'parent'>;

const directories = ({ children }: Reads): readonly Taken[] =>
  children.map(({ step, reads }) => ({ at: { span: step.at, via: [] }, from: step.at.path, to: placeOf(reads), reads }));

/** The directory as the repository has it: an artifact may be laid out in another way, or come from another repository. */
const placeOf = (reads: Reads): string => {
  if (reads.kustomization) return directoryOf(reads.kustomization.path);
  const [file] = reads.files;
  if (!file || isWithin(file.path, reads.directory)) return reads.directory;
  const start = file.path.indexOf(`${reads.directory}/`);
  return start === -1 ? directoryOf(file.path) : file.path.slice(0, start + reads.directory.length);
};

const foreignFiles = ({ kustomization, files }: Reads, parse: ParseFile): readonly Taken[] => {
  if (!kustomization) return [];
  const foreign = files.filter((file) => !isWithin(file.path, directoryOf(kustomization.path)));
  const root = foreign.length === 0 ? undefined : parse(kustomization).documents[0]?.root;
  if (!root) return [];
  return foreign.flatMap((file) => {
    const at = entryNaming(root, file.path, directoryOf(kustomization.path));
    return at ? [{ at, from: kustomization.path, to: file.path, reads: undefined }] : [];
  });
};

/** The scalar of a kustomization file that names a path: `../base/x.yaml`, `config.yaml=../x.yaml`. */
const entryNaming = (node: Node, path: string, directory: string): Origin | undefined => {
  switch (node.type) {
    case 'scalar': {
      const written = node.text.slice(node.text.indexOf('=') + 1);
      return written.includes('/') && joinPath(directory, written) === path ? node : undefined;
    }
    case 'list':
      return firstOf(node.items, (item) => entryNaming(item, path, directory));
    case 'map':
      return firstOf(node.entries, (entry) => entryNaming(entry.value, path, directory));
    case 'unknown':
      return undefined;
    default:
      return node satisfies never;
  }
};

const firstOf = <T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined => {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
};
