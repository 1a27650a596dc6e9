import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '../../src/files/changed-files.ts';
import { memoryFiles } from '../../src/files/memory.ts';
import { concernsFlux } from '../../src/impact/concerns-flux.ts';

const after = memoryFiles(
  {
    'README.md': '',
    'apps/kustomization.yaml': 'resources: [manifest]\nconfigMapGenerator:\n  - name: app\n    files: [shop.conf=files/app.conf]\n',
    'apps/files/app.conf': '',
    'apps/real.txt': '',
    'apps/values.yaml': 'names: other.conf\n',
  },
  { links: { 'apps/linked.yaml': 'real.txt' } },
);
const neverAsked = () => {
  throw new Error('names alone should tell');
};
const modified = (path: string): ChangedFile => ({ path, status: 'modified' });
const deleted = (path: string): ChangedFile => ({ path, status: 'deleted' });

describe('a name alone tells of', () => {
  it.each([
    'clusters/production/apps.yaml',
    'a.yml',
    'base/Kustomization',
    'apps/.sourceignore',
    '.sourceignore',
    '.flux-lint.json',
    'secrets.tf',
    'secrets.tofu',
  ])('%s', (path) => {
    expect(concernsFlux([modified('README.md'), modified(path)], neverAsked)).toBe(true);
  });

  it('a link, whatever its name, before or after', () => {
    expect(concernsFlux([{ path: 'overlays/production', status: 'added', isLink: true }], neverAsked)).toBe(true);
  });

  it('what was called a manifest, or is now', () => {
    expect(concernsFlux([{ path: 'shop.txt', from: 'shop.yaml', status: 'renamed' }], neverAsked)).toBe(true);
    expect(concernsFlux([{ path: 'shop.yaml', from: 'shop.txt', status: 'renamed' }], neverAsked)).toBe(true);
  });
});

describe('what is left tells of', () => {
  it.each<[string, ChangedFile]>([
    ['a file of a generator', modified('apps/files/app.conf')],
    ['one that is gone', deleted('apps/files/app.conf')],
    ['one that has another name now', { path: 'apps/files/new.conf', from: 'apps/files/app.conf', status: 'renamed' }],
    ['a resource without an extension', modified('apps/manifest')],
    ['what a link shows under the name of a manifest', modified('apps/real.txt')],
    ['the last file of a directory', deleted('clusters/staging/.gitkeep')],
    ['the last file of a directory, moved', { path: 'docs/.gitkeep', from: 'clusters/staging/.gitkeep', status: 'renamed' }],
  ])('%s', (_, change) => {
    expect(concernsFlux([change], () => after)).toBe(true);
  });

  it('anything that is gone where a link leads nowhere now', () => {
    const files = memoryFiles({ 'README.md': '' }, { links: { 'apps.yaml': 'real.txt' } });
    expect(concernsFlux([deleted('real.txt')], () => files)).toBe(true);
    expect(concernsFlux([modified('README.md')], () => files)).toBe(false);
  });
});

describe('nothing is told of', () => {
  it.each<[string, readonly ChangedFile[]]>([
    ['no change', []],
    ['a document', [modified('README.md')]],
    ['a file that only other manifests name', [modified('other.conf')]],
    ['JSON that no kustomization file names', [modified('package.json')]],
    ['a file that goes where others stay', [deleted('apps/notes.txt')]],
  ])('%s', (_, changes) => {
    expect(concernsFlux(changes, () => after)).toBe(false);
  });
});
