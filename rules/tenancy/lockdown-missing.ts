import { type ClusterView, defineRule, type Lockdown } from '../../src/rule.ts';

export const lockdownMissing = defineRule({
  id: 'tenancy/lockdown-missing',
  severity: 'warning',
  summary: 'There are tenants, but the controllers refuse them nothing',
  why: `Flux is open by default: a tenant may use sources of other namespaces, pull bases from anywhere, and leave out the service
    account, which then means cluster-admin. The flags of the multi-tenancy lockdown turn each of these round for
    everybody, whatever is forgotten in a manifest.`,
  reference: 'https://fluxcd.io/flux/installation/configuration/multitenancy/#how-to-configure-flux-multi-tenancy',
  remedy: 'Start the controllers with --no-cross-namespace-refs and --default-service-account.',
  unless: 'Not where all tenants are one team.',
  examples: {
    bad: {
      'clusters/example/flux-system/gotk-components.yaml': '# written by flux bootstrap\n',
      'clusters/example/flux-system/kustomization.yaml': 'resources: # expect: tenancy/lockdown-missing\n  - gotk-components.yaml\n',
      'clusters/example/billing.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: billing, namespace: billing }\nspec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }\nspec: { path: ./deploy, serviceAccountName: billing, sourceRef: { kind: GitRepository, name: billing } }\n',
    },
    good: {
      'clusters/example/flux-system/gotk-components.yaml': '# written by flux bootstrap\n',
      'clusters/example/flux-system/kustomization.yaml':
        'resources:\n  - gotk-components.yaml\npatches:\n  - target: { kind: Deployment }\n    patch: |\n      - op: add\n        path: /spec/template/spec/containers/0/args/-\n        value: --no-cross-namespace-refs=true\n      - op: add\n        path: /spec/template/spec/containers/0/args/-\n        value: --no-remote-bases=true\n      - op: add\n        path: /spec/template/spec/containers/0/args/-\n        value: --default-service-account=default\n',
      'clusters/example/billing.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: billing, namespace: billing }\nspec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }\nspec: { path: ./deploy, serviceAccountName: billing, sourceRef: { kind: GitRepository, name: billing } }\n',
    },
  },

  *cluster(cluster, { graph }) {
    const tenants = new Set<string>();
    for (const kustomization of cluster.kustomizations) {
      const tenant = graph.tenants.of(kustomization);
      if (tenant) tenants.add(tenant.name);
    }
    if (tenants.size === 0) return;
    const lockdown = graph.clusters.lockdown(cluster);
    const missing = missingFlags(lockdown).filter(({ flag }) => flag !== noRemoteBases || !buildsFromGit(cluster));
    if (missing.length === 0 || !lockdown.place) return;
    yield {
      at: lockdown.place,
      message: `The controllers run without ${missing.map(({ flag }) => flag).join(', ')}, and tenants deploy here (${[...tenants].sort().join(', ')}).`,
      tenants: [...tenants],
      cause: { key: missing.map(({ flag }) => flag).join(), place: `nor do those of ${cluster.name}` },
      hint: hintFor(lockdown, missing),
    };
  },
});

const hintFor = (lockdown: Lockdown, missing: readonly Flag[]): string => {
  switch (lockdown.by) {
    case 'instance':
      return 'Set cluster.multitenant: true in the FluxInstance.';
    case 'chart':
      return 'Set multitenancy.enabled: true in the values of the chart.';
    case 'files':
      return `Add ${missing.map(({ flag, to }) => `${flag} to ${to}`).join('; ')}, by patches in flux-system/kustomization.yaml. With a default account, the root Kustomization needs serviceAccountName: kustomize-controller.`;
    default:
      return lockdown.by satisfies never;
  }
};

const noRemoteBases = '--no-remote-bases=true';

/** Whether the flag against remote bases would stop something here: bases from git, not single files by HTTP. */
const buildsFromGit = ({ kustomizations }: ClusterView): boolean =>
  kustomizations.some(
    ({ content }) =>
      content.type === 'built' &&
      content.build.leaves.some(({ type, what }) => type === 'remote' && !/^https?:\/\/[^?]+\.(ya?ml|json)$/.test(what)),
  );

interface Flag {
  readonly flag: string;
  readonly to: string;
}

const missingFlags = (lockdown: Lockdown): readonly Flag[] => [
  ...(lockdown.noCrossNamespaceRefs === 'missing'
    ? [{ flag: '--no-cross-namespace-refs=true', to: 'the kustomize, helm, notification and image controllers' }]
    : []),
  ...(lockdown.noRemoteBases === 'missing' ? [{ flag: noRemoteBases, to: 'kustomize-controller' }] : []),
  ...(lockdown.defaultServiceAccount === 'missing'
    ? [{ flag: '--default-service-account=default', to: 'kustomize- and helm-controller' }]
    : []),
];
