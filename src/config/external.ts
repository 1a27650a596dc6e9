import { matchesGlob } from '../pattern/glob.ts';
import type { Config, ExternalObject } from './config.ts';

/** The entry of `external` that says an object exists; an unknown namespace matches any. */
export const externalObject = (
  config: Config,
  wanted: { readonly kind: string; readonly namespace: string | undefined; readonly name: string },
): ExternalObject | undefined =>
  config.external.find(
    (entry) =>
      entry.kind === wanted.kind &&
      matchesGlob(wanted.name, entry.name) &&
      (entry.namespace === undefined || wanted.namespace === undefined || matchesGlob(wanted.namespace, entry.namespace)),
  );
