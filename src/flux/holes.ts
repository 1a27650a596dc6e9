import { clampedPath } from './clamped-path.ts';

/** What stands for a part of a text that somebody else fills in: `${VAR}`, `$VAR`, `$(cmd)`, `{{ .Values.x }}`, `<cluster>`. */
const hole = /\$\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$[A-Za-z_]\w*|\{\{[^}]*\}\}|<[^<>/]+>/g;
const mark = '\u0000';

export const hasHole = (text: string): boolean => text.search(hole) !== -1;

/** Whether a text may come of another with holes, none of which is empty; found from the left, each piece as early as it goes. */
export const mayFill = (template: string, text: string): boolean => fits(template.replace(hole, mark), text);

/** Whether a path with holes may mean a directory: part by part. A path that has no part without holes says nothing. */
export const mayMean = (path: string, directory: string): boolean => {
  const parts = clampedPath(path.replace(hole, mark)).split('/');
  const given = directory.split('/');
  if (parts.length !== given.length || parts.every((part) => part.includes(mark))) return false;
  return parts.every((part, index) => fits(part, given[index] ?? ''));
};

const fits = (template: string, text: string): boolean => {
  const [first = '', ...rest] = template.split(mark);
  const last = rest.pop();
  if (last === undefined) return template === text;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let position = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, position + 1);
    if (found === -1) return false;
    position = found + piece.length;
  }
  return text.length - last.length > position;
};
