import { expect, it } from 'vitest';
import { isPinned } from '../../../src/kustomize/file/pinned.ts';

it.each([
  'https://github.com/acme/billing//deploy?ref=v1.2.0',
  'https://github.com/acme/billing//deploy?timeout=90s&ref=billing-1.2.0',
  'github.com/acme/billing/deploy?ref=0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c',
  'ssh://git@git.example.com/acme/billing.git//deploy?ref=kustomize/v5.0.1',
  'https://github.com/acme/billing/releases/download/v1.2.0/install.yaml',
  'https://raw.githubusercontent.com/acme/billing/0f1e2d3c4b5a/install.yaml',
])('%s does not change', (url) => {
  expect(isPinned(url)).toBe(true);
});

it.each([
  'https://github.com/acme/billing//deploy',
  'https://github.com/acme/billing//deploy?ref=main',
  'https://github.com/acme/billing//deploy?ref=release-1.29',
  'github.com/acme/v1.2/deploy',
  'https://github.com/acme/billing/releases/latest/download/install.yaml',
  'https://raw.githubusercontent.com/acme/billing/main/install.yaml',
])('%s may change', (url) => {
  expect(isPinned(url)).toBe(false);
});
