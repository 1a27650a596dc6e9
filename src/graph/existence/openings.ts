import type { AppliedByTerraform, AppliedKustomization, Cluster } from '../../flux/evaluation.ts';
import { groups, isHelmRelease, isKind } from '../../flux/kinds.ts';
import { isIdentityKnown } from '../../generate/resource-set/identity.ts';
import { groupOf } from '../../kube/object-view.ts';
import { scopeOf } from '../../kube/schema/scope.ts';
import { child, isList, itemsOf, type MapNode, scalarText, stringAt } from '../../yaml/node.ts';
import { accountNamespaces } from '../rights/account-namespaces.ts';
import type { Wanted } from './wanted.ts';

/** What may bring objects into a cluster that nothing here shows. */
export interface Opening {
  /** In words that continue "it may come from elsewhere:". */
  readonly why: string;
  /** Something is wrong or missing that has a finding or a line of the summary of its own. */
  readonly isTold: boolean;
  /** A chart: it brings some kinds only. */
  readonly isChart?: boolean;
  /** The Kustomization or HelmRelease that would bring it. */
  readonly by?: MapNode;
  readonly admits: (wanted: Wanted) => boolean;
}

const everything = () => true;

/** Sources that an installation may bring. */
const syncKinds = new Set(['GitRepository', 'OCIRepository', 'Bucket', 'ExternalArtifact']);

/** Kinds that are only ever applied by Flux. */
const appliedKinds = new Set(['Kustomization', 'HelmRelease', 'ResourceSet']);

/** Kinds of Flux: what is evaluated brings them, and little else. */
const fluxKinds = new Set([...syncKinds, ...appliedKinds, 'HelmRepository', 'HelmChart', 'ImageRepository', 'ImagePolicy', 'Provider']);

/** Everything that keeps a cluster open, narrowed where Flux narrows it. */
/** @param isUnapplied whether such an object is written somewhere, though no cluster gets it */
export const findOpenings = (cluster: Cluster, isUnapplied: (wanted: Wanted) => boolean): readonly Opening[] => {
  const { root } = cluster;
  if (root.evidence === 'unreached') return [{ why: 'nothing here shows which cluster applies it', isTold: true, admits: everything }];
  const found: Opening[] = [];
  if (cluster.hub !== undefined) {
    found.push({ why: `${cluster.hub} deploys to this cluster, but what else is on it is not here`, isTold: false, admits: everything });
  }
  if (root.sync.written === undefined && (root.evidence === 'layout' || root.evidence === 'declared' || root.evidence === 'config')) {
    // Whoever makes the root outside of git makes what it needs beside it, but no Kustomizations and releases.
    const admits = ({ kind }: Wanted) => syncKinds.has(kind) || (root.evidence !== 'config' && !appliedKinds.has(kind));
    found.push({ why: 'what syncs this cluster is not here', isTold: false, admits });
  }
  for (const applied of root.applied ?? []) found.push(...terraformOpenings(applied));
  // What goes to another cluster opens that one.
  const own = cluster.kustomizations.filter(({ target }) => target === cluster.name);
  for (const kustomization of own) found.push(...contentOpening(kustomization, cluster, isUnapplied));
  const expanded = new Set(cluster.generators.filter(isComplete).map(({ object }) => object.root));
  const unnamed = new Set<string>();
  for (const { root: object } of cluster.objects) {
    if (!expanded.has(object)) found.push(...generatorOpening(object));
    const kind = stringAt(object, 'kind') ?? '';
    if (!hasKnownIdentity(object) && !unnamed.has(kind)) {
      unnamed.add(kind);
      found.push({ why: `the name of a ${kind} is not known here`, isTold: false, admits: (wanted) => wanted.kind === kind });
    }
  }
  const known = [...found];
  for (const kustomization of own) if (kustomization.content.type === 'missing-source') found.push(sourcelessOpening(kustomization, known));
  return found;
};

/** What a root module makes that is not seen, and the namespaces that a cloud or Helm makes for what is put there. */
const terraformOpenings = ({ name, gaps, made }: AppliedByTerraform): readonly Opening[] => {
  const [gap] = gaps;
  const unseen = ({ kind }: Wanted) => !appliedKinds.has(kind);
  const namespaces = new Set(
    made.flatMap(({ type, root }) => (/^(azure|azapi)/.test(type) ? (stringAt(root, 'metadata', 'namespace') ?? []) : [])),
  );
  return [
    ...(gap === undefined ? [] : [{ why: `not all that Terraform makes in ${name} is seen: ${gap}`, isTold: false, admits: unseen }]),
    ...(namespaces.size === 0
      ? []
      : [
          {
            why: 'Azure makes the namespaces of its configurations',
            isTold: false,
            admits: (wanted: Wanted) => wanted.kind === 'Namespace' && namespaces.has(wanted.name),
          },
        ]),
  ];
};

