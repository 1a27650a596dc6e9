import { expect, it } from 'vitest';
import { currentId } from '../../../src/kustomize/resource/resource.ts';
import { replicaFieldSpecs, setReplicas } from '../../../src/kustomize/transform/replicas.ts';
import { child } from '../../../src/yaml/node.ts';
import { kustomization, resources, values } from '../manifests.ts';

const manifests = `
{apiVersion: apps/v1, kind: Deployment, metadata: {name: shop}, spec: {replicas: 1}}
---
{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: shop}}
---
{apiVersion: v1, kind: Service, metadata: {name: shop}}
`;

it('sets the count of all that have the name', () => {
  const { resources: result, problems } = setReplicas(resources(manifests), kustomization('{name: shop, count: 3}'), replicaFieldSpecs);
  expect(problems).toEqual([]);
  expect(values(result).map((value) => Reflect.get(Object(value), 'spec'))).toEqual([{ replicas: 3 }, { replicas: 3 }, undefined]);
  const span = { path: 'kustomization.yaml', start: 20, end: 21 };
  expect(child(result[0]?.root, 'spec', 'replicas')).toMatchObject({ span, via: [{ type: 'transformer', at: span, field: 'replicas' }] });
});

it('knows an object by the names it had', () => {
  const [deployment] = resources(manifests);
  if (!deployment) throw new Error('the test needs an object');
  const renamed = { ...deployment, previous: [{ ...currentId(deployment), name: 'store' }] };
  const { resources: result } = setReplicas([renamed], kustomization('{name: store, count: 3}'), replicaFieldSpecs);
  expect(child(result[0]?.root, 'spec', 'replicas')).toMatchObject({ value: 3 });
});

it('rejects a name that nothing has', () => {
  const all = resources(manifests);
  const specs = [{ group: 'apps', version: '', kind: 'Deployment', path: 'spec/replicas', create: true }];
  const result = setReplicas(all, kustomization('{name: other, count: 3}'), specs);
  expect(result.resources).toBe(all);
  expect(result.problems).toMatchObject([
    {
      at: { span: { start: 7, end: 12 } },
      message: 'resource with name other does not match a config with the following GVK [Deployment.[noVer].apps]',
    },
  ]);
});
