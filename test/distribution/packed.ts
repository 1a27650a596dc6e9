/** The package as npm would publish it, installed into empty projects: it has no dependencies, so that wants no network. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Packed {
  /** A directory for the test alone. */
  readonly directory: string;
  readonly tarball: string;
  readonly files: readonly string[];
  /** Bytes. */
  readonly size: number;
  readonly unpackedSize: number;
}

/** Builds and packs the package. */
export const pack = (): Packed => {
  const directory = mkdtempSync(join(tmpdir(), 'flux-lint-package-'));
  const output = execFileSync('npm', ['pack', '--json', '--pack-destination', directory], { encoding: 'utf8' });
  // Before npm's own words stand those of the scripts that it ran.
  const [packed] = JSON.parse(output.slice(output.indexOf('[\n')));
  const files = packed.files.map(({ path }: { readonly path: string }) => path);
  return { directory, tarball: join(directory, packed.filename), files, size: packed.size, unpackedSize: packed.unpackedSize };
};

export const removePacked = ({ directory }: Packed): void => rmSync(directory, { recursive: true, force: true });

/** An ES module project that has nothing but the package; gives its directory. */
export const installInto = ({ directory, tarball }: Packed, name: string): string => {
  const project = join(directory, name);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }));
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: project, stdio: 'ignore' });
  return project;
};

/** Copies a fixture below the project, as a root of its own. */
export const copyFixture = (fixture: string, project: string, configuration = ''): string => {
  const target = join(project, 'fleet');
  cpSync(fixture, target, { recursive: true });
  writeFileSync(join(target, '.flux-lint.yaml'), `root: true\n${configuration}`);
  return target;
};

/** The first block of that language in a page of the documentation. */
export const exampleOf = (page: string, language: string): string => {
  const [, example] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(readFileSync(resolve(page), 'utf8')) ?? [];
  if (example === undefined) throw new Error(`${page} has no example in ${language}`);
  return example;
};
