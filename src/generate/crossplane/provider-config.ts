import { groupOf } from '../../kube/object-view.ts';
import { type MapNode, stringAt } from '../../yaml/node.ts';
import type { Generated, GeneratedObject } from '../generated.ts';

/**
 * Leaves out what lands on another cluster: the manifest of an `Object` whose ProviderConfig has credentials of its own, or
 * is named by the claim. One that is not here and has a fixed name is taken for this cluster's.
 *
 * @param foreign the ProviderConfigs with credentials of their own on the cluster that Crossplane runs on
 */
export const landsHere = (foreign: readonly MapNode[]): ((generated: Generated) => Generated) => {
  const elsewhere = new Set(foreign.map((root) => stringAt(root, 'metadata', 'name')));
  const isElsewhere = ({ providerConfig }: GeneratedObject) =>
    providerConfig !== undefined && (providerConfig === '(unknown)' || elsewhere.has(providerConfig));
  return (generated) => {
    const [first] = generated.objects.filter(isElsewhere);
    if (first === undefined) return generated;
    const { providerConfig } = first;
    const reason =
      providerConfig === '(unknown)'
        ? 'objects for a cluster that a claim names'
        : `objects for the cluster of ProviderConfig ${providerConfig}`;
    return {
      ...generated,
      objects: generated.objects.filter((object) => !isElsewhere(object)),
      gaps: [...generated.gaps, { reason, at: first.at }],
    };
  };
};

/** Whether it has credentials of its own: `InjectedIdentity` is the account of the provider itself. */
export const isForeignConfig = (root: MapNode): boolean => {
  const isConfig = /^(?:Cluster)?ProviderConfig$/.test(stringAt(root, 'kind') ?? '');
  if (!isConfig || !/^kubernetes\.(?:m\.)?crossplane\.io$/.test(groupOf(stringAt(root, 'apiVersion') ?? ''))) return false;
  const source = stringAt(root, 'spec', 'credentials', 'source');
  return source !== undefined && source !== 'InjectedIdentity';
};
