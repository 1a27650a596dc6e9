import { byText } from '../../files/files.ts';
import { isSameRepository, withoutCredentials } from '../../flux/source/source-url.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';

/** Another repository whose content is not at hand. */
export interface UnmappedRepository {
  /** Without credentials. */
  readonly url: string;
  /** The Kustomizations that build from it. */
  readonly kustomizations: readonly { readonly cluster: string; readonly id: string }[];
}

/** Sorted by URL; one repository is one entry, however its URL is spelled. */
export const unmappedRepositories = (clusters: readonly ClusterView[]): readonly UnmappedRepository[] => {
  const found: { readonly url: string; readonly kustomizations: { readonly cluster: string; readonly id: string }[] }[] = [];
  for (const { name: cluster, kustomizations } of clusters) {
    for (const { id, content } of kustomizations) {
      if (content.type !== 'unknown' || content.url === undefined) continue;
      const { url } = content;
      const known = found.find((other) => isSameRepository(other.url, url));
      if (known) known.kustomizations.push({ cluster, id });
      else found.push({ url: withoutCredentials(url), kustomizations: [{ cluster, id }] });
    }
  }
  return found.sort((a, b) => byText(a.url, b.url));
};
