import { type ContentOf, defineRule, didYouMean, type Files, leftOutHint, nearest, yaml } from '../../src/rule.ts';

export const unknownPath = defineRule({
  id: 'references/unknown-path',
  severity: 'error',
  summary: 'The path of a Kustomization is not in its source',
  why: `Flux looks the path up in the artifact of the source: what is ignored, outside the sparse checkout, behind a symbolic
    link or on another branch is not there. The Kustomization fails with \`kustomization path not found\`, and what it
    applied before stays as it is, unwatched.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#path',
  remedy: 'Correct spec.path, or add the directory to the source.',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: apps, namespace: flux-system }
      spec:
        path: ./apps/produciton # expect: references/unknown-path
        sourceRef: { kind: GitRepository, name: flux-system }
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: apps, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
    `,
  },

  *kustomization(kustomization, { graph }) {
    const { content } = kustomization;
    if (content.type !== 'missing-path') return;
    const { files } = content.artifact;
    const isFile = files.entry(content.directory) !== undefined;
    const existing = nearestDirectory(content, files);
    yield {
      at: kustomization.origin('/spec/path'),
      message: isFile
        ? `${kustomization.id} applies ${content.directory}, which is a file. Flux builds directories only and fails.`
        : `${kustomization.id} applies ${content.directory}, which is not in its source. Flux fails with "kustomization path not found".`,
      hint: leftOutHint(content.directory, content.artifact, graph.files) ?? didYouMean(existing && `./${existing}`),
    };
  },
});

/** The directory that is spelt almost the same, level by level from the last one that exists. */
const nearestDirectory = ({ directory }: ContentOf<'missing-path'>, files: Files): string | undefined => {
  let here = '';
  for (const part of directory.split('/')) {
    const wanted = here === '' ? part : `${here}/${part}`;
    const children = (files.list(here) ?? []).filter((name) => files.entry(here === '' ? name : `${here}/${name}`) === 'directory');
    const found = children.includes(part) ? part : nearest(part, children);
    if (found === undefined) return undefined;
    here = found === part ? wanted : here === '' ? found : `${here}/${found}`;
  }
  return here;
};
