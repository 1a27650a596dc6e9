import { boundAccounts, boundGroups } from '../../kube/binding-accounts.ts';
import { memo } from '../../model/memo.ts';
import { child, itemsOf, type MapNode, stringAt } from '../../yaml/node.ts';
import { ofKind } from '../clusters/by-kind.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { AppliedView } from '../clusters/views.ts';

export interface Account {
  readonly namespace: string;
  readonly name: string;
}

/** Who may write where, by the bindings in a cluster. */
export interface Rights {
  /** The ClusterRoleBinding that lets an account write in every namespace. */
  readonly clusterWide: (cluster: ClusterView, account: Account) => AppliedView | undefined;
  /** The ClusterRoleBinding that names an account and makes it cluster-admin. */
  readonly clusterAdmin: (cluster: ClusterView, account: Account) => AppliedView | undefined;
  /** The namespaces in which some binding names an account, or a group that it is in, whatever it may do there. */
  readonly boundIn: (cluster: ClusterView, account: Account) => 'everywhere' | ReadonlySet<string>;
}

/** Each cluster is looked through once. */
export const createRights = (): Rights => {
  const indexOf = memo(indexBindings);
  const administratorsOf = memo(indexAdministrators);
  const placesOf = memo(indexPlaces);
  return {
    clusterWide: (cluster, { namespace, name }) => {
      const index = indexOf(cluster);
      return index.get(`${namespace}/${name}`) ?? index.get(`system:serviceaccounts:${namespace}`) ?? index.get('system:serviceaccounts');
    },
    clusterAdmin: (cluster, { namespace, name }) => administratorsOf(cluster).get(`${namespace}/${name}`),
    boundIn: (cluster, { namespace, name }) => {
      const subjects = [`${namespace}/${name}`, `system:serviceaccounts:${namespace}`, 'system:serviceaccounts', 'system:authenticated'];
      const places = subjects.map((subject) => placesOf(cluster).get(subject) ?? noPlaces);
      return places.some(({ isEverywhere }) => isEverywhere) ? 'everywhere' : new Set(places.flatMap(({ namespaces }) => [...namespaces]));
    },
  };
};

/** By accounts, as `namespace/name`, and by groups. */
const indexBindings = (cluster: ClusterView): ReadonlyMap<string, AppliedView> => {
  const index = new Map<string, AppliedView>();
  const roles = new Map(ofKind(cluster, 'ClusterRole').map(({ name, root }) => [name, root] as const));
  for (const binding of ofKind(cluster, 'ClusterRoleBinding')) {
    if (!maySomeoneWrite(stringAt(binding.root, 'roleRef', 'name') ?? '', roles)) continue;
    for (const subject of [...boundAccounts(binding.root), ...boundGroups(binding.root)]) index.set(subject, binding);
  }
  return index;
};

/** By accounts, as `namespace/name`. */
const indexAdministrators = (cluster: ClusterView): ReadonlyMap<string, AppliedView> =>
  new Map(
    ofKind(cluster, 'ClusterRoleBinding')
      .filter(({ root }) => stringAt(root, 'roleRef', 'name') === 'cluster-admin')
      .flatMap((binding) => boundAccounts(binding.root).map((account) => [account, binding] as const)),
  );

interface Places {
  readonly isEverywhere: boolean;
  readonly namespaces: ReadonlySet<string>;
}

const noPlaces: Places = { isEverywhere: false, namespaces: new Set() };

/** Where bindings hold, by accounts, as `namespace/name`, and by groups. One without a known namespace may hold anywhere. */
const indexPlaces = (cluster: ClusterView): ReadonlyMap<string, Places> => {
  const index = new Map<string, Places>();
  for (const binding of [...ofKind(cluster, 'ClusterRoleBinding'), ...ofKind(cluster, 'RoleBinding')]) {
    const namespace = binding.kind === 'RoleBinding' ? binding.namespace : undefined;
    for (const subject of [...boundAccounts(binding.root), ...boundGroups(binding.root)]) {
      const known = index.get(subject) ?? noPlaces;
      index.set(subject, {
        isEverywhere: known.isEverywhere || namespace === undefined,
        namespaces: namespace === undefined ? known.namespaces : new Set([...known.namespaces, namespace]),
      });
    }
  }
  return index;
};

/** Kubernetes' own roles that write; another one only where its rules are here. */
const writingRoles = /^(cluster-admin|admin|edit)$/;
const writingVerbs = /^(\*|create|update|patch|delete|deletecollection|escalate|bind|impersonate)$/;

const maySomeoneWrite = (role: string, roles: ReadonlyMap<string, MapNode>): boolean =>
  writingRoles.test(role) ||
  itemsOf(child(roles.get(role), 'rules')).some((rule) =>
    itemsOf(child(rule, 'verbs')).some((verb) => verb.type === 'scalar' && writingVerbs.test(verb.text)),
  );
