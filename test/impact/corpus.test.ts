/** Edits of a real repository, each with exactly what it reaches. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { analyzeImpact } from '../../src/analyze-change.ts';
import { git, removeDirectory, repositoryFrom } from '../git-repository.ts';
import { referenceData } from '../reference-data.ts';
import { linesOf } from './lines.ts';

const corpus = referenceData('corpus');
const isHere = corpus !== undefined;

const directory = corpus === undefined ? '' : repositoryFrom(join(corpus, 'flux2-kustomize-helm-example'));
afterAll(() => {
  if (isHere) removeDirectory(directory);
});

const edit = (path: string, from: string | RegExp, to: string) => {
  const file = join(directory, path);
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${path} does not hold ${from}`);
  writeFileSync(file, changed);
};
const add = (path: string, text: string) => writeFileSync(join(directory, path), text);

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: podinfo\ndata:\n  a: b\n`;

interface ScriptedEdit {
  readonly name: string;
  readonly make: () => void;
  readonly expected: readonly string[];
}

const edits: readonly ScriptedEdit[] = [
  {
    name: 'a value of the base',
    make: () => edit('apps/base/podinfo/release.yaml', 'interval: 50m', 'interval: 40m'),
    expected: [
      'production flux-system/apps ~ HelmRelease podinfo/podinfo /spec/interval',
      'staging flux-system/apps ~ HelmRelease podinfo/podinfo /spec/interval',
    ],
  },
  {
    name: 'a value of the base that production overrides',
    make: () => edit('apps/base/podinfo/release.yaml', '- podinfo.local', '- podinfo.example'),
    expected: [],
  },
  {
    name: "a value of production's overlay",
    make: () => edit('apps/production/podinfo-values.yaml', '- podinfo.production', '- podinfo.example'),
    expected: ['production flux-system/apps ~ HelmRelease podinfo/podinfo /spec/values/httpRoute/hostnames/0'],
  },
  {
    name: 'the version of a HelmRelease',
    make: () => edit('apps/production/podinfo-values.yaml', '>=1.0.0', '>=6.0.0'),
    expected: ['production flux-system/apps ~ HelmRelease podinfo/podinfo /spec/chart/spec/version'],
  },
  {
    name: 'a new file that is listed',
    make: () => {
      add('apps/base/podinfo/extra.yaml', configMap('extra'));
      edit('apps/base/podinfo/kustomization.yaml', 'resources:\n', 'resources:\n  - extra.yaml\n');
    },
    expected: ['production flux-system/apps + ConfigMap podinfo/extra', 'staging flux-system/apps + ConfigMap podinfo/extra'],
  },
  {
    name: 'a new file that nothing lists',
    make: () => add('apps/base/podinfo/extra.yaml', configMap('extra')),
    expected: [],
  },
  {
    name: 'a removed resource',
    make: () => edit('apps/production/kustomization.yaml', '  - ../base/podinfo\n', ''),
    expected: [
      'production flux-system/apps - HelmRelease podinfo/podinfo pruned',
      'production flux-system/apps - HelmRepository podinfo/podinfo pruned',
      'production flux-system/apps - Namespace podinfo pruned',
    ],
  },
  {
    name: 'a renamed Kustomization',
    make: () => edit('clusters/production/apps.yaml', 'name: apps\n  namespace', 'name: applications\n  namespace'),
    expected: [
      'production flux-system/applications ~ HelmRelease podinfo/podinfo from flux-system/apps pruned',
      'production flux-system/applications ~ HelmRepository podinfo/podinfo from flux-system/apps pruned',
      'production flux-system/applications ~ Namespace podinfo from flux-system/apps pruned',
      'production flux-system/flux-system - Kustomization flux-system/apps pruned',
      'production flux-system/flux-system + Kustomization flux-system/applications from apps',
    ],
  },
  {
    name: 'an object moved between Kustomizations',
    make: () => {
      renameSync(join(directory, 'infrastructure/configs/gateway.yaml'), join(directory, 'infrastructure/controllers/gateway.yaml'));
      edit('infrastructure/configs/kustomization.yaml', '  - gateway.yaml\n', '');
      edit('infrastructure/controllers/kustomization.yaml', 'resources:\n', 'resources:\n  - gateway.yaml\n');
    },
    expected: [
      'production flux-system/infra-controllers ~ Gateway envoy-gateway-system/envoy from flux-system/infra-configs pruned',
      'production flux-system/infra-controllers ~ GatewayClass envoy from flux-system/infra-configs pruned',
      'staging flux-system/infra-controllers ~ Gateway envoy-gateway-system/envoy from flux-system/infra-configs pruned',
      'staging flux-system/infra-controllers ~ GatewayClass envoy from flux-system/infra-configs pruned',
    ],
  },
  {
    name: 'a line of .sourceignore',
    make: () => edit('.sourceignore', '!/infrastructure/\n', '!/infrastructure/\n/apps/production/podinfo-values.yaml\n'),
    expected: [
      "production flux-system/apps ? after the change it does not build, and Flux applies and deletes nothing: failed to get the patch file from path(podinfo-values.yaml): '/production/podinfo-values.yaml' doesn't exist.",
    ],
  },
  {
    name: 'a copy of the ArtifactGenerator',
    make: () => edit('clusters/production/artifacts.yaml', '@monorepo/apps/production/**', '@monorepo/apps/staging/**'),
    expected: [
      'production flux-system/apps ~ HelmRelease podinfo/podinfo /spec/chart/spec/version /spec/values/httpRoute/hostnames/0 /spec/test',
      'production flux-system/flux-system ~ ArtifactGenerator flux-system/flux-system /spec/artifacts/1/copy/1/from',
    ],
  },
  {
    name: 'comments, quotes and the order of keys',
    make: () => {
      edit('apps/base/podinfo/release.yaml', '  # Default values\n', '');
      edit('apps/base/podinfo/release.yaml', 'releaseName: podinfo', 'releaseName: "podinfo"');
      edit('apps/base/podinfo/namespace.yaml', 'apiVersion: v1\nkind: Namespace\n', 'kind: Namespace\napiVersion: v1\n');
    },
    expected: [],
  },
  {
    name: 'a suspended Kustomization',
    make: () => edit('clusters/production/apps.yaml', '  prune: true', '  suspend: true\n  prune: true'),
    expected: ['production flux-system/flux-system ~ Kustomization flux-system/apps /spec/suspend'],
  },
  {
    name: 'the target of a patch',
    make: () => edit('clusters/production/infrastructure.yaml', 'name: letsencrypt', 'name: other'),
    expected: [
      'production flux-system/flux-system ~ Kustomization flux-system/infra-configs /spec/patches/0/target/name',
      'production flux-system/infra-configs ~ ClusterIssuer letsencrypt /spec/acme/server',
    ],
  },
  {
    name: 'a renamed file',
    make: () => {
      renameSync(join(directory, 'apps/base/podinfo/release.yaml'), join(directory, 'apps/base/podinfo/helm-release.yaml'));
      edit('apps/base/podinfo/kustomization.yaml', '- release.yaml', '- helm-release.yaml');
    },
    expected: [],
  },
  {
    name: 'a cluster that goes',
    make: () => rmSync(join(directory, 'clusters/staging'), { recursive: true }),
    expected: [
      'staging flux-system/apps - HelmRelease podinfo/podinfo',
      'staging flux-system/apps - HelmRepository podinfo/podinfo',
      'staging flux-system/apps - Namespace podinfo',
      'staging flux-system/flux-system - ArtifactGenerator flux-system/flux-system',
      'staging flux-system/flux-system - Kustomization flux-system/apps',
      'staging flux-system/flux-system - Kustomization flux-system/infra-configs',
      'staging flux-system/flux-system - Kustomization flux-system/infra-controllers',
      'staging flux-system/infra-configs - ClusterIssuer letsencrypt',
      'staging flux-system/infra-configs - Gateway envoy-gateway-system/envoy',
      'staging flux-system/infra-configs - GatewayClass envoy',
      'staging flux-system/infra-controllers - HelmRelease cert-manager/cert-manager',
      'staging flux-system/infra-controllers - HelmRelease envoy-gateway-system/envoy-gateway',
      'staging flux-system/infra-controllers - Namespace cert-manager',
      'staging flux-system/infra-controllers - Namespace envoy-gateway-system',
      'staging flux-system/infra-controllers - OCIRepository cert-manager/cert-manager',
      'staging flux-system/infra-controllers - OCIRepository envoy-gateway-system/gateway-helm',
    ],
  },
];

describe.runIf(isHere)('an edit reaches exactly', () => {
  it.each(edits)('$name', async ({ make, expected }) => {
    git(directory, 'checkout', '-q', '.');
    git(directory, 'clean', '-fdq');
    make();
    const request = {
      cwd: directory,
      paths: [],
      root: directory,
      clusters: [],
      only: [],
      rules: {},
      repositories: {},
      reportUnusedSuppressions: false,
      plugins: false,
      fixes: [],
      baseline: undefined,
    } as const;
    const result = await analyzeImpact(request, { type: 'since', revision: 'HEAD' });
    expect(linesOf(result)).toEqual(expected);
    const { changedFiles } = result.impact;
    expect(changedFiles.some(({ reaches }) => reaches)).toBe(expected.length > 0);
  });
});
