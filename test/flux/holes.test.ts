import { describe, expect, it } from 'vitest';
import { hasHole, mayFill, mayMean } from '../../src/flux/holes.ts';

describe('what somebody else fills in', () => {
  it.each(['clusters/${NAME}', 'a/$NAME', '$(pwd)/a', '{{ .Values.path }}', 'clusters/<name>', '${{ github.ref }}', '${var.name}'])(
    '%s',
    (text) => {
      expect(hasHole(text)).toBe(true);
    },
  );

  it.each(['clusters/oslo', './', 'a-b_c', 'price$', ''])('is not in "%s"', (text) => {
    expect(hasHole(text)).toBe(false);
  });
});

describe('a path with holes may mean a directory', () => {
  it.each([
    ['./clusters/${STAGE}/${NAME}', 'clusters/live/oslo'],
    ['clusters/${NAME}', 'clusters/oslo'],
    ['clusters/eu-${NAME}-1', 'clusters/eu-oslo-1'],
    ['/clusters/${A}${B}', 'clusters/oslo'],
    ['clusters/{{ .name }}/flux', 'clusters/oslo/flux'],
  ])('%s: %s', (path, directory) => {
    expect(mayMean(path, directory)).toBe(true);
  });

  it.each([
    ['clusters/${NAME}', 'clusters/live/oslo'],
    ['clusters/${NAME}', 'sites/oslo'],
    ['clusters/eu-${NAME}', 'clusters/eu-'],
    // It could be any directory of the repository.
    ['${PATH}', 'oslo'],
    ['${A}/${B}', 'clusters/oslo'],
    ['clusters/${A}', 'clusters'],
  ])('%s: not %s', (path, directory) => {
    expect(mayMean(path, directory)).toBe(false);
  });
});

it('a text may come of another with holes, none of which is empty', () => {
  expect(mayFill('oci://${REGISTRY}/acme/fleet', 'oci://registry.example/acme/fleet')).toBe(true);
  expect(mayFill('oci://r/${A}-${B}', 'oci://r/a-b')).toBe(true);
  expect(mayFill('oci://r/${A}-b', 'oci://r/-b')).toBe(false);
  expect(mayFill('oci://r/fleet', 'oci://r/fleet')).toBe(true);
  expect(mayFill('oci://r/fleet', 'oci://r/fleets')).toBe(false);
});
