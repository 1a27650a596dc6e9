import { describe, expect, it } from 'vitest';
import { imageFieldSpecs, setImages } from '../../../src/kustomize/transform/images.ts';
import { child } from '../../../src/yaml/node.ts';
import { kustomization, resources, values } from '../manifests.ts';

const set = (manifests: string, entry: string) => setImages(resources(manifests), kustomization(entry), imageFieldSpecs);

describe('setImages', () => {
  it.each([
    ['{name: nginx, newTag: "2"}', 'nginx', 'nginx:2'],
    ['{name: nginx, newTag: "2"}', 'nginx:1@sha256:abc', 'nginx:2'],
    ['{name: nginx, newTag: "2"}', 'docker.io/nginx:1', 'docker.io/nginx:1'],
    ['{name: nginx, newTag: "2"}', 'nginx-x:1', 'nginx-x:1'],
    ['{name: ngi.x, newTag: "2"}', 'ngiix:1', 'ngiix:2'],
    ['{name: nginx, digest: "sha256:f"}', 'nginx:1', 'nginx@sha256:f'],
    ['{name: nginx, digest: "sha256:f", newTag: "2"}', 'nginx:1', 'nginx:2@sha256:f'],
    ['{name: nginx, newName: reg:5000/n}', 'nginx:1@sha256:abc', 'reg:5000/n:1@sha256:abc'],
    ['{name: "reg:5000/n", newName: nginx}', 'reg:5000/n@sha256:abc', 'nginx@sha256:abc'],
    ['{name: nginx, tagSuffix: -x}', 'nginx:1@sha256:abc', 'nginx:1-x'],
    ['{name: nginx, tagSuffix: -x}', 'nginx', 'nginx:-x'],
    ['{name: nginx}', 'nginx:1', 'nginx:1'],
    ['{name: nginx, newTag: "2"}', 'nginx:{TAG}', 'nginx:2'],
    ['{name: nginx, newTag: "2"}', 'nginx:$TAG', 'nginx:$TAG'],
  ])('%s makes %s %s', (entry, before, after) => {
    const { resources: result, problems } = set(`{kind: Pipeline, containers: [{image: "${before}"}]}`, entry);
    expect(problems).toEqual([]);
    expect(values(result)).toEqual([{ kind: 'Pipeline', containers: [{ image: after }] }]);
  });

  it('finds containers at any depth, and image volumes', () => {
    const spec = `
      containers: [{image: nginx:1}]
      initContainers: null
      volumes: [{image: {reference: nginx:1}}]
      jobs: [{containers: [{image: nginx:1}, {name: x}]}]
      ephemeralContainers: [{image: nginx:1}]
      image: nginx:1`;
    expect(values(set(`kind: Pipeline\nspec:${spec}`, '{name: nginx, newTag: "2"}').resources)).toEqual([
      {
        kind: 'Pipeline',
        spec: {
          containers: [{ image: 'nginx:2' }],
          initContainers: [],
          volumes: [{ image: { reference: 'nginx:2' } }],
          jobs: [{ containers: [{ image: 'nginx:2' }, { name: 'x' }] }],
          ephemeralContainers: [{ image: 'nginx:1' }],
          image: 'nginx:1',
        },
      },
    ]);
  });

  it('comes to the usual containers twice', () => {
    const { resources: result } = set('{kind: Pod, spec: {containers: [{image: nginx:1}]}}', '{name: nginx, tagSuffix: -x}');
    expect(values(result)).toEqual([{ kind: 'Pod', spec: { containers: [{ image: 'nginx:1-x-x' }] } }]);
  });

  it('leaves definitions and other images alone', () => {
    const all = resources('{kind: CustomResourceDefinition, containers: [{image: nginx:1}]}\n---\n{kind: Pod, containers: [{image: x}]}');
    expect(setImages(all, kustomization('{name: nginx, newTag: "2"}'), imageFieldSpecs).resources).toBe(all);
  });

  it('points at what the entry sets', () => {
    const [pod] = set('{kind: Pod, containers: [{image: nginx:1}]}', '{name: nginx, newTag: "2"}').resources;
    const span = { path: 'kustomization.yaml', start: 22, end: 25 };
    expect(child(pod?.root, 'containers', 0, 'image')).toMatchObject({ span, via: [{ type: 'transformer', at: span, field: 'images' }] });
  });

  it.each([
    ['{kind: Pod, other: {containers: [a]}}', '{name: nginx}', 'wrong node kind: expected MappingNode but got ScalarNode'],
    [
      '{kind: Pod, containers: [{image: {repository: nginx}}]}',
      '{name: nginx}',
      'wrong node kind: expected ScalarNode but got MappingNode',
    ],
    ['{kind: Pod, spec: {containers: 5}}', '{name: nginx}', "considering field 'spec/containers[]/image'"],
    ['{kind: Pod}', '{name: "nginx["}', 'error parsing regexp'],
  ])('rejects %s', (manifests, entry, message) => {
    expect(set(manifests, entry).problems).toMatchObject([{ message: expect.stringContaining(message) }]);
  });
});
