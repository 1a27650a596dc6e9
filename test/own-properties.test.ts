/**
 * A text of a repository may be `constructor` or `__proto__`, which every plain object has. What is looked up by such a
 * text is a Map; and where a record must be (JSON Schemas, what Ajv reads), `Object.hasOwn` is asked first.
 */
import { readFileSync } from 'node:fs';
import fastGlob from 'fast-glob';
import { expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { lintTexts } from './fixture.ts';

const tables = (text: string): readonly string[] =>
  [...text.matchAll(/^(?:export )?const (\w+): Readonly<Record<string,/gm)].flatMap(([, name]) => name ?? []);

it('no table is a plain object', () => {
  // Read through `own`, which asks first.
  const known = ['src/kustomize/file/merge-schema.ts: kinds', 'src/kustomize/file/merge-schema.ts: specOf'];
  const found = fastGlob
    .sync(['src/**/*.ts', 'rules/**/*.ts'])
    .sort()
    .flatMap((path) => tables(readFileSync(path, 'utf8')).map((name) => `${path}: ${name}`));
  expect(found).toEqual(known);
  expect(tables('const words: Readonly<Record<string, string>> = {};\n')).toEqual(['words']);
});

const words = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', 'isPrototypeOf'];

it.each(words)('%s is a word like any other, wherever a text may stand', (word) => {
  const texts = {
    'clusters/prod/all.yaml': `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: https://git.example.com/acme/fleet, ref: { branch: main } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./clusters/prod, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${word}, namespace: ${word}, labels: { ${word}: ${word} } }
spec:
  interval: 10m
  path: ./apps
  prune: true
  targetNamespace: ${word}
  sourceRef: { kind: ${word}, name: ${word} }
  dependsOn: [{ name: ${word} }]
  postBuild: { substitute: { ${word}: ${word} }, substituteFrom: [{ kind: ${word}, name: ${word} }] }
  ${word}: ${word}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 10m
  path: ./apps
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
  postBuild: { substitute: { ${word}: ${word} } }
`,
    'apps/kustomization.yaml': `
${word}: ${word}
resources: [odd.yaml]
generators: [plugin.yaml]
configMapGenerator: [{ name: ${word}, literals: [${word}=${word}], behavior: ${word} }]
labels: [{ pairs: { ${word}: ${word} }, includeSelectors: true }]
images: [{ name: ${word}, newTag: ${word} }]
replacements:
  - source: { kind: ${word}, name: ${word}, fieldPath: ${word} }
    targets: [{ select: { kind: ${word} }, fieldPaths: [${word}, metadata.${word}], options: { create: true } }]
patches:
  - target: { kind: ${word}, name: ${word} }
    patch: |
      - { op: add, path: /${word}, value: ${word} }
  - patch: |
      apiVersion: v1
      kind: ${word}
      metadata: { name: ${word} }
      ${word}: { ${word}: ${word} }
`,
    'apps/plugin.yaml': `apiVersion: builtin\nkind: ${word}\nmetadata: { name: ${word} }\n`,
    'apps/odd.yaml': `
apiVersion: v1
kind: ${word}
metadata: { name: ${word}, namespace: ${word}, annotations: { ${word}: ${word} } }
${word}: { ${word}: ${word} }
---
apiVersion: ${word}/v1
kind: ${word}
metadata: { name: ${word}-two }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${word}s.acme.example }
spec:
  group: acme.example
  names: { kind: ${word}, plural: ${word}s }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          required: [${word}]
          properties: { ${word}: { type: string, format: ${word} } }
---
apiVersion: acme.example/v1
kind: ${word}
metadata: { name: ${word}-three, namespace: default }
${word}: "\${${word}}"
`,
  };
  const { failed, rules: ran } = lintTexts(texts);
  expect(failed).toEqual([]);
  expect(ran.length).toBeGreaterThan(rules.length / 2);
});
