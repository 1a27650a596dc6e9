import type { Files } from '../../files/files.ts';
import { operationOf } from '../../flux/source/artifact-generator.ts';
import { copyAll } from '../../flux/source/copy-operation.ts';
import { specs } from '../../flux/specs.ts';
import { readable } from '../../kube/view.ts';
import { child, stringAt } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { AppliedView } from '../clusters/views.ts';

export interface FailedCopy {
  /** RFC 6901, in the ArtifactGenerator. */
  readonly pointer: string;
  readonly artifact: string;
  /** In source-watcher's words. */
  readonly why: string;
}

/**
 * The first copy of each artifact of a generator that fails (source-watcher: internal/builder/builder.go). Only of sources
 * that a Kustomization of the cluster builds from, too: their content is at hand; and not of what a path pattern fills in.
 */
export const failedCopies = (generator: AppliedView, cluster: ClusterView): readonly FailedCopy[] => {
  const spec = readable(() => {
    const { sources = [], artifacts = [], pathPattern } = specs.artifactGenerator(child(generator.root, 'spec') ?? generator.root);
    const lists = artifacts.map(({ name = '', copy = [] }) => ({ name, copy: copy.map(operationOf) }));
    return { sources: sources.map(({ alias = '', kind, name, namespace }) => ({ alias, kind, name, namespace })), lists, pathPattern };
  });
  if (!spec || spec.pathPattern !== undefined) return [];
  const files = new Map<string, Files>();
  for (const { alias, kind, name, namespace } of spec.sources) {
    const found = filesOf(cluster, { kind, name, namespace: namespace ?? generator.namespace });
    if (found) files.set(alias, found);
  }
  return spec.lists.flatMap(({ name, copy }, index) => {
    if (copy.some(({ from }) => !files.has(/^@([^/]*)/.exec(from)?.[1] ?? ''))) return [];
    for (const at of copy.keys()) {
      const copied = copyAll(copy.slice(0, at + 1), files);
      if (copied.type === 'unknown') return [];
      if (copied.type === 'failed') return [{ pointer: `/spec/artifacts/${index}/copy/${at}/from`, artifact: name, why: copied.why }];
    }
    return [];
  });
};

interface SourceName {
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
}

const filesOf = ({ kustomizations }: ClusterView, source: SourceName): Files | undefined => {
  for (const { content, root, namespace } of kustomizations) {
    if ((content.type !== 'built' && content.type !== 'missing-path') || content.artifact.assumed !== undefined) continue;
    const at = (key: string) => stringAt(root, 'spec', 'sourceRef', key);
    if (at('kind') === source.kind && at('name') === source.name && (at('namespace') ?? namespace) === source.namespace) {
      return content.artifact.files;
    }
  }
  return undefined;
};
