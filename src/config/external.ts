import picomatch from 'picomatch';
import type { Config, ExternalObject } from './config.ts';

/** The entry of `external` that says an object exists; an unknown namespace matches any. */
export const externalObject = (
  config: Config,
  wanted: { readonly kind: string; readonly namespace: string | undefined; readonly name: string },
): ExternalObject | undefined =>
  config.external.find(
    (entry) =>
      entry.kind === wanted.kind &&
      picomatch.isMatch(wanted.name, entry.name) &&
      (entry.namespace === undefined || wanted.namespace === undefined || picomatch.isMatch(wanted.namespace, entry.namespace)),
  );
