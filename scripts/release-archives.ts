/**
 * Makes of the executables of every platform what a release carries: an archive for each, their checksums, and the
 * manifest by which `flux plugin install lint` finds them. `npm run release:archives -- --from DIR --out DIR`, where
 * DIR/linux_amd64, DIR/windows_arm64 … are what `npm run build:executable` left on such a machine.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import manifest from '../package.json' with { type: 'json' };
import { projectHome } from '../src/model/tool.ts';

const { values } = parseArgs({ options: { from: { type: 'string', default: 'build' }, out: { type: 'string', default: 'release' } } });
const { version, description } = manifest;

interface Platform {
  readonly os: string;
  readonly arch: string;
  /** The name of its archive. */
  readonly archive: string;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** Packs the files of one directory `OS_ARCH`; the same files give the same bytes. */
const pack = (directory: string): Platform => {
  const [, os, arch] = /^(darwin|linux|windows)_(amd64|arm64)$/.exec(directory) ?? [];
  if (os === undefined || arch === undefined) throw new Error(`${directory} is no platform such as linux_amd64`);
  const from = join(values.from, directory);
  const files = readdirSync(from).sort();
  const executable = os === 'windows' ? 'flux-lint.exe' : 'flux-lint';
  if (!files.includes(executable)) throw new Error(`${from} has no ${executable}`);
  for (const file of files) {
    // Neither the time of the build nor a mode that was lost on the way shall show.
    chmodSync(join(from, file), file === executable ? 0o755 : 0o644);
    utimesSync(join(from, file), releaseTime, releaseTime);
  }
  const archive = `flux-lint_${version}_${directory}.${os === 'windows' ? 'zip' : 'tar.gz'}`;
  const target = resolve(values.out, archive);
  rmSync(target, { force: true });
  if (os === 'windows') execFileSync('zip', ['-Xq', target, ...files], { cwd: from });
  else {
    const owner = ['--owner=0', '--group=0', '--numeric-owner', '--format=ustar'];
    execFileSync('tar', ['--use-compress-program=gzip -n', ...owner, '-cf', target, '-C', from, ...files]);
  }
  return { os, arch, archive, sha256: createHash('sha256').update(readFileSync(target)).digest('hex') };
};

/** Zip knows no earlier year than 1980. */
const releaseTime = new Date('2000-01-01T00:00:00Z');

/** As the catalogue of the Flux CLI wants it: https://github.com/fluxcd/flux2/blob/main/pkg/plugin/types.go */
const pluginManifest = (platforms: readonly Platform[]): string =>
  stringify(
    {
      apiVersion: 'cli.fluxcd.io/v1beta1',
      kind: 'Plugin',
      name: 'lint',
      description,
      homepage: projectHome,
      source: projectHome,
      bin: 'flux-lint',
      versions: [
        {
          version,
          platforms: platforms.map(({ os, arch, archive, sha256 }) => ({
            os,
            arch,
            url: `${projectHome}/releases/download/v${version}/${archive}`,
            checksum: `sha256:${sha256}`,
          })),
        },
      ],
    },
    { lineWidth: 0 },
  );

mkdirSync(values.out, { recursive: true });
const platforms = readdirSync(values.from).sort().map(pack);
writeFileSync(join(values.out, 'checksums.txt'), platforms.map(({ sha256, archive }) => `${sha256}  ${archive}\n`).join(''));
writeFileSync(join(values.out, 'lint.yaml'), pluginManifest(platforms));
for (const { archive } of platforms) console.log(join(values.out, archive));
