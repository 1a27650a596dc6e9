/** Prints what CHANGELOG.md says of a release: `npm run release:notes -- 0.1.0`. */
import { readFileSync } from 'node:fs';
import { projectHome } from '../src/model/tool.ts';

/**
 * The section of a version, as the text of a release page: links into the repository lead to that version of it.
 *
 * @throws where the changelog has no such section, or says nothing in it
 */
export const releaseNotes = (changelog: string, version: string): string => {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => versionOf(text) === version);
  if (section === undefined) throw new Error(`CHANGELOG.md has no section ${version}`);
  const notes = section.slice(section.indexOf('\n')).trim();
  if (notes === '') throw new Error(`CHANGELOG.md says nothing of ${version}`);
  const home = `${projectHome}/blob/v${version}`;
  return `${notes.replace(/\]\((?!https?:|#)([^)]+)\)/g, `](${home}/$1)`)}\n`;
};

/** `0.1.0`, `v0.1.0` and `[0.1.0] - 2026-11-22` are headings of one version. */
const versionOf = (section: string): string | undefined => /^\[?v?(\d[^\]\s]*)/.exec(section)?.[1];

if (process.argv[1]?.endsWith('release-notes.ts')) {
  const [version] = process.argv.slice(2);
  if (version === undefined) throw new Error('Which version? npm run release:notes -- 0.1.0');
  process.stdout.write(releaseNotes(readFileSync('CHANGELOG.md', 'utf8'), version));
}
