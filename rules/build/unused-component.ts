import { defineRule, directoryOf, stringAt, yaml } from '../../src/rule.ts';

const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n';
const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations:\n  audited: "true"\n';

export const unusedComponent = defineRule({
  id: 'build/unused-component',
  severity: 'info',
  summary: 'No build uses this Component',
  why: `A Component does nothing until a kustomization lists it under \`components\`, or a Flux Kustomization under \`spec.components\`.
    One that nobody lists looks like a policy or a setting that is in force, and is in no cluster.`,
  reference: 'https://kubectl.docs.kubernetes.io/guides/config_management/components/',
  unless: 'Not in a library of Components that other repositories use.',
  hint: 'List it where it is meant to be in force, or delete it.',
  examples: {
    bad: {
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/config.yaml': config,
      'components/audit/kustomization.yaml': `# expect: build/unused-component\n${component}`,
    },
    good: {
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/config.yaml': config,
      'clusters/example/kustomization.yaml': yaml`
        resources:
          - config.yaml
        components:
          - ../../components/audit
      `,
      'components/audit/kustomization.yaml': component,
    },
  },

  documentKinds: ['Component'],

  *document({ root, path, isReached }, { graph }) {
    const isComponent = stringAt(root, 'kind') === 'Component' && stringAt(root, 'apiVersion')?.startsWith('kustomize.config.k8s.io/');
    // A tool beside Flux may use it, and a commented entry is a switch that somebody turned off.
    if (!isComponent || isReached || graph.files.isListed(directoryOf(path))) return;
    // A repository without clusters is there for others, who may use what it has.
    if (graph.clusters.all.every(({ cluster }) => cluster.root.evidence === 'unreached')) return;
    if (graph.clusters.all.some(({ cluster }) => cluster.kustomizations.some(({ content }) => content.type === 'unknown'))) return;
    yield { at: root, message: `No build of any cluster uses the Component in ${directoryOf(path)}: what it says is in force nowhere.` };
  },
});
