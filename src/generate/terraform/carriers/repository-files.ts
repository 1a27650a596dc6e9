/** Files that Terraform writes, into a repository or beside itself. */
import { hasHole } from '../../../gotemplate/hole.ts';
import { isSecret } from '../../../hcl/value/value.ts';
import type { GeneratedFile } from '../../generated.ts';
import type { ResourceInstance } from '../module/instance.ts';
import { noteGap, reportError } from '../module/run.ts';
import { type CarrierContext, get, resourceOrigin, textAt } from './context.ts';

interface Arguments {
  readonly path: string;
  readonly isGit: boolean;
}

const carriers: ReadonlyMap<string, Arguments> = new Map<string, Arguments>(
  Object.entries({
    github_repository_file: { path: 'file', isGit: true },
    gitlab_repository_file: { path: 'file_path', isGit: true },
    gitea_repository_file: { path: 'filename', isGit: true },
    git_repository_file: { path: 'path', isGit: true },
    azuredevops_git_repository_file: { path: 'file', isGit: true },
    local_file: { path: 'filename', isGit: false },
  }),
);

export const isFileCarrier = (type: string): boolean => carriers.has(type);

export const repositoryFile = (resource: ResourceInstance, { run }: CarrierContext): readonly GeneratedFile[] => {
  const { values, address } = resource;
  const names = carriers.get(resource.resource.type);
  if (names === undefined) return [];
  const at = resourceOrigin(resource);
  const content = get(values, 'content');
  const path = textAt(values, names.path);
  if (names.isGit && content && (isSecret(content) || content.isSensitive)) {
    const message = `${address} commits what is sensitive to a Git repository: everybody who can read that can read it, now and in its history.`;
    reportError(run, { type: 'secret-in-git', message, at: content.at ?? at, related: [{ at, message: 'the resource' }] });
    return [];
  }
  if (path === undefined || content?.type !== 'string' || hasHole(content.value)) {
    if (content) noteGap(run, `the file that ${address} writes depends on something unknown`, at.span);
    return [];
  }
  const repository = names.isGit ? (textAt(values, 'repository') ?? textAt(values, 'project')) : undefined;
  const branch = names.isGit ? textAt(values, 'branch') : undefined;
  return [{ path, content: content.value, repository, branch, at: content.at ?? at }];
};
