import { expect, it } from 'vitest';
import { pathGlobs } from '../../src/config/path-globs.ts';

it.each([
  ['tenants', 'tenants/base/payments/sync.yaml', true],
  ['tenants/', 'tenants/base/payments/sync.yaml', true],
  ['./tenants', 'tenants/base/payments/sync.yaml', true],
  ['tenants', 'tenants-old/sync.yaml', false],
  ['tenants', 'clusters/tenants/sync.yaml', false],
  ['clusters/*/flux-system', 'clusters/staging/flux-system/gotk-sync.yaml', true],
  ['/', 'apps/web.yaml', true],
  ['apps/web.yaml', 'apps/web.yaml', true],
  ['apps/*', 'apps/web.yaml', true],
  ['apps/*', 'apps/base/web.yaml', false],
  ['apps/*/', 'apps/base/web.yaml', true],
  ['apps/**', 'apps/base/.hidden.yaml', true],
  ['**/*.yaml', 'apps/base/web.yaml', true],
  ['!apps', 'apps/base/web.yaml', true],
  ['!apps/**', 'apps/base/web.yaml', false],
  ['!apps/**', 'clusters/staging/apps.yaml', true],
])('%s and %s: %s', (glob, path, isMeant) => {
  expect(pathGlobs([glob])(path)).toBe(isMeant);
});

it('holds where one of several does, and nowhere without any', () => {
  expect(pathGlobs(['charts', 'tenants'])('tenants/a.yaml')).toBe(true);
  expect(pathGlobs([])('tenants/a.yaml')).toBe(false);
});
