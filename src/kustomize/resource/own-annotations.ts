/**
 * What kustomize keeps among the annotations while it builds (`resource.BuildAnnotations`). Where a file brings such, it is
 * history like any other; in the end they go, and so do those of `buildMetadata` that nobody asked for.
 */
import type { Step } from '../../model/origin.ts';
import { withEntry } from '../../yaml/edit.ts';
import { child, isMap, type MapNode, textAt } from '../../yaml/node.ts';
import { currentId, type Resource } from './resource.ts';

/** An object as a file has it, with the history that it says to have. */
export const fromFile = (root: MapNode, via: readonly Step[]): Resource => {
  const annotations = child(root, 'metadata', 'annotations');
  const list = (name: string): readonly string[] => textAt(annotations, `${domain}/${name}`)?.split(',') ?? [];
  const [names, namespaces, kinds] = [list('previousNames'), list('previousNamespaces'), list('previousKinds')];
  const { group, version } = currentId({ root });
  return {
    root,
    previous: names.map((name, index) => ({ group, version, kind: kinds[index] ?? '', name, namespace: namespaces[index] ?? '' })),
    prefixes: list('prefixes'),
    suffixes: list('suffixes'),
    via,
    needsHash: textAt(annotations, `${domain}/needsHashSuffix`) === 'enabled',
  };
};

/** Without what is kustomize's own; `kept`: the annotations of `buildMetadata` that the build has asked for. */
export const withoutOwnAnnotations = (root: MapNode, kept: ReadonlySet<string>): MapNode => {
  const metadata = child(root, 'metadata');
  const annotations = child(metadata, 'annotations');
  if (!isMap(metadata) || !isMap(annotations)) return root;
  const entries = annotations.entries.filter(
    ({ key: { text } }) => kept.has(text) || !(internal.has(text) || text === originKey || text === transformationsKey),
  );
  if (entries.length === annotations.entries.length) return root;
  return withEntry(root, 'metadata', withEntry(metadata, 'annotations', { ...annotations, entries }));
};

export const originKey = 'config.kubernetes.io/origin';
export const transformationsKey = 'alpha.config.kubernetes.io/transformations';

const domain = 'internal.config.kubernetes.io';

const internal = new Set(
  [
    ...['previousKinds', 'previousNames', 'previousNamespaces', 'prefixes', 'suffixes', 'refBy', 'generatorBehavior', 'needsHashSuffix'],
    ...['allowNameChange', 'allowKindChange', 'path', 'index', 'seqindent', 'id', 'annotations-migration-resource-id', 'helm-generated'],
  ].map((name) => `${domain}/${name}`),
)
  .add('config.kubernetes.io/path')
  .add('config.kubernetes.io/index')
  .add('config.k8s.io/id');
