import { configName } from '../../config/config-names.ts';
import { byText, type Files } from '../../files/files.ts';
import { memoryFiles } from '../../files/memory.ts';
import { gitArtifact } from '../../flux/source/source-ignore.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';

/**
 * The Kustomizations that would take `.flux-lint.yaml` in the root for a manifest: without a kustomization.yaml, Flux
 * builds every YAML file below the path that `.sourceignore` does not keep from it.
 */
export const rootReaders = (clusters: readonly ClusterView[], files: Files): readonly string[] => {
  const ignoring = files.file('.sourceignore');
  const tree = gitArtifact(memoryFiles({ [configName]: '', ...(ignoring ? { '.sourceignore': ignoring.text } : {}) }), undefined);
  if (!tree.file(configName)) return [];
  const all = clusters.filter(({ cluster }) => cluster.root.evidence !== 'unreached').flatMap(({ kustomizations }) => kustomizations);
  const ids = all.flatMap(({ id, content }) => {
    const isHere = content.type === 'built' && content.artifact.repository === undefined && content.artifact.revision === undefined;
    return isHere && content.directory === '' && content.build.reads.kustomization === undefined ? [id] : [];
  });
  return [...new Set(ids)].sort(byText);
};
