import { mapScalars, withoutEntry } from '../yaml/edit.ts';
import { child, type MapNode } from '../yaml/node.ts';

/** Whether SOPS encrypted the object: a `sops` block with a message authentication code (kustomize-controller: internal/decryptor). */
export const isEncrypted = (root: MapNode): boolean => child(root, 'sops', 'mac') !== undefined;

/** The object as it is after decryption: what SOPS holds is unknown here, its keys are in clear. */
export const maskEncrypted = (root: MapNode): MapNode => {
  if (!isEncrypted(root)) return root;
  const masked = mapScalars(withoutEntry(root, 'sops'), (scalar) =>
    scalar.text.startsWith('ENC[')
      ? { type: 'unknown', why: 'its value is encrypted with SOPS', span: scalar.span, via: scalar.via }
      : scalar,
  );
  return masked.type === 'map' ? masked : root;
};