/**
 * A Kustomization without its source brings nothing, and what misses its objects has that same cause. It brings sources
 * only where its own may come from elsewhere: two sources that are missing do not excuse each other.
 */
const sourcelessOpening = ({ document, namespace, name }: AppliedKustomization, others: readonly Opening[]): Opening => {
  const reference = child(document, 'spec', 'sourceRef');
  const source: Wanted = {
    kind: stringAt(reference, 'kind') ?? '',
    namespace: stringAt(reference, 'namespace') ?? namespace,
    name: stringAt(reference, 'name') ?? '',
  };
  const mayCome = others.some((opening) => opening.admits(source));
  return {
    why: `the content of ${namespace}/${name} cannot be had`,
    isTold: true,
    by: document,
    admits: ({ kind }) => mayCome || !syncKinds.has(kind),
  };
};

const contentOpening = (
  kustomization: AppliedKustomization,
  cluster: Cluster,
  isUnapplied: (wanted: Wanted) => boolean,
): readonly Opening[] => {
  const { content, namespace, name, document: by } = kustomization;
  const id = `${namespace}/${name}`;
  const admits = withinNamespaces(namespacesOf(kustomization, cluster));
  // What it would have brought is written somewhere: one failure does not excuse every reference there is.
  const admitsWritten = (wanted: Wanted) => admits(wanted) && (!fluxKinds.has(wanted.kind) || isUnapplied(wanted));
  switch (content.type) {
    case 'unknown':
      return [{ why: `the content of ${id} is not known, since ${content.why}`, isTold: false, by, admits }];
    case 'missing-source':
      return [];
    case 'missing-path':
      return [{ why: `the content of ${id} cannot be had`, isTold: true, by, admits: admitsWritten }];
    case 'built': {
      const [leaf] = content.build.leaves;
      if (leaf) return [{ why: `${id} builds from ${leaf.what}`, isTold: false, by, admits }];
      return content.failed ? [{ why: `${id} does not build`, isTold: true, by, admits: admitsWritten }] : [];
    }
    default:
      return content satisfies never;
  }
};

/** The namespaces that a Kustomization can write to; undefined: any. */
const namespacesOf = ({ document, namespace }: AppliedKustomization, cluster: Cluster): ReadonlySet<string> | undefined => {
  const target = child(document, 'spec', 'targetNamespace');
  if (target?.type === 'unknown') return undefined;
  const account = stringAt(document, 'spec', 'serviceAccountName');
  const granted = account === undefined ? undefined : accountNamespaces(cluster, namespace, account);
  const forced = stringAt(document, 'spec', 'targetNamespace');
  return forced === undefined ? granted : new Set([forced]);
};

/** Namespaces of its own it could bring all the same: their names are renamed to the target's. */
const withinNamespaces =
  (namespaces: ReadonlySet<string> | undefined) =>
  ({ kind, namespace, name }: Wanted): boolean => {
    if (namespaces === undefined) return true;
    if (kind === 'Namespace') return namespaces.has(name);
    return namespace === undefined || namespaces.has(namespace);
  };

/** All it makes is known, and among the objects of the cluster. */
const isComplete = ({ generated: { objects, gaps, errors } }: Cluster['generators'][number]): boolean =>
  gaps.length === 0 && errors.length === 0 && objects.every(({ root, multiplicity }) => multiplicity === '1' && isIdentityKnown(root));

const hasKnownIdentity = (root: MapNode): boolean =>
  ['name', 'namespace'].every((field) => {
    const node = child(root, 'metadata', field);
    return node?.type !== 'unknown' && !(node?.type === 'scalar' && node.text.includes('${'));
  });

/** Objects that make others: charts, ResourceSets, compositions, policies that generate. */
const generatorOpening = (root: MapNode): readonly Opening[] => {
  if (isHelmRelease(root)) return [chartOpening(root, labelOf(root))];
  const admits = madeBy(root);
  return admits ? [{ why: `${labelOf(root)} makes objects that are not expanded here`, isTold: false, admits }] : [];
};

const labelOf = (root: MapNode): string => `${stringAt(root, 'kind') ?? '?'} ${stringAt(root, 'metadata', 'name') ?? '?'}`;

