import { defineRule, directoryOf, type Graph, joinPath } from '../../src/rule.ts';

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** What git ignores, and names in another letter case, the kustomize evaluator finds; here, what nobody has added yet. */
export const notCommitted = defineRule({
  id: 'build/not-committed',
  severity: 'error',
  summary: 'A build needs a file that is here, but not in git',
  why: `Flux builds from what git has. A file that \`.gitignore\` leaves out, that nobody added, or whose name has another letter case
    than the entry that names it is there for every build on your machine and missing in the cluster, where the Kustomization
    fails with \`no such file or directory\`.`,
  reference: 'https://git-scm.com/docs/gitignore',
  examples: {
    bad: {
      'kustomization.yaml': 'resources:\n  - Settings.yaml # expect: build/not-committed\n',
      'settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
    },
    good: {
      'kustomization.yaml': 'resources:\n  - settings.yaml\n',
      'settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
    },
  },

  *overlay(overlay, { graph }) {
    // A directory that is new as a whole is work in progress; an artifact may be laid out in another way than git.
    if (isUntracked(graph, overlay.path) || directoryOf(overlay.path) !== overlay.directory) return;
    for (const { node, path } of overlay.paths) {
      const named = joinPath(overlay.directory, path);
      if (named === undefined || ![named, ...names.map((name) => `${named}/${name}`)].some((file) => isUntracked(graph, file))) continue;
      yield {
        at: node,
        message: `${path} is here, but git does not have it: nobody has added it. Flux builds from git, and the build fails there.`,
        hint: `Run git add ${named}, and commit it together with this file.`,
      };
    }
  },

  *kustomization(kustomization, { graph }) {
    const { content } = kustomization;
    const at = kustomization.origin('/spec/path');
    if (content.type !== 'built' || isUntracked(graph, at.span.path)) return;
    const { reads } = content.build;
    const files = reads.kustomization ? [reads.kustomization] : reads.files;
    if (files.length === 0 || !files.every(({ path }) => isUntracked(graph, path))) return;
    yield {
      at,
      message: `${content.directory} is here, but git does not have it: nobody has added it. Flux fails with "kustomization path not found".`,
      hint: `Run git add ${content.directory}, and commit it together with this file.`,
    };
  },
});

/** Only what a build reads is worth asking for. */
const isUntracked = (graph: Graph, path: string): boolean =>
  graph.reach.readers(path).length > 0 && graph.files.uncommitted(path) === 'untracked';
