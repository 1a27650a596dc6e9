import { stringAt } from '../../yaml/node.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { AppliedView } from '../clusters/views.ts';

/**
 * Whether an ImageUpdateAutomation checks out what is here: its GitRepository is one that a Kustomization of the cluster
 * builds from this work tree, and it asks for no other branch (image-automation-controller: `git.checkout.ref` goes before
 * the reference of the source).
 */
export const isUpdatedHere = (automation: AppliedView, clusters: Clusters): boolean => {
  const { root, cluster } = automation;
  const branch = stringAt(root, 'spec', 'git', 'checkout', 'ref', 'branch');
  const name = stringAt(root, 'spec', 'sourceRef', 'name');
  const namespace = stringAt(root, 'spec', 'sourceRef', 'namespace') ?? automation.namespace;
  const source = clusters.namesakes(cluster, 'GitRepository', name ?? '').find((candidate) => candidate.namespace === namespace);
  const followed = source && stringAt(source.root, 'spec', 'ref', 'branch');
  if (branch !== undefined && followed !== undefined && branch !== followed) return false;
  const builders = clusters.get(cluster)?.kustomizations ?? [];
  return builders.some(({ content, root: builder, namespace: own }) => {
    const reference = ['kind', 'name'].map((key) => stringAt(builder, 'spec', 'sourceRef', key));
    const isOfSource =
      reference[0] === 'GitRepository' &&
      reference[1] === name &&
      (stringAt(builder, 'spec', 'sourceRef', 'namespace') ?? own) === namespace;
    if (!isOfSource || (content.type !== 'built' && content.type !== 'missing-path')) return false;
    return content.artifact.repository === undefined && content.artifact.revision === undefined && content.artifact.assumed === undefined;
  });
};
