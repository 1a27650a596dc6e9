import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../model/usage-error.ts';
import { isForbidden } from './allowed.ts';

/** Without git nobody says what belongs to a repository: a directory with more is a home or a whole machine. */
const maxFiles = 200_000;

/**
 * Every file and link below a directory but those of `.git` and `node_modules`, relative to it; links are not followed, and
 * what cannot be read is left out.
 *
 * @param directory absolute, links followed
 * @throws UsageError where there are too many to be one repository
 */
export const everyFile = (directory: string): readonly string[] => {
  const found: string[] = [];
  const waiting = [''];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    for (const entry of entriesOf(join(directory, below))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isFile() || entry.isSymbolicLink()) found.push(path);
      else if (entry.isDirectory() && entry.name !== 'node_modules' && !isForbidden(join(directory, path))) waiting.push(path);
      if (found.length + waiting.length > maxFiles) throw tooMany(directory);
    }
  }
  return found;
};

const entriesOf = (directory: string) => {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
};

const tooMany = (directory: string): UsageError =>
  new UsageError(
    `${directory} is no git work tree and holds more than ${maxFiles} files`,
    'Run it in the repository that Flux syncs from, or name its root with --root.',
  );
