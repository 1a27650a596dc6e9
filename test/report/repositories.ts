import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const fixtures = join(import.meta.dirname, '../../fixtures/repos');

/** The whole repositories among the fixtures, by name: those that say that they are one. */
export const repositories: readonly { readonly name: string; readonly root: string }[] = readdirSync(fixtures, {
  recursive: true,
  encoding: 'utf8',
})
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('/.flux-lint.yaml'))
  .map((path) => path.slice(0, -'/.flux-lint.yaml'.length))
  .sort()
  .map((name) => ({ name, root: join(fixtures, name) }));
