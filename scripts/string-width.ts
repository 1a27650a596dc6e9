/** Stands in for the package `string-width` in the bundle: yargs measures help texts, which are never worth its start-up. */
export { cells as default } from '../src/report/cells.ts';
