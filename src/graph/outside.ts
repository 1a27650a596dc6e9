import type { Files } from '../files/files.ts';
import type { Wanted } from './could-exist.ts';

const terraform = /\.(tf|tofu)$/;
const scripts = /(^|\/)(Makefile|[Jj]ustfile|\.justfile|Taskfile[^/]*|[^/]*\.(sh|bash|md|just|mk))$|^\.github\/workflows\//;
const terraformMakes = /\b(kubernetes_|kubectl_manifest|helm_release)/;
const scriptMakes = /\b(kubectl|flux)\b.*\bcreate\b/;

/**
 * What the repository shows to be made by other tools than Flux: a Terraform file that makes objects and names this one,
 * a script or document with `kubectl create …` or `flux create …` and its name. Files are read when a name that nothing
 * else explains is first looked for.
 */
export const createOutside = (files: Files): ((wanted: Wanted) => string | undefined) => {
  let commands: readonly Command[] | undefined;
  const answers = new Map<string, string | undefined>();
  return ({ name }) => {
    commands ??= files.paths.flatMap((path) => commandsIn(files, path));
    if (!answers.has(name)) answers.set(name, commands.find(({ words }) => words.has(name))?.path);
    const path = answers.get(name);
    return path === undefined ? undefined : `${path} may make it`;
  };
};

interface Command {
  readonly path: string;
  readonly words: ReadonlySet<string>;
}

const commandsIn = (files: Files, path: string): readonly Command[] => {
  const makes = terraform.test(path) ? terraformMakes : scripts.test(path) ? scriptMakes : undefined;
  const text = makes && (files.file(path)?.text ?? '');
  if (text === undefined || !makes?.test(text)) return [];
  if (makes === terraformMakes) return [{ path, words: new Set([...text.matchAll(/"([\w.-]+)"/g)].map(([, word = '']) => word)) }];
  const lines = text.replace(/\\\r?\n/g, ' ').split('\n');
  return lines.flatMap((line) => (scriptMakes.test(line) ? [{ path, words: new Set(line.match(/[\w.-]+/g)) }] : []));
};
