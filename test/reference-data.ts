/**
 * Other people's files that some tests compare with. They are not of this repository: they lie in the folder that REFERENCE_DATA
 * names, else in `shared` beside this checkout. Where one is missing its tests are skipped, and a notice says where it comes from.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const sources = {
  corpus:
    'clones of flux2-kustomize-helm-example, flux2-multi-tenancy and flux2-hub-spoke-example, each under its name (https://github.com/fluxcd)',
  crds: `flux-2.2.yaml, flux-2.6.yaml and flux-2.9.yaml, each the install.yaml of the last release of that minor
    (https://github.com/fluxcd/flux2/releases), and flux-operator/KIND_v1.json, the JSON Schemas of the Flux Operator's kinds
    (https://github.com/controlplaneio-fluxcd/flux-operator/releases)`,
  'conformance/kustomize': `cases made of kustomize's own tests (https://github.com/kubernetes-sigs/kustomize, api/krusty), in the form that
    test/kustomize/conformance.test.ts reads`,
  'design/flux-semantics.md': "the maintainers' notes of what Flux rejects, which are not published",
} as const;

/** Where it lies; undefined, after a notice, where it does not. */
export const referenceData = (name: keyof typeof sources): string | undefined => {
  const path = join(resolve(process.env.REFERENCE_DATA ?? '../shared'), name);
  if (existsSync(path)) return path;
  console.warn(`Skipped, for there is no ${path}: ${sources[name].replace(/\s+/g, ' ')}.`);
  return undefined;
};
