import { writeFile } from '../../files/write.ts';
import type { Io } from './io.ts';
import { placeFor } from './place-for.ts';

/** Gives a report to standard output, or writes the file that was asked for instead. */
export const writeReport = (text: string, output: string | undefined, io: Io): void => {
  const file = output === undefined ? standardOutput : placeFor(output, io);
  if (file === standardOutput) {
    io.stdout(text);
    return;
  }
  writeFile(file, text, { name: output ?? file, hint: 'Name a file that can be written.' });
};

/** Opened as a file, it would be emptied first where it is one, and written from its beginning. */
const standardOutput = '/dev/stdout';

/** Cells of a line for prose: what the terminal has, but no more than reads well; nothing is broken for pipes and files. */
export const lineWidth = ({ isTTY, columns }: Io, output: string | undefined): number =>
  isTTY && output === undefined ? Math.min(columns ?? 80, 120) : Number.POSITIVE_INFINITY;
