import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFiles } from '../../../src/files/disk.ts';
import { directoryOf, type Files, joinPath } from '../../../src/files/files.ts';
import { conflictingFields } from '../../../src/kube/schema/conflicting-fields.ts';
import { isDescribed, validateObject } from '../../../src/kube/schema/schemas.ts';
import { child, isMap, type MapNode, stringAt } from '../../../src/yaml/node.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';
import { wholeFile } from '../../../src/yaml/place.ts';
import { referenceData } from '../../reference-data.ts';

/** The objects of real repositories: nothing in them may be called wrong. */

const corpus = referenceData('corpus') ?? '';

interface Found {
  readonly path: string;
  readonly root: MapNode;
}

const objectsOf = (files: Files): readonly Found[] =>
  files.paths
    .filter((path) => /\.ya?ml$/.test(path))
    .flatMap((path) =>
      parseYaml(files.file(path)?.text ?? '', wholeFile(path)).documents.flatMap(({ root }) => (isMap(root) ? [{ path, root }] : [])),
    );

const isKustomizationFile = ({ path }: Found) => /(^|\/)kustomization\.ya?ml$/.test(path);

/** kustomization files may leave out what they are; patches are parts of objects. */
const judged = (objects: readonly Found[]): readonly Found[] => {
  const patches = new Set(
    objects.filter(isKustomizationFile).flatMap(({ path, root }) => {
      const list = child(root, 'patches');
      const named = list?.type === 'list' ? list.items.map((patch) => stringAt(patch, 'path') ?? '') : [];
      return named.map((name) => joinPath(directoryOf(path), name));
    }),
  );
  return objects.filter(
    (object) => isDescribed(stringAt(object.root, 'apiVersion') ?? '', stringAt(object.root, 'kind') ?? '') && !patches.has(object.path),
  );
};

describe.skipIf(corpus === '')('objects of the reference repositories', () => {
  const repositories = corpus === '' ? [] : readdirSync(corpus);
  const found = repositories.flatMap((name) => judged(objectsOf(diskFiles(join(corpus, name), { include: 'all' }))));

  it('are many', () => {
    const kinds = new Set(found.map(({ root }) => stringAt(root, 'kind')));
    expect(found.length).toBeGreaterThan(60);
    expect([...kinds]).toEqual(
      expect.arrayContaining(['ArtifactGenerator', 'GitRepository', 'HelmRelease', 'Kustomization', 'OCIRepository']),
    );
  });

  it('have no schema errors', () => {
    const errors = found.flatMap(({ path, root }) => validateObject(root).map(({ message }) => `${path}: ${message}`));
    expect(errors).toEqual([]);
  });

  it('have no fields that contradict each other', () => {
    expect(found.flatMap(({ path, root }) => conflictingFields(root).map(({ message }) => `${path}: ${message}`))).toEqual([]);
  });
});
