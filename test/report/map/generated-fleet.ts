/** A fleet of a given size, in memory: each application has a base, an overlay for each environment, and a Kustomization. */
import type { Texts } from '../../fixture.ts';

const environments = ['dev', 'staging', 'production'] as const;

const kustomization = (name: string, path: string, more = '') => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 10m
  path: ${path}
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
${more}---
`;

const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: https://git.example.com/acme/fleet, ref: { branch: main } }
---
`;

/** `clusters` times `applications` Kustomizations, and one more for each cluster. */
export const generatedFleet = (clusters: number, applications: number): Texts => {
  const names = Array.from({ length: applications }, (_, index) => `app-${index}`);
  const texts: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    texts[`apps/${name}/base/kustomization.yaml`] = 'resources: [settings.yaml]\n';
    texts[`apps/${name}/base/settings.yaml`] =
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { index: "${index}" }\n`;
    for (const environment of environments) {
      texts[`apps/${name}/${environment}/kustomization.yaml`] = `namespace: ${name}\nresources: [../base]\n`;
    }
  }
  for (let index = 0; index < clusters; index++) {
    const environment = environments[index % environments.length] ?? 'dev';
    const cluster = `${environment}-${String(index).padStart(2, '0')}`;
    const apps = names.map((name, position) =>
      kustomization(
        name,
        `./apps/${name}/${environment}`,
        position === 0 ? '' : `  dependsOn: [{ name: app-${Math.floor(position / 5)} }]\n`,
      ),
    );
    texts[`clusters/${cluster}/flux-system/gotk-sync.yaml`] = `${source}${kustomization('flux-system', `./clusters/${cluster}`)}`;
    texts[`clusters/${cluster}/apps.yaml`] = apps.join('');
  }
  return texts;
};
