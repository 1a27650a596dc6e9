import { directoryOf } from '../../files/files.ts';

/**
 * Folders that by their name hold no running cluster: what was retired, what shows how it could be done, what tests and
 * tools read. Nothing is taken for the start of a cluster there unless the configuration says so.
 */
const asideNames =
  /^[._]?(archived?|deprecated|obsolete|retired|disabled|old|backup|examples|samples?|demos|templates?|tmpl|skeleton|boilerplate|tests|testdata|fixtures?|e2e|docs?|node_modules|vendor|third_party|hack)$/i;

/** Folders beside clusters that hold what clusters share. */
const sharedNames = /^([._].*|base|bases|common|shared|defaults?|profiles?|components?|crds?)$/i;

/** Whether a path lies in a folder that is kept aside. */
export const isAside = (path: string): boolean => path.split('/').some((part) => asideNames.test(part) || /^\.\w/.test(part));

/** Whether the file at a path lies in such a folder; its own name does not count. */
export const liesAside = (path: string): boolean => isAside(directoryOf(path));

/** Whether a folder's own name says that clusters share it. */
export const isSharedName = (name: string): boolean => sharedNames.test(name) || asideNames.test(name);
