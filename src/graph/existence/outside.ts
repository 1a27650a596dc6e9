import { baseName, type File, type Files } from '../../files/files.ts';
import { memo } from '../../model/memo.ts';
import type { Wanted } from './wanted.ts';

const terraform = /\.(tf|tofu)$/;
const scripts = /(^|\/)(Makefile|[Jj]ustfile|\.justfile|Taskfile[^/]*|[^/]*\.(sh|bash|md|just|mk))$|^\.github\/workflows\//;
const terraformMakes = /\b(kubernetes_|kubectl_manifest|helm_release)/;
const scriptMakes = /\b(kubectl|flux)\b.{0,500}\bcreate\b/;

const installs = /\bkubectl\b.{0,200}\b(apply|create)\b.{0,200}\bcrds?\b|\bhelm\b.{0,200}\b(install|upgrade)\b|\bhelmfile\b/i;

/** What the repository shows to be made by other tools than Flux. Files are read when that is first asked for. */
export interface Outside {
  /**
   * A Terraform file that makes objects and names this one, or a script or document with `kubectl create …` or
   * `flux create …` and its name: in words.
   */
  readonly makes: (wanted: Wanted) => string | undefined;
  /**
   * The Terraform file that commits a file of this name to a repository: a resource such as `github_repository_file`
   * (integrations/github), `gitlab_repository_file` (gitlabhq/gitlab).
   */
  readonly commits: (name: string) => string | undefined;
  /** Charts or definitions are installed by hand. */
  readonly installs: () => boolean;
}

export const createOutside = (files: Files): Outside => {
  let commands: readonly Command[] | undefined;
  let committed: ReadonlyMap<string, string> | undefined;
  let installsAny: boolean | undefined;
  const answers = new Map<string, string | undefined>();
  return {
    makes: ({ name }) => {
      commands ??= files.paths.flatMap((path) => commandsIn(files, path));
      if (!answers.has(name)) answers.set(name, commands.find(({ words }) => words.has(name))?.path);
      const path = answers.get(name);
      return path === undefined ? undefined : `${path} may make it`;
    },
    commits: (name) => {
      committed ??= committedBy(files);
      return committed.get(name);
    },
    installs: () => {
      installsAny ??= files.paths.some((path) => isHelmfile(path) || (scripts.test(path) && installs.test(files.file(path)?.text ?? '')));
      return installsAny;
    },
  };
};

/** Terraform files by the names of what they commit: the end of the path, which is written out where its beginning is made. */
const committedBy = (files: Files): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const path of files.paths.filter((path) => terraform.test(path))) {
    const text = files.file(path)?.text ?? '';
    if (!/\bresource\s+"\w+_repository_file"/.test(text)) continue;
    for (const [, target = ''] of text.matchAll(/^\s*file(?:_path)?\s*=\s*"([^"\n]+)"/gm)) found.set(baseName(target), path);
  }
  return found;
};

const isHelmfile = (path: string): boolean => /(^|\/)helmfile(\.d\/|\.ya?ml)/.test(path);

interface Command {
  readonly path: string;
  readonly words: ReadonlySet<string>;
}

const commandsIn = (files: Files, path: string): readonly Command[] => {
  const wordsIn = terraform.test(path) ? terraformWords : scripts.test(path) ? scriptWords : undefined;
  const file = wordsIn && files.file(path);
  return file ? wordsIn(file).map((words) => ({ path, words })) : [];
};

const terraformWords = memo(({ text }: File): readonly ReadonlySet<string>[] =>
  terraformMakes.test(text) ? [new Set(Array.from(text.matchAll(/"([\w.-]+)"/g), ([, word = '']) => word))] : [],
);

/** Of each line that makes something. */
const scriptWords = memo(({ text }: File): readonly ReadonlySet<string>[] => {
  // Most documents speak of either tool, and few of making something: that is seen at once.
  if (!text.includes('create') || !scriptMakes.test(text)) return [];
  const lines = text.replace(/\\\r?\n/g, ' ').split('\n');
  return lines.flatMap((line) => (scriptMakes.test(line) ? [new Set(line.match(/[\w.-]+/g))] : []));
});
