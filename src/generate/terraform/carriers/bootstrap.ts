/**
 * `flux_bootstrap_git` (fluxcd/flux: `internal/provider/resource_bootstrap_git.go`): a source and a Kustomization of the
 * namespace's name, written to `<path>/<namespace>/` with the components and a kustomization file.
 */
import { memoryFiles } from '../../../files/memory.ts';
import { evaluate } from '../../../hcl/evaluate.ts';
import { originIn } from '../../../hcl/value/text.ts';
import type { HclString, HclValue } from '../../../hcl/value/value.ts';
import { createBuild } from '../../../kustomize/create-build.ts';
import type { Origin } from '../../../model/origin.ts';
import { createFileParser } from '../../../yaml/file-parser.ts';
import { child, isMap, itemsOf, type MapNode, type Node, stringAt } from '../../../yaml/node.ts';
import { parseYaml } from '../../../yaml/parse.ts';
import { shownAsJson } from '../../../yaml/unknown.ts';
import type { Bootstrap, Override, TerraformObject } from '../made.ts';
import { bodyValues } from '../module/body-values.ts';
import type { ModuleInstance, ResourceInstance } from '../module/instance.ts';
import { attributeNamed } from '../module/read-module.ts';
import { attempted, noteGap } from '../module/run.ts';
import { type CarrierContext, get, nodeAt, objectOf, resourceOrigin, sketched, stepOf, textAt, unknownNode } from './context.ts';

export interface MadeBootstrap {
  readonly bootstrap: Bootstrap;
  readonly objects: readonly TerraformObject[];
}

export const bootstrapGit = (resource: ResourceInstance, context: CarrierContext): MadeBootstrap => {
  const at = resourceOrigin(resource);
  const { values } = resource;
  const read = (...names: readonly string[]) => nodeAt(values, context, at, ...names);
  const provider = providerOf(resource, context);
  const namespace = read('namespace') ?? 'flux-system';
  const secret = read('secret_name') ?? namespace;
  const path = get(values, 'path');
  const pathAt = path?.at ?? at;
  const git = gitOf(provider);
  const metadata = { name: namespace, namespace };
  const source = sketched(
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata,
      spec: {
        interval: read('interval') ?? '1m0s',
        ref: { branch: nodeAt(git, context, at, 'branch') ?? 'main' },
        secretRef: { name: secret },
        url: nodeAt(git, context, at, 'url') ?? unknownNode('provider "flux" does not say the repository here', at),
        recurseSubmodules:
          get(values, 'recurse_submodules')?.type === 'bool' && read('recurse_submodules')
            ? recursion(read('recurse_submodules'))
            : undefined,
      },
    },
    at,
  );
  const kustomization = sketched(
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata,
      spec: {
        interval: '10m0s',
        path: pathNode(path, read('path'), pathAt),
        prune: true,
        sourceRef: { kind: 'GitRepository', name: namespace },
      },
    },
    at,
  );
  const override = get(values, 'kustomization_override');
  const patched =
    override?.type === 'string'
      ? withOverride(override, [source, kustomization], resource, context)
      : { objects: [source, kustomization], override: undefined };
  const objects = patched.objects.map((root) =>
    objectOf(root, child(root, 'kind') === child(kustomization, 'kind') ? pathAt : at, resource),
  );
  const ofKind = (kind: string) => objects.find(({ root }) => stringAt(root, 'kind') === kind)?.root;
  const named = typeof namespace === 'string' ? namespace : namespace.type === 'scalar' ? namespace.text : 'flux-system';
  const bootstrap: Bootstrap = {
    address: resource.address,
    resource: at,
    path: path === undefined ? '' : textAt(values, 'path'),
    pathAt,
    namespace: named,
    url: textAt(git, 'url'),
    branch: get(git, 'branch') === undefined ? 'main' : textAt(git, 'branch'),
    kustomization: ofKind('Kustomization'),
    source: ofKind('GitRepository'),
    override: patched.override,
  };
  return { bootstrap, objects };
};

const recursion = (node: Node | undefined): Node | undefined => (node?.type === 'scalar' && node.value === true ? node : undefined);

/** `./` and the path, with a leading `./` of its own cut first. */
const pathNode = (path: HclValue | undefined, node: Node | undefined, at: Origin): Node => {
  if (path === undefined || node === undefined) return { type: 'scalar', value: './', text: './', style: 'plain', ...at };
  if (node.type === 'unknown') return node.text === undefined ? node : { ...node, text: `./${node.text.replace(/^\.\//, '')}` };
  if (node.type !== 'scalar') return node;
  const text = `./${node.text.replace(/^\.\//, '')}`;
  return { ...node, value: text, text };
};

