import { baseName, byText, directoryOf, joinPath, type LeftOut } from '../../files/files.ts';
import type { StepProblem } from '../../model/problem.ts';
import { didYouMean } from '../../model/spelling.ts';
import type { ScalarNode } from '../../yaml/node.ts';
import type { Loader, NotFound } from './loader.ts';

export const notLoaded = (
  found: NotFound,
  entry: ScalarNode,
  { loader, what }: { readonly loader: Loader; readonly what: 'resources' | 'components' },
): StepProblem => {
  if (found.type === 'outside') {
    const message = `Nothing outside the source is in the artifact: the build fails in the cluster. kustomize: accumulating ${what}: ${found.message}.`;
    return { ruleId: 'build/outside-artifact', at: entry, message };
  }
  const leftOut = leftOutOf(found, entry, loader);
  if (leftOut) {
    return {
      ruleId: 'build/missing-resource',
      at: entry,
      message: `${entry.text} is in the source, and not in its artifact: ${leftOut.by} leaves it out. kustomize rejects the build: accumulating ${what}: ${reasonOf(found, entry.text)}.`,
      hint: leftOut.remedy,
    };
  }
  const nearest = found.type === 'missing' ? nearestPath(loader, entry.text) : undefined;
  return {
    ruleId: found.type === 'uncommitted' ? 'build/not-committed' : 'build/missing-resource',
    at: entry,
    message: `${oursOf(found, entry.text)} kustomize rejects the build: accumulating ${what}: ${reasonOf(found, entry.text)}.`,
    hint: didYouMean(nearest),
  };
};

const leftOutOf = ({ type }: NotFound, { text }: ScalarNode, { files, directory }: Loader): LeftOut | undefined => {
  const path = type === 'missing' ? joinPath(directory, text) : undefined;
  return path === undefined ? undefined : files.leftOut?.(path);
};

const oursOf = ({ type }: NotFound, path: string): string => {
  if (type === 'empty') return 'The entry names nothing.';
  if (type === 'missing') return `${path} does not exist.`;
  return type === 'uncommitted' ? `${path} is not in git.` : `${path} cannot be built.`;
};

const reasonOf = ({ type, message }: NotFound, path: string): string => {
  if (type === 'empty') return 'new root cannot be empty';
  if (type !== 'missing') return `accumulating resources from '${path}': ${message}`;
  const place = message.slice(0, message.indexOf(' '));
  return `accumulating resources from '${path}': evalsymlink failure on ${place} : no such file or directory (must build at directory: not a valid directory): ${message}`;
};

/** A name in the same directory that differs in letter case, in its ending or in a letter or two. */
const nearestPath = ({ files, directory }: Loader, path: string): string | undefined => {
  const wanted = joinPath(directory, path);
  if (wanted === undefined) return undefined;
  const folder = directoryOf(wanted);
  const name = baseName(wanted);
  const near = (files.list(folder) ?? []).filter((other) => isNear(other, name)).sort(byText);
  const [found] = near;
  return found === undefined ? undefined : path.slice(0, path.length - baseName(path.replace(/\/$/, '')).length) + found;
};

const isNear = (a: string, b: string): boolean => {
  const stem = (name: string) =>
    name
      .toLowerCase()
      .replace(/\.ya?ml$/, '')
      .replace(/[-_.]/g, '');
  const [x, y] = [stem(a), stem(b)];
  return x === y || (Math.min(x.length, y.length) > 3 && (x.startsWith(y) || y.startsWith(x)));
};
