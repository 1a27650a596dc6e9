import { scalarNode } from '../../yaml/edit.ts';
import { child, isNull, isScalar, type Node, scalarText } from '../../yaml/node.ts';
import { applyFieldSpec, type FieldSpec, matchesGvk } from '../field/field-spec.ts';
import { failure } from '../resource/failure.ts';
import { currentId, type Resource } from '../resource/resource.ts';
import { failedTransformation, type Transformed, transformEach, transformerOrigin } from '../resource/transformation.ts';

/**
 * One entry of `replicas` (kustomize: `ReplicaCountTransformer`): the count of every object of the kinds in `specs` that
 * has or had this very name. Reported: that there is none.
 */
export const setReplicas = (resources: readonly Resource[], entry: Node, specs: readonly FieldSpec[]): Transformed => {
  const nameNode = child(entry, 'name');
  const name = scalarText(nameNode);
  const count = child(entry, 'count');
  const asked = count ?? entry;
  const origin = transformerOrigin(asked, 'replicas');
  const value = scalarNode(isScalar(count) && count.value !== null ? count.value : 0, origin);

  let found = false;
  const transformed = transformEach(resources, asked, (resource) => {
    let { root } = resource;
    for (const spec of specs) {
      const isMeant = [...resource.previous, currentId(resource)].some((id) => id.name === name && matchesGvk(spec, id));
      if (!isMeant) continue;
      found = true;
      const changed = applyFieldSpec(root, spec, {
        set: (node) => {
          if (node.type === 'map' || node.type === 'list') return failure('wrong node kind: expected ScalarNode');
          // A count that was in quotes stays in them.
          const isQuoted = isScalar(node) && !isNull(node) && node.style !== 'plain';
          return isQuoted ? scalarNode(value.text, value) : value;
        },
        createType: 'scalar',
        origin,
      });
      if (changed.type === 'failure') return changed;
      root = changed;
    }
    return root;
  });
  if (found) return transformed;
  const message = `resource with name ${name} does not match a config with the following GVK [${specs.map(gvkText).join(' ')}]`;
  return { resources, problems: [failedTransformation(nameNode ?? entry, message)] };
};

/** Kinds that have replicas (kustomize: `builtinpluginconsts/replicas.go`); `configurations` may add to them. */
export const replicaFieldSpecs: readonly FieldSpec[] = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'].map((kind) => ({
  group: '',
  version: '',
  kind,
  path: 'spec/replicas',
  create: true,
}));

const gvkText = ({ group, version, kind }: FieldSpec): string => `${kind || '[noKind]'}.${version || '[noVer]'}.${group || '[noGrp]'}`;
