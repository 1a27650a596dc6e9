/**
 * Flux configurations of AKS and Arc: `azurerm_kubernetes_flux_configuration` and its Arc twin, and `azapi_resource` of the
 * type `Microsoft.KubernetesConfiguration/fluxConfigurations`. Kustomizations are called `<configuration>-<name>` there.
 */
import type { HclValue } from '../../../hcl/value/value.ts';
import type { Origin } from '../../../model/origin.ts';
import { scalarNode } from '../../../yaml/edit.ts';
import { itemsOf, type Node } from '../../../yaml/node.ts';
import type { TerraformObject } from '../made.ts';
import { blocksIn } from '../module/body-values.ts';
import type { ResourceInstance } from '../module/instance.ts';
import { type CarrierContext, get, nodeAt, objectOf, resourceOrigin, type Sketch, sketched, textAt, unknownNode } from './context.ts';

export const azureConfiguration = (resource: ResourceInstance, context: CarrierContext): readonly TerraformObject[] => {
  const at = resourceOrigin(resource);
  const { values } = resource;
  const read = (...names: readonly string[]) => nodeAt(values, context, at, ...names);
  const [git] = blocksIn(values, 'git_repository');
  const [bucket] = blocksIn(values, 'bucket');
  const metadata = { name: read('name'), namespace: read('namespace') };
  const of = (block: HclValue | undefined, ...names: readonly string[]) => nodeAt(block, context, at, ...names);
  const interval = (block: HclValue | undefined, name: string) => seconds(of(block, name), at);
  const objects: TerraformObject[] = [];
  const source = git
    ? {
        kind: 'GitRepository',
        spec: {
          interval: interval(git, 'sync_interval_in_seconds'),
          url: of(git, 'url'),
          ref: referenceOf(textAt(git, 'reference_type'), of(git, 'reference_value'), at),
          secretRef: secretOf(git, context, at),
        },
      }
    : {
        kind: 'Bucket',
        spec: {
          interval: interval(bucket, 'sync_interval_in_seconds'),
          bucketName: of(bucket, 'bucket_name'),
          endpoint: of(bucket, 'url'),
        },
      };
  objects.push(objectOf(sketched({ apiVersion: 'source.toolkit.fluxcd.io/v1', ...source, metadata }, at), at, resource));
  for (const block of blocksIn(values, 'kustomizations')) {
    const place = block.at ?? at;
    const wait = of(block, 'wait');
    const root = sketched(
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: joinedName(read('name'), of(block, 'name'), place), namespace: read('namespace') },
        spec: {
          interval: interval(block, 'sync_interval_in_seconds'),
          retryInterval: interval(block, 'retry_interval_in_seconds'),
          timeout: interval(block, 'timeout_in_seconds'),
          path: of(block, 'path') ?? '',
          prune: of(block, 'garbage_collection_enabled') ?? false,
          force: of(block, 'recreating_enabled') ?? false,
          wait: wait ?? true,
          sourceRef: { kind: source.kind, name: read('name') },
          ...dependencies(of(block, 'depends_on'), read('name'), place),
          ...postBuild(block, context, place),
        },
      },
      place,
    );
    objects.push(objectOf(root, place, resource));
  }
  return objects;
};

const defaultSeconds = 600;

const seconds = (node: Node | undefined, at: Origin): Node =>
  node === undefined || node.type === 'scalar'
    ? scalarNode(`${node?.text ?? defaultSeconds}s`, node ?? at)
    : unknownNode('it is unknown', at);

const referenceOf = (type: string | undefined, value: Node | undefined, at: Origin): Sketch =>
  type === undefined ? unknownNode('the type of the reference is unknown', at) : { [type]: value };

const secretOf = (git: HclValue, context: CarrierContext, at: Origin): Sketch => {
  const name = nodeAt(git, context, at, 'local_auth_reference');
  return name && { name };
};

const joinedName = (configuration: Node | undefined, name: Node | undefined, at: Origin): Node => {
  const known = configuration?.type === 'scalar' && name?.type === 'scalar';
  const text = [configuration, name].map((node) => (node?.type === 'scalar' ? node.text : '(unknown)')).join('-');
  if (known) return scalarNode(text, name ?? at);
  return unknownNode('a part of the name is unknown', at, text);
};

const dependencies = (node: Node | undefined, configuration: Node | undefined, at: Origin): { readonly dependsOn?: Sketch } => {
  if (node === undefined || (node.type === 'list' && node.items.length === 0)) return {};
  if (node.type !== 'list') return { dependsOn: unknownNode('it is unknown', at) };
  return { dependsOn: { ...node, items: itemsOf(node).map((item) => sketched({ name: joinedName(configuration, item, item) }, item)) } };
};

/** `post_build { substitute, substitute_from { kind name optional } }`. */
const postBuild = (block: HclValue, context: CarrierContext, at: Origin): { readonly postBuild?: Sketch } => {
  const [found] = blocksIn(block, 'post_build');
  if (found === undefined) return {};
  const from = blocksIn(found, 'substitute_from').map((source) => {
    const field = (name: string) => nodeAt(source, context, source.at ?? at, name);
    return sketched({ kind: field('kind'), name: field('name'), optional: field('optional') }, source.at ?? at);
  });
  const substituteFrom: Node | undefined = from.length > 0 ? { type: 'list', items: from, ...at } : undefined;
  return { postBuild: { substitute: nodeAt(found, context, at, 'substitute'), substituteFrom } };
};

export const isFluxConfiguration = ({ values }: ResourceInstance): boolean =>
  /^Microsoft\.KubernetesConfiguration\/fluxConfigurations/i.test(textAt(values, 'type') ?? '');

/** The same by the names of Azure's API: `body.properties`, an object or a text of JSON. */
export const azapiConfiguration = (resource: ResourceInstance, context: CarrierContext): readonly TerraformObject[] => {
  const at = resourceOrigin(resource);
  const { values } = resource;
  const properties = get(values, 'body', 'properties');
  if (properties === undefined) return [];
  const read = (of: HclValue | undefined, ...names: readonly string[]) => nodeAt(of, context, at, ...names);
  const name = read(values, 'name');
  const namespace = read(properties, 'namespace') ?? 'default';
  const objects: TerraformObject[] = [];
  const git = get(properties, 'gitRepository');
  const oci = get(properties, 'ociRepository');
  const kind = git ? 'GitRepository' : oci ? 'OCIRepository' : 'Bucket';
  const of = git ?? oci ?? get(properties, 'bucket');
  const source = sketched(
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind,
      metadata: { name, namespace },
      spec: {
        interval: seconds(read(of, 'syncIntervalInSeconds'), at),
        url: read(of, 'url'),
        ref: read(of, 'repositoryRef'),
        bucketName: read(of, 'bucketName'),
      },
    },
    at,
  );
  objects.push(objectOf(source, of?.at ?? at, resource));
  const kustomizations = get(properties, 'kustomizations');
  for (const [key, entry] of kustomizations && 'entries' in kustomizations ? kustomizations.entries : []) {
    const place = entry.at ?? at;
    const root = sketched(
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: joinedName(name, scalarNode(key, place), place), namespace },
        spec: {
          interval: seconds(read(entry, 'syncIntervalInSeconds'), place),
          path: read(entry, 'path') ?? '',
          prune: read(entry, 'prune') ?? false,
          wait: read(entry, 'wait') ?? true,
          sourceRef: { kind, name },
          ...dependencies(read(entry, 'dependsOn'), name, place),
          postBuild: read(entry, 'postBuild'),
        },
      },
      place,
    );
    objects.push(objectOf(root, place, resource));
  }
  return objects;
};
