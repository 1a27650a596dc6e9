/**
 * Paths of an artifact whose root is a folder of the repository: `clusters/prod` of the artifact `deploy` is
 * `deploy/clusters/prod` here. Either may be empty, for the root.
 */
export const inRepository = (folder: string, path: string): string => [folder, path].filter(Boolean).join('/');

/** @param directory of the repository, below `folder` */
export const inArtifact = (folder: string, directory: string): string => (folder === '' ? directory : directory.slice(folder.length + 1));
