import { defineRule, isPinned, isRemote } from '../../src/rule.ts';

export const remoteBase = defineRule({
  id: 'build/remote-base',
  severity: 'warning',
  summary: 'A kustomization builds from a URL',
  why: `kustomize fetches it anew at every build, inside the cluster and past Flux's sources: no review sees what comes, no source
    verifies it, and a network that is down stops the Kustomization. Without a commit, tag or release in the URL it is also
    somebody else who decides when your clusters change.`,
  hint: 'Make it a GitRepository or OCIRepository of its own, or commit what it holds.',
  reference: 'https://fluxcd.io/flux/installation/configuration/multitenancy/#how-to-configure-flux-multi-tenancy',
  unless: 'Not for a URL that is pinned to a commit, where a fetch at every build is accepted.',
  examples: {
    bad: {
      'kustomization.yaml': 'resources:\n  - https://github.com/acme/billing//deploy?ref=main # expect: build/remote-base\n',
    },
    good: {
      'kustomization.yaml': 'resources:\n  - config.yaml\n',
      'config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
    },
  },

  *overlay(overlay) {
    for (const { node, path } of overlay.paths) {
      if (!isRemote(path)) continue;
      const pinned = isPinned(path);
      yield {
        at: node,
        message: pinned
          ? `${path} is fetched at every build: nothing here shows what comes from it, and it is not checked.`
          : `${path} is fetched at every build and follows whatever is there: what your clusters run changes without a commit here.`,
        hint: pinned
          ? undefined
          : `Make it a GitRepository or OCIRepository of its own, commit what it holds, or name a commit or tag ${isFile(path) ? 'in its path' : 'with ?ref='}.`,
        cause: pinned
          ? { key: 'pinned', place: `${path} is fetched, too` }
          : { key: overlay.path, place: `${path} is fetched and follows, too` },
        atMost: pinned ? 'info' : undefined,
      };
    }
  },
});

/** What kustomize reads by HTTP as it stands; anything else it clones. */
const isFile = (url: string): boolean => /^https?:\/\/[^?]+\.(ya?ml|json)$/.test(url);
