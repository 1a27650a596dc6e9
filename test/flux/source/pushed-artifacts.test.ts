import { expect, it } from 'vitest';
import { memoryFiles } from '../../../src/files/memory.ts';
import { pushedArtifacts } from '../../../src/flux/source/pushed-artifacts.ts';

const pushesIn = (path: string, text: string) => pushedArtifacts(memoryFiles({ [path]: text })).map(({ url, folder }) => ({ url, folder }));

it.each([
  [
    '.github/workflows/push.yaml',
    '      - run: |\n          flux push artifact oci://r.example/fleet:$(git rev-parse HEAD) \\\n            --path="./deploy" \\\n            --source=x\n',
  ],
  ['.gitlab-ci.yml', 'push:\n  script:\n    - flux push artifact "oci://r.example/fleet:latest" --source x --path deploy/\n'],
  ['Makefile', 'push:\n\tflux push artifact oci://r.example/fleet:dev -f deploy --revision x\n'],
  ['hack/push.sh', 'flux push artifact oci://r.example/fleet:dev \\\n  --revision="$REV" \\\n  --path ./deploy\n'],
  [
    '.github/workflows/folded.yaml',
    '      - run: >-\n          flux push artifact oci://r.example/fleet:x\n            --path=./deploy\n            --source=y\n',
  ],
])('%s says which folder is pushed', (path, text) => {
  const [push, ...others] = pushesIn(path, text);
  expect(others).toEqual([]);
  expect(push?.folder).toBe('deploy');
  expect(push?.url).toMatch(/^oci:\/\/r\.example\/fleet/);
});

it('says nothing of a folder that a variable names, of other commands and of other files', () => {
  expect(pushesIn('Makefile', 'push:\n\tflux push artifact oci://r.example/fleet:dev --path $(DIR)\n')).toEqual([]);
  expect(pushesIn('Makefile', 'tag:\n\tflux tag artifact oci://r.example/fleet:dev --path deploy\n')).toEqual([]);
  expect(pushesIn('README.md', 'flux push artifact oci://r.example/fleet:dev --path deploy\n')).toEqual([]);
  expect(pushesIn('Makefile', 'push:\n\tflux push artifact oci://r.example/fleet:dev --path ../elsewhere\n')).toEqual([]);
});

it('keeps the variables of a URL, which anything may fill', () => {
  const text = '      - run: flux push artifact oci://ghcr.io/${{ github.repository }}/manifests:latest --path=./k8s\n';
  expect(pushesIn('.github/workflows/push.yml', text)).toMatchObject([{ folder: 'k8s' }]);
});