/** What a generator may make; undefined for every other object. */
const madeBy = (root: MapNode): Opening['admits'] | undefined => {
  const group = groupOf(stringAt(root, 'apiVersion') ?? '');
  if (isKind(root, groups.operator, 'ResourceSet')) {
    const kinds = templateKinds(root);
    return ({ kind }) => kinds === undefined || kinds.has(kind);
  }
  if (group === 'apiextensions.crossplane.io') return everything;
  if (group === 'kyverno.io') {
    const kinds = generatedKinds(root);
    return kinds.size === 0 ? undefined : ({ kind, namespace }) => kinds.has(kind) && namespace !== undefined;
  }
  return undefined;
};

/** Kinds that bring objects in their turn. */
const bringers = new Set(['Kustomization', 'HelmRelease', 'ResourceSet', 'FluxInstance']);

/** The kinds that a ResourceSet's templates make; undefined where they cannot be told or bring others in their turn. */
const templateKinds = (root: MapNode): ReadonlySet<string> | undefined => {
  const spec = child(root, 'spec');
  if (child(spec, 'steps') !== undefined) return undefined;
  const kinds = new Set<string>();
  const resources = child(spec, 'resources');
  for (const item of isList(resources) ? resources.items : []) kinds.add(stringAt(item, 'kind') ?? '<<');
  const text = child(spec, 'resourcesTemplate');
  if (text !== undefined && text.type !== 'scalar') return undefined;
  for (const [, kind = '<<'] of text?.text.matchAll(/^ {0,200}kind: {0,20}(\S{1,253}|<<[^\n]{0,253}>>) {0,20}$/gm) ?? []) kinds.add(kind);
  return [...kinds].some((kind) => kind.includes('<<') || bringers.has(kind)) ? undefined : kinds;
};

/** The kinds that the rules of a Kyverno policy generate. */
const generatedKinds = (root: MapNode): ReadonlySet<string> => {
  const rules = itemsOf(child(root, 'spec', 'rules'));
  return new Set(
    rules.flatMap((rule) => {
      const generate = child(rule, 'generate');
      const all = [generate, ...itemsOf(child(generate, 'foreach')), child(generate, 'cloneList')];
      return all.flatMap((node) =>
        [stringAt(node, 'kind'), ...itemsOf(child(node, 'kinds')).map(scalarText)].flatMap((kind) => kind ?? []),
      );
    }),
  );
};

/** Kinds that a chart which is not rendered here may well make, in the namespace it is installed into. */
const chartKinds = new Set([
  'ServiceAccount',
  'ConfigMap',
  'Secret',
  'Service',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'Role',
  'RoleBinding',
]);
const fluxCharts = /^(flux2|flux2-sync|flux-instance|flux-operator)$/;

/** A kind of somebody's own, which a chart may well bring an object of; those of Flux are written where people see them. */
const isCustom = ({ group = '', kind }: Wanted): boolean =>
  group.includes('.') && !group.includes('fluxcd') && scopeOf(group, kind) === undefined;

const chartOpening = (root: MapNode, label: string): Opening => {
  const namespace = stringAt(root, 'spec', 'targetNamespace') ?? stringAt(root, 'metadata', 'namespace');
  const target = child(root, 'spec', 'targetNamespace') ?? child(root, 'metadata', 'namespace');
  const isAnywhere = target?.type === 'unknown';
  const createsNamespace = child(root, 'spec', 'install', 'createNamespace');
  const isFluxChart = fluxCharts.test(stringAt(root, 'spec', 'chart', 'spec', 'chart') ?? stringAt(root, 'spec', 'chartRef', 'name') ?? '');
  return {
    why: `the chart of ${label} may make it`,
    isTold: false,
    isChart: true,
    by: root,
    admits: (wanted) => {
      if (wanted.kind === 'CustomResourceDefinition') return true;
      // The charts of Flux's own installers bring its sync objects, and no other objects of Flux.
      if (isFluxChart && (syncKinds.has(wanted.kind) || wanted.kind === 'Kustomization')) {
        return wanted.name === namespace || wanted.name === 'flux-system' || wanted.name === stringAt(root, 'metadata', 'name');
      }
      if (wanted.kind === 'Namespace') return createsNamespace !== undefined && (isAnywhere || wanted.name === namespace);
      return (
        (chartKinds.has(wanted.kind) || isCustom(wanted)) &&
        (isAnywhere || wanted.namespace === undefined || wanted.namespace === namespace)
      );
    },
  };
};
