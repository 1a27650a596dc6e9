import { groups, isArtifactGenerator, isFluxInstance, isFluxObject } from '../../flux/kinds.ts';
import { groupOf } from '../../kube/object-view.ts';
import { child, isList, type MapNode, type Node, stringAt } from '../../yaml/node.ts';

/** An object that a controller makes from another one. */
export interface Produced {
  readonly group: string;
  readonly kind: string;
  /** Undefined: in whichever namespace asks for it. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/**
 * What controllers are known to make of an object, each by the documentation of its own API: Secrets of external-secrets,
 * sealed-secrets, cert-manager and other stores, artifacts of source-watcher, the sync objects of the Flux Operator.
 */
export const producedBy = (root: MapNode): readonly Produced[] => {
  const name = stringAt(root, 'metadata', 'name') ?? '';
  const namespace = stringAt(root, 'metadata', 'namespace') ?? '';
  const object = (kind: string, made: string | undefined, place: string | undefined = namespace, group = ''): readonly Produced[] =>
    made === undefined ? [] : [{ group, kind, namespace: place, name: made }];
  const secret = (made: string | undefined, place?: string) => object('Secret', made, place);

  if (isArtifactGenerator(root)) {
    return items(root, 'spec', 'artifacts').flatMap((item) => object('ExternalArtifact', stringAt(item, 'name'), namespace, groups.source));
  }
  if (isFluxInstance(root)) return syncObjects(root, namespace);

  switch (`${groupOf(stringAt(root, 'apiVersion') ?? '')}/${stringAt(root, 'kind') ?? ''}`) {
    case '/Secret':
    case '/ConfigMap':
      return isCopied(root) ? [{ group: '', kind: stringAt(root, 'kind') ?? '', namespace: undefined, name }] : [];
    case 'external-secrets.io/ExternalSecret':
      return secret(stringAt(root, 'spec', 'target', 'name') ?? name);
    case 'external-secrets.io/ClusterExternalSecret':
      return [{ group: '', kind: 'Secret', namespace: undefined, name: stringAt(root, 'spec', 'externalSecretName') ?? name }];
    case 'bitnami.com/SealedSecret':
      return secret(stringAt(root, 'spec', 'template', 'metadata', 'name') ?? name);
    case 'cert-manager.io/Certificate':
    case 'k8s.bitwarden.com/BitwardenSecret':
      return secret(stringAt(root, 'spec', 'secretName'));
    case 'secrets.hashicorp.com/VaultStaticSecret':
    case 'secrets.hashicorp.com/VaultDynamicSecret':
    case 'secrets.hashicorp.com/VaultPKISecret':
      return secret(stringAt(root, 'spec', 'destination', 'name'));
    case 'onepassword.com/OnePasswordItem':
      return secret(name);
    case 'secrets.infisical.com/InfisicalSecret': {
      const reference = child(root, 'spec', 'managedSecretReference');
      return secret(stringAt(reference, 'secretName'), stringAt(reference, 'secretNamespace'));
    }
    case 'isindir.github.com/SopsSecret':
      return items(root, 'spec', 'secretTemplates').flatMap((item) => secret(stringAt(item, 'name')));
    case 'spv.no/AzureKeyVaultSecret':
      return secret(stringAt(root, 'spec', 'output', 'secret', 'name'));
    case 'secrets-store.csi.x-k8s.io/SecretProviderClass':
      return items(root, 'spec', 'secretObjects').flatMap((item) => secret(stringAt(item, 'secretName')));
    case 'trust.cert-manager.io/Bundle':
      return [{ group: '', kind: 'ConfigMap', namespace: undefined, name }];
    default:
      return [];
  }
};

const items = (root: Node, ...keys: readonly string[]): readonly Node[] => {
  const list = child(root, ...keys);
  return isList(list) ? list.items : [];
};

/** Source and Kustomization of `spec.sync`, named after the instance's namespace by default (flux-operator: internal/builder). */
const syncObjects = (root: MapNode, namespace: string): readonly Produced[] => {
  const sync = child(root, 'spec', 'sync');
  if (sync === undefined) return [];
  const name = stringAt(sync, 'name') ?? namespace;
  return [
    { group: groups.source, kind: stringAt(sync, 'kind') ?? 'GitRepository', namespace, name },
    { group: groups.kustomize, kind: 'Kustomization', namespace, name },
  ];
};

const copiers = /^(reflector\.v1\.k8s\.emberstack\.com\/reflection-(allowed|auto-enabled)|replicator\.v1\.mittwald\.de\/.+)$/;

/** Reflector and kubernetes-replicator copy objects with these annotations into other namespaces. */
const isCopied = (root: MapNode): boolean => {
  const annotations = child(root, 'metadata', 'annotations');
  return annotations?.type === 'map' && annotations.entries.some(({ key }) => copiers.test(key.text));
};

/**
 * Whether a custom resource may well be what makes an object of this name: it carries the name somewhere, or operators
 * would name it so (`postgres` → `postgres-app`). Flux's own kinds only refer.
 */
export const mayMake = (root: MapNode, name: string): boolean => {
  const group = groupOf(stringAt(root, 'apiVersion') ?? '');
  if (!group.includes('.') || group.endsWith('.k8s.io') || isFluxObject(root)) return false;
  const own = stringAt(root, 'metadata', 'name');
  return (own !== undefined && (name === own || name.startsWith(`${own}-`))) || mentions(child(root, 'spec'), name);
};

const mentions = (node: Node | undefined, text: string): boolean => {
  switch (node?.type) {
    case 'scalar':
      return node.value === text;
    case 'list':
      return node.items.some((item) => mentions(item, text));
    case 'map':
      return node.entries.some(({ value }) => mentions(value, text));
    default:
      return false;
  }
};
