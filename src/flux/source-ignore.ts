import type { Files } from '../files/files.ts';
export const gitArtifact = (files: Files, _i: string | undefined): Files => files;
export const bucketArtifact = gitArtifact;
export const ociArtifact = gitArtifact;
