import type { Files } from '../files/files.ts';
export const includeSources = ({
  files,
}: {
  files: Files;
  includes: readonly unknown[];
  sparseCheckout: readonly string[] | undefined;
}): Files => files;
