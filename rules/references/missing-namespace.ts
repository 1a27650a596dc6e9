import { type AppliedView, defineRule, isSwitched, yaml } from '../../src/rule.ts';

export const missingNamespace = defineRule({
  id: 'references/missing-namespace',
  severity: 'error',
  summary: 'An object without a namespace, of a kind that needs one',
  why: `Flux has no default namespace: what has none after the build, and gets none by \`targetNamespace\`, fails with
    \`<Kind>/<name> namespace not specified\`, and with it everything that the Kustomization applies. \`kubectl apply\` and
    \`helm install\` would have taken the one they were called with, so the same manifest may have worked before.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace',
  hint: 'Set metadata.namespace, namespace in the kustomization.yaml, or spec.targetNamespace on the Kustomization.',
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop # expect: references/missing-namespace
    `,
    good: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop
        namespace: shop
    `,
  },

  *cluster(cluster, { graph }) {
    if (cluster.cluster.root.evidence === 'unreached') return;
    for (const kustomization of cluster.kustomizations) {
      const { content } = kustomization;
      // What does not build may lack its namespace for that reason.
      const isWhole = content.type === 'built' && !content.failed && kustomization.state('/spec/targetNamespace') === 'absent';
      if (!isWhole) continue;
      const homeless = kustomization.objects.filter(
        (object) => isAbsent(object) && isApplied(object) && graph.schemas.scope(object) === 'Namespaced',
      );
      const [first, ...others] = homeless;
      if (!first) continue;
      const count = others.length === 0 ? '' : ` So do ${others.length} more of them.`;
      yield {
        at: first.origin('/metadata/name'),
        message: `${kustomization.id} applies ${first.label}, which has no namespace.${count} Flux fails with "namespace not specified" and applies nothing.`,
        related: others.map((object) => ({ at: object.origin('/metadata/name'), message: `${object.label} has none, too` })),
      };
    }
  },
});

const isAbsent = (object: AppliedView): boolean =>
  object.namespace === '' || (object.namespace === undefined && object.state('/metadata/namespace') === 'absent');

/** Flux applies no object that says so. */
const isApplied = ({ root }: AppliedView): boolean => !isSwitched(root, 'reconcile', 'disabled') && !isSwitched(root, 'ssa', 'ignore');
