import { baseName, type Files, normalise } from '../../files/files.ts';
import { memo } from '../../model/memo.ts';

/** A `flux push artifact` that a script or a CI file of this repository runs. */
export interface PushedArtifact {
  /** As written, with whatever variables the shell or the CI system fills in. */
  readonly url: string | undefined;
  /** The folder whose content becomes the artifact; empty for the repository's root. */
  readonly folder: string;
  /** Where it is said. */
  readonly file: string;
}

const ciFolders = /^\.(github|forgejo|gitea|gitlab|circleci|woodpecker|buildkite|azure-pipelines|tekton)\//;
const scripts =
  /^(Makefile|Taskfile\.ya?ml|justfile|Justfile|\.gitlab-ci\.ya?ml|\.drone\.ya?ml|Jenkinsfile|azure-pipelines\.ya?ml|.*\.(sh|bash|mk))$/;

/** Folders that this repository pushes as OCI artifacts, in path order (flux2: cmd/flux/push_artifact.go, `--path`, `-f`). */
export const pushedArtifacts: (files: Files) => readonly PushedArtifact[] = memo((files) =>
  files.paths
    .filter((path) => ciFolders.test(path) || scripts.test(baseName(path)))
    .flatMap((path) => (files.entry(path) === 'file' ? pushesIn(files.file(path)?.text ?? '', path) : [])),
);

const command = /flux push artifact/g;
const longest = 2000;

const pushesIn = (text: string, file: string): readonly PushedArtifact[] =>
  [...text.matchAll(command)].flatMap(({ index }) => {
    const words = commandAt(text.slice(index, index + longest))
      .split(/\s+/)
      .map(unquoted);
    const url = words.find((word) => word.startsWith('oci://'));
    const folder = optionOf(words, ['--path', '-f']);
    if (folder === undefined || /[$`]/.test(folder)) return [];
    const normal = normalise(folder);
    return normal === undefined ? [] : [{ url, folder: normal, file }];
  });

/** The command with the lines that it goes on in: after a backslash, or folded deeper than it begins. */
const commandAt = (text: string): string => {
  const lines = text.split('\n');
  const last = lines.findIndex((line, index) => !line.trimEnd().endsWith('\\') && !/^\s+-/.test(lines[index + 1] ?? ''));
  return lines
    .slice(0, last === -1 ? lines.length : last + 1)
    .map((line) => line.replace(/\\\s*$/, ''))
    .join(' ');
};

const unquoted = (word: string): string => word.replaceAll(/["']/g, '');

const optionOf = (words: readonly string[], names: readonly string[]): string | undefined => {
  for (const [index, word] of words.entries()) {
    if (names.includes(word)) return words[index + 1];
    const assigned = names.find((name) => word.startsWith(`${name}=`));
    if (assigned !== undefined) return word.slice(assigned.length + 1);
  }
  return undefined;
};
