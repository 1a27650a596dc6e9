import { defineRule, yaml } from '../../src/rule.ts';

const production = yaml`
  apiVersion: v1
  kind: Namespace
  metadata: { name: billing }
`;

/** Found when the graph stands; nothing here looks for it. */
export const unmatchedConfiguration = defineRule({
  id: 'lint/unmatched-configuration',
  severity: 'warning',
  summary: 'An entry of the configuration matches nothing in the repository',
  why: `An environment whose globs match no cluster, a tenant without Kustomizations, an expression for an environment that is
    not there: what they were to have checked is checked without them, and the report looks clean. It is a warning where that is so, and where a
    name that is there is one slip of the keyboard away. What is at most left over is an info: an ignored directory that is gone, a glob
    beside others that do match, a checkout for a URL that no source has. The usual names of environments need no cluster, and
    nothing is said where none was found, of a configuration outside of the root, and of paths while a mapped checkout is missing.
    \`external\` and the variables of clusters speak of what is not in the repository, and are not looked at.`,
  reference: 'https://github.com/flux-lint/flux-lint/blob/main/docs/configuration.md',
  examples: {
    bad: {
      '.flux-lint.yaml': yaml`
        environments:
          production: { match: ["shpo-*"] } # expect: lint/unmatched-configuration
      `,
      'clusters/shop-eu/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/shop-eu/billing.yaml': production,
    },
    good: {
      '.flux-lint.yaml': yaml`
        environments:
          production: { match: ["shop-*"] }
      `,
      'clusters/shop-eu/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/shop-eu/billing.yaml': production,
    },
  },
});
