import { at, child, type MapNode, type Node, stringAt } from '../../../yaml/node.ts';
import { groupOf } from '../../object-view.ts';
import type { KubernetesMinor } from '../minor.ts';
import type { SchemaError } from '../schema-error.ts';
import { validate } from '../validate.ts';
import { kubernetesKindsOf } from './served-kinds.ts';
import { kubernetesSchema } from './types.ts';

/** Whether the fields of a kind are known here, in some of the minors that are judged. The table is not read for groups of others. */
export const isKubernetes = (apiVersion: string, kind: string): boolean =>
  kubernetesKindsOf(groupOf(apiVersion)).length > 0 && kubernetesSchema(apiVersion, kind) !== undefined;

/**
 * What the API server will not take in an object of Kubernetes, as Flux hands it over. Nothing for kinds and versions that
 * the table lacks.
 *
 * @param minor the Kubernetes of the cluster; undefined: what only some minors know is an error that says so
 */
export const validateKubernetes = (root: MapNode, minor?: KubernetesMinor): readonly SchemaError[] => {
  const [apiVersion, kind] = [stringAt(root, 'apiVersion') ?? '', stringAt(root, 'kind') ?? ''];
  const schema = kubernetesSchema(apiVersion, kind);
  // What SOPS has encrypted is another object once Flux has decrypted it.
  if (!schema || child(root, 'sops')) return [];
  const texts = textsOf(groupOf(apiVersion), kind);
  const isToldElsewhere = ({ type, pointer }: SchemaError): boolean =>
    type === 'invalid-value' && texts.test(pointer) && isNumberOrBoolean(at(root, pointer));
  return validate(root, schema, { kind, minor, tellsSome: true, takesNull: true }).filter((error) => !isToldElsewhere(error));
};

/**
 * Where `manifest/non-string-value` and `substitution/unquoted-value` say, with a fix, that a number or a boolean stands
 * where a text belongs.
 */
const textsOf = (group: string, kind: string): RegExp => {
  if (group === '' && kind === 'ConfigMap') return /^\/data\//;
  if (group === '' && kind === 'Secret') return /^\/(data|stringData)\//;
  return /\/(spec\/nodeSelector\/[^/]+|(initC|c)ontainers\/\d+\/(env\/\d+\/value|args\/\d+|command\/\d+))$/;
};

const isNumberOrBoolean = (node: Node | undefined): boolean =>
  node?.type === 'scalar' && (typeof node.value === 'number' || typeof node.value === 'bigint' || typeof node.value === 'boolean');

/**
 * Whether Flux takes away what it does not know before the API server can refuse it: kustomize-controller turns each object
 * of a kind that it was built with into a value of Go and back (internal/controller/kustomization_controller.go: `apply`;
 * fluxcd/pkg: ssa/normalize, `UnstructuredList`). It has the kinds of k8s.io/api, and leaves Roles as they are. An object
 * with a value of the wrong type cannot be turned, and is refused whole.
 */
export const losesUnknownFields = (apiVersion: string, kind: string): boolean => {
  const group = groupOf(apiVersion);
  if (group === 'apiextensions.k8s.io' || group === 'apiregistration.k8s.io') return false;
  return apiVersion !== 'rbac.authorization.k8s.io/v1' || (kind !== 'Role' && kind !== 'ClusterRole');
};
