/** What a cluster's API server knows of kinds, and what it takes. */
import { isSwitched } from '../../flux/object-switches.ts';
import { groupOf } from '../../kube/object-view.ts';
import type { FieldConflict } from '../../kube/schema/conflicting-fields.ts';
import { servedNames } from '../../kube/schema/crd-schemas.ts';
import { oldestKubernetes } from '../../kube/schema/kubernetes/served-kinds.ts';
import type { Scope } from '../../kube/schema/scope.ts';
import { apiVersionOf, isServed, type ServedKind, type ServedVersion } from '../../kube/schema/served-versions.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { memo, memoByText } from '../../model/memo.ts';
import type { MapNode } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { ObjectView } from '../clusters/views.ts';
import type { Releases } from '../releases/releases.ts';
import { type ApiVerdict, apiVerdict } from './api-verdict.ts';
import { createChartDefinitions } from './chart-crds.ts';
import { type Definitions, definitionsOf } from './definitions.ts';
import type { LocalDefinitions } from './local-definitions.ts';
import { type Refused, refusals } from './refusals.ts';
import { createJudges, isKnownKind, type SchemaVerdict } from './schema-verdict.ts';
import { scopeIn } from './scope.ts';

export interface Schemas {
  /** What brings the definitions of custom resources into a cluster. */
  readonly definitions: (cluster: ClusterView) => Definitions;
  /** Whether an object lies in a namespace or belongs to the whole cluster; undefined where its kind is not known here. */
  readonly scope: (object: ObjectView) => Scope | undefined;
  /** What the API server of the object's cluster will not take in it; of a part of another's object not what it lacks. */
  readonly errors: (object: ObjectView) => readonly SchemaVerdict[];
  /** Fields of an object that contradict each other. */
  readonly conflicts: (object: ObjectView) => readonly FieldConflict[];
  /** What the API server's validation will refuse in an object of Kubernetes' own kinds, beside `errors`. */
  readonly refusals: (object: ObjectView) => readonly Refused[];
  /** What is wrong with the object's API version in its cluster. */
  readonly apiVerdict: (object: Pick<ObjectView, 'cluster' | 'apiVersion' | 'kind'>) => ApiVerdict | undefined;
  /** The kinds of the clusters' objects that nothing here defines, `group/Kind`, and how many objects are of them. */
  readonly undefinedKinds: () => { readonly kinds: readonly string[]; readonly objects: number };
  /** Whether a cluster's API server takes a kind in a version; undefined where nothing here shows it. */
  readonly serves: (cluster: string, kind: ServedKind, version: ServedVersion) => boolean | undefined;
}

export interface SchemasInput {
  readonly clusters: Clusters;
  /** Whose charts may bring definitions. */
  readonly releases: Pick<Releases, 'chartOf'>;
  readonly parse: ParseFile;
  /** Of directories that the configuration names. */
  readonly local: LocalDefinitions;
}

/** kustomize-controller: internal/controller/kustomization_controller.go (`apply`: `ExclusionSelector`). */
const isLeftAlone = memo((root: MapNode) => isSwitched(root, 'reconcile', 'disabled') || isSwitched(root, 'ssa', 'ignore'));

export const createSchemas = ({ clusters, releases, parse, local }: SchemasInput): Schemas => {
  const ofCharts = createChartDefinitions(releases, parse);
  const judges = createJudges({
    minorOf: clusters.fluxMinor,
    kubernetesOf: clusters.kubernetesMinor,
    installedBy: clusters.installedBy,
    ofCharts,
    local,
  });
  const apiVerdicts = memoByText((name) => {
    const cluster = clusters.get(name);
    const minor = clusters.fluxMinor(name);
    const definition = (apiVersion: string, kind: string) => cluster && judges.definition({ cluster, apiVersion, kind });
    return memoByText((apiVersion) =>
      memoByText((kind) =>
        apiVerdict({
          apiVersion,
          kind,
          minor,
          kubernetes: clusters.kubernetesMinor(name),
          isBeforeTwo: clusters.versionBeforeTwo(name) !== undefined,
          definition: definition(apiVersion, kind),
        }),
      ),
    );
  });
  const errors = ({ cluster: name, apiVersion, kind, root }: ObjectView) => {
    const cluster = clusters.get(name);
    // What Flux leaves alone nobody refuses.
    if (isLeftAlone(root)) return [];
    return cluster ? judges.errors({ cluster, apiVersion, kind, root }) : [];
  };
  return {
    definitions: definitionsOf,
    scope: (object) => scopeIn(object, clusters.get(object.cluster)),
    errors,
    refusals: (object) => (isLeftAlone(object.root) ? [] : refusals(object.root, errors(object))),
    conflicts: ({ root }) => judges.conflicts(root),
    undefinedKinds: () => {
      const [kinds, roots] = [new Set<string>(), new Set<MapNode>()];
      for (const cluster of clusters.all) {
        for (const { apiVersion, kind, root } of cluster.objects) {
          if (isKnownKind(apiVersion, kind) || judges.definition({ cluster, apiVersion, kind })) continue;
          kinds.add(`${groupOf(apiVersion)}/${kind}`);
          roots.add(root);
        }
      }
      return { kinds: [...kinds].sort(), objects: roots.size };
    },
    serves: (name, kind, version) => {
      const cluster = clusters.get(name);
      const definition = cluster && judges.definition({ cluster, apiVersion: apiVersionOf(kind, version), kind: kind.kind });
      if (definition) return servedNames(definition).includes(version.version);
      if (kind.product === 'Kubernetes') {
        // What the oldest and all later ones serve is there.
        const isEverywhere = isServed(version, oldestKubernetes) && version.removedIn === undefined;
        const kubernetes = clusters.kubernetesMinor(name);
        return kubernetes === undefined ? isEverywhere || undefined : isServed(version, kubernetes);
      }
      const minor = clusters.fluxMinor(name);
      return minor === undefined ? undefined : isServed(version, minor);
    },
    apiVerdict: ({ cluster, apiVersion, kind }) => apiVerdicts(cluster)(apiVersion)(kind),
  };
};
