import { child, defineRule, isRemote, joinPath, type Node, type OverlayView, yaml } from '../../src/rule.ts';

const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n';

export const listedTwice = defineRule({
  id: 'build/listed-twice',
  severity: 'warning',
  summary: 'A kustomization names the same thing twice in one list',
  why: `kustomize does what stands there twice: a component changes its objects again, a JSON patch adds its list item again. Where
    the second time makes the build fail, as with resources, \`build/duplicate-object\` says so; here nobody does.`,
  reference: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/',
  remedy: 'Take one of the two entries away.',
  fixable: 'safe',
  examples: {
    bad: {
      'kustomization.yaml': yaml`
        resources:
          - config.yaml
        patches:
          - path: patch.yaml
          - path: patch.yaml # expect: build/listed-twice
      `,
      'config.yaml': settings,
      'patch.yaml': settings,
    },
    good: {
      'kustomization.yaml': yaml`
        resources:
          - config.yaml
        patches:
          - path: patch.yaml
      `,
      'config.yaml': settings,
      'patch.yaml': settings,
    },
  },

  *overlay(overlay) {
    const seen = new Map<string, Node>();
    for (const { field, node, path, list } of overlay.paths) {
      // What is not built here cannot be found twice in the build.
      if (!listed.has(field) && !(resources.has(field) && isRemote(path))) continue;
      const item = list.find((candidate) => candidate === node || child(candidate, 'path') === node) ?? node;
      const key = `${field} ${joinPath(overlay.directory, path) ?? path} ${conditionsOf(item, overlay)}`;
      const first = seen.get(key);
      if (!first) {
        seen.set(key, item);
        continue;
      }
      yield {
        at: node,
        message: `${path} stands twice in ${field}: kustomize uses it a second time.`,
        related: [{ at: first, message: 'It stands here first.' }],
        fix: { description: 'remove the second entry', safety: 'safe', edits: [{ list: { items: list }, item }] },
      };
    }
  },
});

const listed = new Set(['components', 'crds', 'configurations', 'transformers', 'patches', 'patchesStrategicMerge', 'patchesJson6902']);
const resources = new Set(['resources', 'bases']);

/** One patch for two targets is no repetition. */
const conditionsOf = (item: Node, { text }: OverlayView): string =>
  ['target', 'options']
    .map((field) => child(item, field))
    .map((node) => (node ? text.slice(node.span.start, node.span.end).replace(/\s+/g, ' ').trim() : ''))
    .join();