/** The configuration of `provider "flux"`, of the alias that the resource asks for; modules have their root's. */
const providerOf = ({ resource, module }: ResourceInstance, { run, root }: CarrierContext): HclValue | undefined => {
  const wanted = attributeNamed(resource.block.body, 'provider')?.value;
  const alias = wanted?.type === 'attribute' ? wanted.name : undefined;
  const find = (instance: ModuleInstance) =>
    instance.module.providers.find(({ labels, body }) => {
      const own = attributeNamed(body, 'alias')?.value;
      const name = own && attempted(run, () => evaluate(own, instance.scope()));
      return labels[0]?.text === 'flux' && (name?.type === 'string' ? name.value : undefined) === alias;
    });
  for (const instance of [module, root]) {
    const block = find(instance);
    if (block) return bodyValues(block.body, instance.scope(), run, true);
  }
  return undefined;
};

/** `git` is an attribute; in the first versions it was a block. */
const gitOf = (provider: HclValue | undefined): HclValue | undefined => {
  const git = get(provider, 'git');
  return git && 'items' in git ? git.items[0] : git;
};

const files = { components: 'gotk-components.yaml', sync: 'gotk-sync.yaml', kustomization: 'kustomization.yaml' };

/** What the kustomization file of the override makes of the two objects, at the places where each part was written. */
const withOverride = (
  override: HclString,
  made: readonly MapNode[],
  resource: ResourceInstance,
  { run }: CarrierContext,
): { readonly objects: readonly MapNode[]; readonly override: Override } => {
  const header = resourceOrigin(resource);
  const at = override.at ?? header;
  const resources = child(parseYaml(override.value, (start, end) => ({ path: '', start, end })).documents[0]?.root, 'resources');
  const named = itemsOf(resources).flatMap((item) => (item.type === 'scalar' ? [item.text.replace(/^\.\//, '')] : []));
  const missing = [files.components, files.sync].filter((name) => !named.includes(name));
  const about: Override = { at, text: override.value, missing };
  if (missing.length > 0) return { objects: made, override: about };
  const view = memoryFiles({
    [files.components]: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: flux-system\n',
    // What is unknown comes back from the tree before.
    [files.sync]: made.map((root) => JSON.stringify(shownAsJson(root))).join('\n---\n'),
    [files.kustomization]: override.value,
  });
  const build = createBuild(createFileParser(undefined));
  const built = build({ files: view, directory: '', loadRestrictor: 'LoadRestrictionsNone', withoutKustomization: 'fail' });
  if (built.failed) {
    noteGap(run, `the kustomization_override of ${resource.address} needs files that are not here`, at.span);
    return { objects: made, override: about };
  }
  const originAt = originIn(override, at);
  const objects = built.objects.flatMap(({ root }): readonly MapNode[] => {
    const before = made.find((map) => stringAt(map, 'kind') === stringAt(root, 'kind'));
    if (before === undefined) return [];
    const placed = relocated(root, before, (offset) => originAt(offset));
    return isMap(placed) ? [{ ...placed, via: [stepOf(resource)] }] : [];
  });
  return { objects, override: about };
};

/** What came through unchanged stays where it was; what the override wrote stands there. */
const relocated = (node: Node, before: Node | undefined, originAt: (offset: number) => Origin): Node => {
  const own = node.span.path === files.kustomization ? originAt(node.span.start) : undefined;
  const origin: Origin = own ?? before ?? originAt(0);
  const place = { span: origin.span, via: origin.via };
  switch (node.type) {
    case 'scalar':
      return before?.type === 'unknown' ? before : { ...node, ...place };
    case 'unknown':
      return { ...node, ...place };
    case 'list':
      return { ...node, ...place, items: node.items.map((item, index) => relocated(item, child(before, index) ?? before, originAt)) };
    case 'map':
      return {
        ...node,
        ...place,
        entries: node.entries.map(({ key, value }) => {
          const entry = isMap(before) ? before.entries.find((other) => other.key.text === key.text) : undefined;
          const keyOrigin = entry?.key ?? (key.span.path === files.kustomization ? originAt(key.span.start) : origin);
          return { key: { ...key, span: keyOrigin.span, via: keyOrigin.via }, value: relocated(value, entry?.value ?? before, originAt) };
        }),
      };
    default:
      return node satisfies never;
  }
};
