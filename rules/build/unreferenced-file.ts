import {
  baseName,
  type Content,
  defineRule,
  directoryOf,
  type Graph,
  groupOf,
  relativePath,
  stringAt,
  type UnreadManifest,
} from '../../src/rule.ts';

const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n';
const policy = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: shop\nspec:\n  podSelector: {}\n';

export const unreferencedFile = defineRule({
  id: 'build/unreferenced-file',
  severity: 'warning',
  summary: 'A manifest that no build reads',
  why: `With a \`kustomization.yaml\` in the directory, Flux applies what it lists and nothing else. A manifest that was written, reviewed and
    merged beside it, but never listed, is in no cluster: the network policy or the alert that everyone relies on does not exist.`,
  reference: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',
  remedy: 'List the file in the kustomization beside it, or delete it.',
  unless: 'Not for folders of examples and templates: list them in `ignore`.',
  examples: {
    bad: {
      'kustomization.yaml': 'resources:\n  - config.yaml\n',
      'config.yaml': config,
      'network-policy.yaml': policy.replace('\n', ' # expect: build/unreferenced-file\n'),
    },
    good: {
      'kustomization.yaml': 'resources:\n  - config.yaml\n  - network-policy.yaml\n',
      'config.yaml': config,
      'network-policy.yaml': policy,
    },
  },

  *graph(graph) {
    for (const manifest of graph.reach.unreadManifests) {
      if (isForOthers(manifest) || isSwitchedOff(manifest)) continue;
      if (isBroken(manifest, graph) || isPatch(manifest, graph) || isOfDirectory(manifest, graph)) continue;
      const { path, root, kustomization } = manifest;
      yield {
        at: root,
        message: `${stringAt(root, 'kind')} ${stringAt(root, 'metadata', 'name')} is in no cluster by way of this file: ${kustomization.path} does not list ${baseName(path)}, and no other build reads it.`,
        hint: `Add ${relativePath(directoryOf(kustomization.path), path)} to its resources, or delete the file.`,
        related: [{ at: { span: { path: kustomization.path, start: 0, end: 0 }, via: [] }, message: 'This is what is built.' }],
        // Nobody builds the file, but whoever builds the directory is concerned.
        clusters: [...new Set(graph.reach.readers(kustomization.path).map(({ target }) => target))],
        // Whoever writes out that there is nothing has switched it off.
        atMost: /^resources:[ \t]*\[[ \t]*\]/m.test(kustomization.text) ? 'info' : undefined,
      };
    }
  },
});

const otherUses =
  /(^|[-_./])(examples?|samples?|templates?|tmpl|tpl|disabled|inactive|archived?|backups?|bak|old|tests?|drafts?|unused|wip|todo|values|patch(es)?|overrides?|local|ci|docs?|hack|scripts?|charts?|dashboards?)([-_./]|$)/i;
const toolGroups =
  /(^|\.)(config\.k8s\.io|x-k8s\.io|k3d\.io|eksctl\.io|kuttl\.dev|kyverno\.io|chainsaw\.|kubeadm\.k8s\.io|audit\.k8s\.io|apiserver\.k8s\.io)$/;

/** Files that are there for people and for other tools. */
const isForOthers = ({ path, root, kustomization }: UnreadManifest): boolean => {
  const relative = relativePath(directoryOf(kustomization.path), path);
  const group = groupOf(stringAt(root, 'apiVersion') ?? '');
  const isToolConfig = stringAt(root, 'kind') === 'Config' || (toolGroups.test(group) && !/Policy$/.test(stringAt(root, 'kind') ?? ''));
  return otherUses.test(relative.replace(/\.ya?ml$/, '')) || /(^|\/)\./.test(relative) || isToolConfig || group === 'builtin';
};

/** The kustomization file names it where nothing is read: in a comment, or in a field that does not exist. */
const isSwitchedOff = ({ path, kustomization }: UnreadManifest): boolean => {
  const relative = relativePath(directoryOf(kustomization.path), path);
  const [first = ''] = relative.split('/');
  const comments = kustomization.text.split('\n').flatMap((line) => (line.includes('#') ? [line.slice(line.indexOf('#'))] : []));
  return names(kustomization.text, baseName(path)) || comments.some((comment) => names(comment, first));
};

const names = (text: string, name: string): boolean => {
  const at = text.indexOf(name);
  return at !== -1 && !/[\w.-]/.test(text[at - 1] ?? '') && !/[\w-]/.test(text[at + name.length] ?? '');
};

/** What a build that fails would have read is not known. */
const isBroken = ({ kustomization }: UnreadManifest, graph: Graph): boolean =>
  graph.reach.readers(kustomization.path).some(({ content }) => content.type === 'built' && content.build.failed);

/** It has the kind and name of an object that is built: a part of it, or another variant. */
const isPatch = ({ root, kustomization }: UnreadManifest, graph: Graph): boolean => {
  const [kind, name] = [stringAt(root, 'kind') ?? '', stringAt(root, 'metadata', 'name') ?? ''];
  return graph.reach
    .readers(kustomization.path)
    .some(({ content, target }) => graph.clusters.namesakes(target, kind, name).length > 0 || originalsOf(content).has(`${kind}/${name}`));
};

const originals = new WeakMap<Content, ReadonlySet<string>>();

/** Kinds and names as they are written, before a build gives them prefixes. */
const originalsOf = (content: Content): ReadonlySet<string> => {
  const objects = content.type === 'built' ? content.build.objects : [];
  const known = originals.get(content) ?? new Set(objects.map(({ original }) => `${original.kind}/${original.name}`));
  originals.set(content, known);
  return known;
};

/** A directory without a kustomization file of its own may be built by someone who is not known here. */
const isOfDirectory = ({ path, kustomization }: UnreadManifest, graph: Graph): boolean => {
  if (directoryOf(path) === directoryOf(kustomization.path)) return false;
  const anyone = { kind: 'Kustomization', namespace: undefined, name: '' };
  return graph.reach.mayBeBuiltUnseen(path) || graph.clusters.all.some(({ name }) => graph.existence.of(name, anyone).answer === 'unknown');
};
