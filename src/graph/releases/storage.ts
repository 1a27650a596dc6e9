import { readable } from '../../kube/view.ts';
import type { HelmReleaseView } from '../clusters/views.ts';

/** Where Helm keeps the record of a release, which is all that tells one release from another. */
export interface Storage {
  readonly namespace: string;
  readonly name: string;
}

/**
 * fluxcd/helm-controller: api/v2/helmrelease_types.go (`GetReleaseName`, `GetStorageNamespace`). The target namespace is
 * no part of the key; undefined where it is not known, or only a variable says it.
 */
export const storageOf = (release: HelmReleaseView): Storage | undefined =>
  readable(() => {
    const { releaseName, targetNamespace, storageNamespace } = release.spec;
    const namespace = storageNamespace || release.namespace || '';
    const name = releaseName || (targetNamespace ? `${targetNamespace}-${release.name}` : release.name);
    const isKnown = namespace !== '' && name !== '' && ![namespace, name].some((text) => text.includes('${') || text.includes('(unknown)'));
    return isKnown ? { namespace, name } : undefined;
  });
