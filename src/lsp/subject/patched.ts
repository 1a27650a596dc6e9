/** From a patch to the objects that it changes. */
import { directoryOf, joinPath } from '../../files/files.ts';
import type { AppliedView } from '../../graph/clusters/views.ts';
import type { Span } from '../../model/span.ts';
import { child, isMap, type Node, stringAt } from '../../yaml/node.ts';
import type { Analysis } from '../session/session.ts';
import { isKustomizationFile } from './named-file.ts';
import type { Subject } from './subject.ts';

const lists = new Set<string | number>(['patches', 'patchesStrategicMerge', 'patchesJson6902']);

/** What the patch under the cursor changes, in every cluster: an entry of a list of patches, or a file that is one. */
export const patchedAt = (analysis: Analysis, subject: Subject): readonly AppliedView[] => {
  const isMeant = patchOf(subject);
  return isMeant ? touched(analysis, subject, isMeant) : [];
};

/** What a file that is a patch changes: its fields are those of the objects. */
export const patchedByFile = (analysis: Analysis, subject: Subject): readonly AppliedView[] =>
  isPatchFile(subject) && isMap(subject.document) ? touched(analysis, subject, (at) => at.path === subject.path) : [];

const isPatchFile = ({ path, objects }: Subject): boolean => objects.length === 0 && !isKustomizationFile(path);

const touched = ({ graph }: Analysis, subject: Subject, isMeant: IsPatch): readonly AppliedView[] => {
  const builders = new Set(graph.reach.ways(subject.path).map(({ kustomization }) => kustomization));
  const owners = [...builders].map(graph.clusters.viewOf);
  // A Kustomization's own patches are in the file that another one applies.
  const own = subject.objects.flatMap(({ cluster, namespace, name }) => graph.clusters.kustomization(cluster, namespace ?? '', name) ?? []);
  const isItself = ({ span }: Node) => span.path === subject.document.span.path && span.start === subject.document.span.start;
  return [...owners, ...own].flatMap(({ objects }) => objects.filter(({ root }) => !isItself(root) && isTouched(root, isMeant)));
};

type IsPatch = (at: Span) => boolean;

const patchOf = (subject: Subject): IsPatch | undefined => {
  const { path, keys, document } = subject;
  const depth = lists.has(keys[0] ?? '') ? 2 : keys[0] === 'spec' && keys[1] === 'patches' ? 3 : undefined;
  if (depth !== undefined) {
    const entry = child(document, ...keys.slice(0, depth));
    if (!entry || keys.length < depth) return undefined;
    const named = stringAt(entry, 'path');
    const file = named === undefined ? undefined : joinPath(directoryOf(path), named);
    return (at) => at.path === file || (at.path === path && entry.span.start <= at.start && at.end <= entry.span.end);
  }
  const isIdentity = keys[0] === 'kind' || (keys[0] === 'metadata' && keys[1] === 'name');
  return isIdentity && isPatchFile(subject) ? (at) => at.path === path : undefined;
};

const isTouched = (node: Node, isMeant: IsPatch): boolean => {
  // What a patch writes stands in it; what it takes away is left as a step of what is around that.
  if (isMeant(node.span) || node.via.some(({ type, at }) => type === 'patch' && isMeant(at))) return true;
  switch (node.type) {
    case 'map':
      return node.entries.some(({ value }) => isTouched(value, isMeant));
    case 'list':
      return node.items.some((item) => isTouched(item, isMeant));
    case 'scalar':
    case 'unknown':
      return false;
    default:
      return node satisfies never;
  }
};
