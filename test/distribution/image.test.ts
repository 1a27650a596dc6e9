import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { makeRepository } from '../git-repository.ts';
import { run } from './command.ts';
import { play } from './dockerfile.ts';

const directory = mkdtempSync(join(tmpdir(), 'flux-lint-image-'));
let image: ReturnType<typeof play>;
beforeAll(() => {
  chmodSync(directory, 0o755);
  image = play(directory);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const command = () => join(image.root, 'usr/local/bin/flux-lint');

describe('the image', () => {
  it('has the command and its licence, and none of what it was built from', () => {
    expect(readdirSync(join(image.root, 'opt/flux-lint')).sort()).toEqual(['LICENSE', 'dist', 'package.json']);
    expect(statSync(command()).mode & 0o111).toBe(0o111);
    expect(run(process.execPath, [command(), '--version'], directory).stdout).toBe(`${manifest.version}\n`);
  });

  it('starts it as someone who is not root', () => {
    expect(image.said.USER).toBe('1000:1000');
    expect(JSON.parse(image.said.ENTRYPOINT ?? '')).toEqual(['/sbin/tini', '--', 'flux-lint']);
    expect(image.said.LABEL).toContain('org.opencontainers.image.source="https://github.com/flux-lint/flux-lint"');
  });

  // As with `docker run --rm -v "$PWD:/work" -w /work`, whoever owns the directory.
  const isRoot = process.getuid?.() === 0;
  it.skipIf(!isRoot)('reads with git what another user owns, which git alone refuses', () => {
    const work = join(directory, 'work');
    cpSync('fixtures/repos/monorepo-outage', work, { recursive: true });
    makeRepository(work);
    rmSync(join(work, 'clusters/prod-db-01/kustomization.yaml'));
    run('chown', ['-R', '4321:4321', work], directory);
    const impact = (system: string) =>
      spawnSync(process.execPath, [command(), 'impact', '--since', 'HEAD'], {
        cwd: work,
        encoding: 'utf8',
        uid: 1000,
        gid: 1000,
        env: { PATH: process.env.PATH, HOME: '/', GIT_CONFIG_SYSTEM: system },
      });
    const inImage = impact(join(image.root, 'etc/gitconfig'));
    expect(inImage.stderr).toBe('');
    expect(inImage.stdout).toContain('prod-db-01');
    expect(impact('/dev/null').status).toBe(2);
  });
  if (!isRoot) console.log('Not root: what the image does with files of another user is not played.');

  it('runs on a pinned Node', () => {
    expect(
      readFileSync('Dockerfile', 'utf8')
        .match(/^FROM .*/gm)
        ?.every((line) => /node:\d+\.\d+\.\d+-/.test(line)),
    ).toBe(true);
  });
});
