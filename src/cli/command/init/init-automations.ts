import { hostAndOwner } from '../../../flux/source/source-url.ts';
import type { Automation } from '../../../report/init/snippets.ts';

export interface AutomationsInput {
  /** Of every file below the root. */
  readonly paths: readonly string[];
  /** URLs that the repository is fetched from. */
  readonly remotes: readonly string[];
  readonly isGit: boolean;
}

/** What checks this repository, by its files and by the hosts of its remotes; a hook wherever there is git. */
export const automationsOf = ({ paths, remotes, isGit }: AutomationsInput): readonly Automation[] => {
  const hosts = remotes.flatMap((remote) => hostAndOwner(remote)?.host ?? []);
  const has = (file: RegExp, host?: RegExp) =>
    paths.some((path) => file.test(path)) || (host !== undefined && hosts.some((name) => host.test(name)));
  return [
    ...(isGit || has(/^\.pre-commit-config\.yaml$/) ? (['pre-commit'] as const) : []),
    ...(has(/^\.github\//, /(^|\.)github\./) ? (['github'] as const) : []),
    ...(has(/^\.gitlab-ci\.yml$/, /(^|\.)gitlab\./) ? (['gitlab'] as const) : []),
    ...(has(/^azure-pipelines\.ya?ml$/, /^dev\.azure\.com$|\.visualstudio\.com$/) ? (['azure'] as const) : []),
    ...(has(/^Jenkinsfile$/) ? (['jenkins'] as const) : []),
  ];
};
