/** What the command says of a run, on standard error. Names and texts of a repository are in it, and must not steer a terminal, nor give a password away. */
import { withoutCredentials } from '../../kube/credential/redact.ts';
import { printable } from '../../report/printable.ts';
import type { Io } from './io.ts';

export const say = ({ stderr }: Pick<Io, 'stderr'>, message: string): void => {
  stderr(printableLines([`flux-lint: ${message}`]));
};

/** Each text on a line of its own. */
export const printableLines = (texts: readonly string[]): string =>
  texts.map((text) => `${printable(withoutCredentials(text))}\n`).join('');

/** Where a hook has nothing to judge. */
export const nothingOfFlux = 'what has changed has nothing to do with Flux';
