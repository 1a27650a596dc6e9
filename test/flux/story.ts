/** Short repositories for tests of what Flux applies: manifests in a line, and what is found of them. */
import { evaluateWorkspace } from '../../src/analyze.ts';
import { type Repository, unknownRepository } from '../../src/files/repository.ts';
import type { Evaluation } from '../../src/flux/evaluation.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { stringAt } from '../../src/yaml/node.ts';
import { type Texts, workspaceOf } from '../fixture.ts';

export const graphOf = (texts: Texts, repository: Partial<Repository> = {}): Graph => {
  const workspace = workspaceOf(texts);
  return evaluateWorkspace({ ...workspace, repository: { ...unknownRepository, ...workspace.repository, ...repository } }).graph;
};

/** `name directory evidence` of every cluster. */
export const clustersIn = (texts: Texts, repository: Partial<Repository> = {}): readonly string[] =>
  graphOf(texts, repository).clusters.all.map(({ name, cluster }) =>
    [name, cluster.root.directory || '.', cluster.root.evidence].join(' '),
  );

/** `cluster namespace/name: objects`, or why they are not known. */
const outline = ({ clusters }: Evaluation): readonly string[] =>
  clusters.flatMap((cluster) =>
    cluster.kustomizations.map(({ namespace, name, target, content }) => {
      const arrow = target === cluster.name ? '' : ` -> ${target}`;
      const what =
        content.type === 'built'
          ? content.objects.map(({ root }) => `${stringAt(root, 'kind')}/${stringAt(root, 'metadata', 'name')}`).join(' ')
          : content.type === 'unknown'
            ? content.why
            : content.type;
      return `${cluster.name} ${namespace}/${name}${arrow}: ${what}`;
    }),
  );

export const appliedIn = (texts: Texts, repository: Partial<Repository> = {}): readonly string[] =>
  outline(graphOf(texts, repository).evaluation);

export const documents = (...all: readonly string[]): string => all.join('---\n');

export const configMap = (name: string, data: Readonly<Record<string, string>> = {}): string =>
  object('v1', 'ConfigMap', name, Object.keys(data).length === 0 ? '' : `data: ${JSON.stringify(data)}\n`);

export const object = (apiVersion: string, kind: string, name: string, rest = ''): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: flux-system\n${rest}`;

export interface Sync {
  readonly source?: string;
  readonly kind?: string;
  /** Lines of its spec. */
  readonly spec?: string;
}

export const kustomization = (
  name: string,
  path: string,
  { source = 'flux-system', kind = 'GitRepository', spec = '' }: Sync = {},
): string =>
  object(
    'kustomize.toolkit.fluxcd.io/v1',
    'Kustomization',
    name,
    `spec:\n  interval: 10m\n  path: ${path}\n  prune: true\n  sourceRef: { kind: ${kind}, name: ${source} }\n${indented(spec)}`,
  );

export const gitRepository = (name: string, url = 'https://git.example/acme/fleet', spec = 'ref: { branch: main }\n'): string =>
  object('source.toolkit.fluxcd.io/v1', 'GitRepository', name, `spec:\n  interval: 1m\n  url: ${url}\n${indented(spec)}`);

export const ociRepository = (name: string, url: string): string =>
  object('source.toolkit.fluxcd.io/v1', 'OCIRepository', name, `spec:\n  interval: 1m\n  url: ${url}\n  ref: { tag: latest }\n`);

export const fluxInstance = (path: string, sync = ''): string =>
  object(
    'fluxcd.controlplane.io/v1',
    'FluxInstance',
    'flux',
    `spec:\n  distribution: { version: 2.x, registry: ghcr.io/fluxcd }\n  sync:\n    kind: GitRepository\n    url: https://git.example/acme/fleet\n    ref: refs/heads/main\n    path: ${path}\n${sync.replace(/^(?=.)/gm, '    ')}`,
  );

/** A kustomization file. */
export const listing = (resources: readonly string[], rest = ''): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources.join(', ')}]\n${rest}`;

/** What `flux bootstrap` leaves in a cluster's folder. */
export const bootstrap = (path: string): Texts => ({
  [`${path}/flux-system/gotk-components.yaml`]: '# Flux version: v2.6.0\n',
  [`${path}/flux-system/gotk-sync.yaml`]: documents(gitRepository('flux-system'), kustomization('flux-system', `./${path}`)),
  [`${path}/flux-system/kustomization.yaml`]: listing(['gotk-components.yaml', 'gotk-sync.yaml']),
});

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');
