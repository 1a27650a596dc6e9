import { describe, expect, it } from 'vitest';
import { evaluateWorkspace } from '../../../src/analyze.ts';
import { workspaceOf } from '../../fixture.ts';

const cluster = (name: string) => ({ [`clusters/${name}/flux-system/gotk-sync.yaml`]: '# written by flux bootstrap\n' });

const minors = (texts: Readonly<Record<string, string>>) => {
  const { clusters } = evaluateWorkspace(workspaceOf(texts)).graph;
  return Object.fromEntries(clusters.all.map(({ name }) => [name, clusters.kubernetesMinor(name)]));
};

const plan = (name: string, version: string) => `apiVersion: upgrade.cattle.io/v1
kind: Plan
metadata: { name: ${name}, namespace: system-upgrade }
spec: { version: "${version}" }
`;

const talos = 'clusterName: prod\ntalosVersion: v1.9.1\nkubernetesVersion: v1.32.0\n';
const machine = 'version: v1alpha1\nmachine:\n  kubelet:\n    image: ghcr.io/siderolabs/kubelet:v1.31.1\ncluster:\n  clusterName: prod\n';
const eksctl = 'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata:\n  name: prod\n  region: eu-west-1\n  version: "1.33"\n';
const kind =
  'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nnodes:\n  - role: control-plane\n    image: kindest/node:v1.34.0@sha256:0\n';
const k3d = 'apiVersion: k3d.io/v1alpha5\nkind: Simple\nmetadata:\n  name: prod\nimage: rancher/k3s:v1.31.4-k3s1\n';
const terraform = 'module "eks" {\n  source = "terraform-aws-modules/eks/aws"\n  cluster_version = "1.33"\n}\n';

describe('the Kubernetes of a cluster', () => {
  it.each([
    ['talhelper', { 'talos/talconfig.yaml': talos }, '1.32'],
    ["Talos' machine configuration", { 'talos/controlplane.yaml': machine }, '1.31'],
    ['eksctl', { 'eks/cluster.yaml': eksctl }, '1.33'],
    ['kind', { 'hack/kind.yaml': kind }, '1.34'],
    ['k3d', { 'hack/k3d.yaml': k3d }, '1.31'],
    ['Terraform', { 'infra/eks.tf': terraform }, '1.33'],
    ['a Plan of k3s', { 'clusters/prod/plan.yaml': plan('server', 'v1.31.4+k3s1') }, '1.31'],
    ['a Plan of Talos itself', { 'clusters/prod/plan.yaml': plan('talos', 'v1.9.1') }, undefined],
    ['two that do not agree', { 'talos/talconfig.yaml': talos, 'infra/eks.tf': terraform }, undefined],
    ['a variable', { 'infra/eks.tf': 'cluster_version = var.version\n' }, undefined],
    ['the configuration', { '.flux-lint.yaml': 'kubernetesVersion: "v1.30.2"\n', 'talos/talconfig.yaml': talos }, '1.30'],
  ])('is shown by %s', (_, texts, minor) => {
    expect(minors({ ...cluster('prod'), ...texts })).toEqual({ prod: minor });
  });

  it('is that of the cluster which a file names or lies beside', () => {
    const texts = { ...cluster('prod'), ...cluster('dev'), 'talos/talconfig.yaml': talos, 'infra/dev/eks.tf': terraform };
    expect(minors(texts)).toEqual({ dev: '1.33', prod: '1.32' });
  });

  it('is told by Cluster API, for a cluster that another one makes', () => {
    const api = `apiVersion: cluster.x-k8s.io/v1beta1
kind: Cluster
metadata: { name: spoke, namespace: clusters }
spec: { topology: { version: v1.33.2, class: default } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: clusters }
spec: { path: ./apps, prune: true, interval: 1h, sourceRef: { kind: GitRepository, name: flux-system }, kubeConfig: { secretRef: { name: spoke-kubeconfig } } }
`;
    expect(minors({ ...cluster('hub'), 'clusters/hub/spoke.yaml': api })).toEqual({ hub: undefined, spoke: '1.33' });
  });
});
