import { describe, expect, it } from 'vitest';
import { hostAndOwner, isSameRepository } from '../../../src/flux/source/source-url.ts';

describe('isSameRepository', () => {
  it.each([
    ['ssh://git@example.com/your-org/fleet', 'https://example.com/your-org/fleet.git'],
    ['git@example.com:your-org/fleet', 'ssh://git@example.com/your-org/fleet.git'],
    ['example.com:your-org/fleet.git', 'git@example.com:/your-org/fleet'],
    ['https://Example.COM/your-org/fleet/', 'https://token:x@example.com/Your-Org/Fleet'],
    ['https://example.com:443/your-org/fleet', 'https://example.com/your-org/fleet'],
    ['ssh://git@example.com:2222/your-org/fleet', 'https://example.com/your-org/fleet'],
    ['ssh://git@example.com:22/your-org/fleet', 'git@example.com:your-org/fleet.git'],
    ['ssh://git@ssh.github.com:443/your-org/fleet', 'git@github.com:your-org/fleet'],
    ['ssh://git@ssh.dev.azure.com/v3/org/my%20project/fleet', 'https://org@dev.azure.com/org/my project/_git/fleet'],
    ['ssh://git@bitbucket.example.com:7999/team/fleet.git', 'https://bitbucket.example.com/scm/team/fleet.git'],
    ['oci://ghcr.io/your-org/fleet', 'oci://GHCR.io:443/your-org/fleet/'],
    ['/srv/git/fleet.git', '/srv/git/fleet'],
  ])('%s = %s', (a, b) => {
    expect(isSameRepository(a, b)).toBe(true);
    expect(isSameRepository(b, a)).toBe(true);
  });

  it.each([
    ['https://example.com/your-org/fleet', 'https://example.com/your-org/fleet-infra'],
    ['https://example.com/your-org/fleet', 'https://example.org/your-org/fleet'],
    ['ssh://git@example.com:2222/your-org/fleet', 'ssh://git@example.com/your-org/fleet'],
    ['https://example.com:8443/your-org/fleet', 'https://example.com/your-org/fleet'],
    ['oci://ghcr.io/your-org/fleet', 'https://ghcr.io/your-org/fleet'],
    ['/srv/git/fleet', 'https://example.com/srv/git/fleet'],
    ['C:\\git\\fleet', 'https://c/git/fleet'],
  ])('%s ≠ %s', (a, b) => {
    expect(isSameRepository(a, b)).toBe(false);
    expect(isSameRepository(b, a)).toBe(false);
  });
});

it.each([
  ['ssh://git@github.com/your-org/fleet', { host: 'github.com', owner: 'your-org' }],
  ['git@gitlab.com:group/sub/fleet.git', { host: 'gitlab.com', owner: 'group' }],
  ['oci://ghcr.io/your-org/manifests/web', { host: 'ghcr.io', owner: 'your-org' }],
  ['ssh://git@ssh.dev.azure.com/v3/org/project/fleet', { host: 'dev.azure.com', owner: 'org' }],
  ['https://git.example.com/fleet.git', { host: 'git.example.com', owner: '' }],
  ['../fleet', undefined],
  ['', undefined],
  ['https://', undefined],
])('the host and owner of %s', (url, expected) => {
  expect(hostAndOwner(url)).toEqual(expected);
});
