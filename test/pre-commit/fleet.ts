/** A Flux Kustomization of a directory of its name. */
export const kustomization = (name: string, ...dependsOn: readonly string[]): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 10m
  timeout: 5m
  path: ./${name}
  prune: true
  dependsOn: [${dependsOn.map((other) => `{ name: ${other} }`).join(', ')}]
  sourceRef: { kind: GitRepository, name: flux-system }
`;

export const configMap = (name: string, colour = 'red'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: default }\ndata: { colour: ${colour} }\n`;

/** A small fleet that is as it should be: the shop waits for its settings. */
export const fleet = {
  'README.md': 'The fleet.\n',
  'clusters/production/flux-system/gotk-sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec:
  interval: 1m
  timeout: 60s
  ref: { branch: main }
  url: ssh://git@github.com/your-org/fleet
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec:
  interval: 10m
  timeout: 5m
  path: ./clusters/production
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
`,
  'clusters/production/settings.yaml': kustomization('settings'),
  'clusters/production/shop.yaml': kustomization('shop', 'settings'),
  'settings/colours.yaml': configMap('colours'),
  'shop/kustomization.yaml':
    'resources:\n  - shop.yaml\nconfigMapGenerator:\n  - name: prices\n    namespace: default\n    files: [prices.csv]\n',
  'shop/shop.yaml': configMap('shop'),
  'shop/prices.csv': 'tea,3\n',
} as const;
