import { joinPath } from '../../files/files.ts';
import type { Step } from '../../model/origin.ts';
import { child, isList, isScalar, type Node, type ScalarNode } from '../../yaml/node.ts';
import type { ParseFile } from '../build.ts';
import type { Kustomization } from '../file/kustomization.ts';
import type { Loader } from '../file/loader.ts';
import type { MergeSchemas } from '../file/merge-schema.ts';
import type { BuildMetadata } from '../transform/build-metadata.ts';
import type { Accumulation, BuiltDirectory } from './directory.ts';

/** A directory that is built, and all that its steps may ask for. */
export interface Level {
  readonly kustomization: Kustomization;
  readonly loader: Loader;
  readonly parse: ParseFile;
  /** The schema of its own or of the root; undefined: that of the directories below, or kustomize's. */
  readonly schemas: MergeSchemas | undefined;
  /** What every object is to say of itself, where the root asks for it. */
  readonly metadata: BuildMetadata | undefined;
  /** The text of a file by the path in its spans, where it is at hand. */
  readonly sourceOf: (path: string) => string | undefined;
  /** Builds another directory: `onto` the objects of this one if it is a component, else on its own. */
  readonly buildDirectory: (entry: DirectoryEntry) => BuiltDirectory;
  /** Flux may be told to pass over components that do not exist. */
  readonly ignoresMissingComponents: boolean;
}

export interface DirectoryEntry {
  readonly directory: string;
  readonly asked: ScalarNode;
  readonly step: Step;
  readonly onto: Accumulation | undefined;
  /** The schema that is in force. */
  readonly schemas: MergeSchemas | undefined;
  /** Whether kustomize has loaded its own schema by now, so that an `openapi` is added to it. */
  readonly hasBuiltin: () => boolean;
}

/** The kustomization file; Flux writes one where there is none. */
export const kustomizationPath = ({ kustomization, loader }: Level): string =>
  kustomization.file?.path ?? joinPath(loader.directory, 'kustomization.yaml') ?? 'kustomization.yaml';

/** The scalars of a list in the kustomization. */
export const scalarsAt = ({ kustomization }: Level, field: string): readonly ScalarNode[] => {
  const list = child(kustomization.root, field);
  return isList(list) ? list.items.filter(isScalar) : [];
};

export const itemsAt = ({ kustomization }: Level, field: string): readonly Node[] => {
  const list = child(kustomization.root, field);
  return isList(list) ? list.items : [];
};

/** A scalar of the kustomization that says something: not absent, not empty. */
export const scalarAt = ({ kustomization }: Level, field: string): ScalarNode | undefined => {
  const node = child(kustomization.root, field);
  return isScalar(node) && node.text !== '' ? node : undefined;
};
