import { describe, expect, it } from 'vitest';
import { memoryFiles } from '../../../src/files/memory.ts';
import { includeSources } from '../../../src/flux/source/include.ts';

const files = memoryFiles({ 'apps/x.yaml': '', 'apps-old/y.yaml': '', 'root.yaml': '' });
const shared = memoryFiles({ 'lib/a.yaml': '', 'lib/deep/b.yaml': '', 'other.yaml': '' });
const paths = (input: Partial<Parameters<typeof includeSources>[0]>) =>
  includeSources({ files, includes: [], sparseCheckout: undefined, ...input }).paths;

describe('includeSources', () => {
  it('is the checkout itself where nothing is asked', () => {
    expect(includeSources({ files, includes: [], sparseCheckout: undefined })).toBe(files);
  });

  it('keeps what begins like a directory of sparseCheckout, as go-git does', () => {
    expect(paths({ sparseCheckout: ['./apps'] })).toEqual(['apps-old/y.yaml', 'apps/x.yaml']);
    expect(paths({ sparseCheckout: ['apps/'] })).toEqual(['apps/x.yaml']);
    expect(paths({ sparseCheckout: ['nope'] })).toEqual([]);
  });

  it('puts other artifacts at their places', () => {
    const include = (fromPath: string | undefined, toPath: string) => ({ files: shared, fromPath, toPath });
    expect(paths({ includes: [include(undefined, 'shared')] })).toContain('shared/lib/deep/b.yaml');
    expect(paths({ includes: [include('./lib', 'apps/lib')], sparseCheckout: ['apps/'] })).toEqual([
      'apps/lib/a.yaml',
      'apps/lib/deep/b.yaml',
      'apps/x.yaml',
    ]);
    expect(paths({ includes: [include('../lib', '../up')], sparseCheckout: ['nope'] })).toEqual(['up/a.yaml', 'up/deep/b.yaml']);
  });
});
