/** Resources of the Kubernetes provider that are objects of their kind (hashicorp/kubernetes: `kubernetes/resource_*`). */
import { isSecret } from '../../../hcl/value/value.ts';
import type { Origin } from '../../../model/origin.ts';
import type { Node } from '../../../yaml/node.ts';
import type { TerraformObject } from '../made.ts';
import { blocksIn } from '../module/body-values.ts';
import type { ResourceInstance } from '../module/instance.ts';
import { type CarrierContext, get, nodeAt, objectOf, resourceOrigin, type Sketch, sketched, unknownNode } from './context.ts';

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
}

const core = (kind: string, isNamespaced = true): Kind => ({ apiVersion: 'v1', kind, isNamespaced });
const rbac = (kind: string, isNamespaced: boolean): Kind => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind, isNamespaced });

/** Without `_v1`, which says the same. */
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>(
  Object.entries({
    kubernetes_namespace: core('Namespace', false),
    kubernetes_config_map: core('ConfigMap'),
    kubernetes_config_map_v1_data: core('ConfigMap'),
    kubernetes_secret: core('Secret'),
    kubernetes_service_account: core('ServiceAccount'),
    kubernetes_role: rbac('Role', true),
    kubernetes_role_binding: rbac('RoleBinding', true),
    kubernetes_cluster_role: rbac('ClusterRole', false),
    kubernetes_cluster_role_binding: rbac('ClusterRoleBinding', false),
  }),
);

export const kindOfResource = (type: string): Kind | undefined => kinds.get(type) ?? kinds.get(type.replace(/_v1$/, ''));

export const typedObject = (resource: ResourceInstance, context: CarrierContext): readonly TerraformObject[] => {
  const kind = kindOfResource(resource.resource.type);
  if (kind === undefined) return [];
  const at = resourceOrigin(resource);
  const { values } = resource;
  const read = (...names: readonly string[]) => nodeAt(values, context, at, ...names);
  const name = read('metadata', 'name') ?? generated(read('metadata', 'generate_name'), at);
  if (name === undefined) return [];
  const metadata = {
    name,
    namespace: kind.isNamespaced ? (read('metadata', 'namespace') ?? 'default') : undefined,
    labels: read('metadata', 'labels'),
    annotations: read('metadata', 'annotations'),
  };
  const root = sketched({ apiVersion: kind.apiVersion, kind: kind.kind, metadata, ...contents(kind.kind, resource, context, at) }, at);
  return [objectOf(root, at, resource)];
};

const generated = (prefix: Node | undefined, at: Origin): Node | undefined =>
  prefix && unknownNode('the API server makes the name', at, `${prefix.type === 'scalar' ? prefix.text : ''}(unknown)`);

const contents = (kind: string, resource: ResourceInstance, context: CarrierContext, at: Origin): { readonly [key: string]: Sketch } => {
  const { values } = resource;
  const read = (...names: readonly string[]) => nodeAt(values, context, at, ...names);
  switch (kind) {
    case 'ConfigMap':
      return { data: read('data'), binaryData: read('binary_data') };
    case 'Secret':
      // Values of Secrets are nobody's business: their keys are what others ask for.
      return { type: read('type') ?? 'Opaque', stringData: keysOf(resource, at) };
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return {
        roleRef: { apiGroup: read('role_ref', 'api_group'), kind: read('role_ref', 'kind'), name: read('role_ref', 'name') },
        subjects: {
          type: 'list',
          items: blocksIn(values, 'subject').map((subject) => {
            const field = (name: string) => nodeAt(subject, context, subject.at ?? at, name);
            const fields = { kind: field('kind'), name: field('name'), namespace: field('namespace'), apiGroup: field('api_group') };
            return sketched(fields, subject.at ?? at);
          }),
          ...at,
        },
      };
    case 'Role':
    case 'ClusterRole':
      return {
        rules: {
          type: 'list',
          items: blocksIn(values, 'rule').map((rule) => {
            const field = (name: string) => nodeAt(rule, context, rule.at ?? at, name);
            return sketched({ apiGroups: field('api_groups'), resources: field('resources'), verbs: field('verbs') }, rule.at ?? at);
          }),
          ...at,
        },
      };
    default:
      return {};
  }
};

const keysOf = ({ values }: ResourceInstance, at: Origin): Node | undefined => {
  const found = [get(values, 'data'), get(values, 'data_wo'), get(values, 'binary_data')].filter((value) => value !== undefined);
  if (found.some((value) => !('entries' in value) || value.open)) {
    return found[0] && unknownNode('its keys are unknown', at);
  }
  const entries = found.flatMap((value) => ('entries' in value ? [...value.entries] : []));
  if (entries.length === 0) return undefined;
  const why = entries.some(([, value]) => isSecret(value)) ? 'it is sensitive' : 'values of Secrets are not read';
  return sketched(Object.fromEntries(entries.map(([key, value]) => [key, unknownNode(why, value.at ?? at)])), at);
};
