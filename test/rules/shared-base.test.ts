import { expect, it } from 'vitest';
import { sarifReport } from '../../src/report/check/sarif.ts';
import { lintTexts } from '../fixture.ts';

const kustomization = (resource: string) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - ${resource}\n`;

const sync = (name: string) => `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: ssh://git@git.example.com/acme/fleet, ref: { branch: main } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec:
  interval: 10m
  path: ./clusters/${name}
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
`;

/** A base that each of forty clusters takes in through an overlay of its own. */
const fleet = Object.fromEntries(
  Array.from({ length: 40 }, (_, index) => `${index % 2 === 0 ? 'prod' : 'staging'}-${index}`).flatMap((name) => [
    [`clusters/${name}/flux-system/gotk-sync.yaml`, sync(name)],
    [`clusters/${name}/kustomization.yaml`, kustomization(`../../overlays/${name}\n  - flux-system/gotk-sync.yaml`)],
    [`overlays/${name}/kustomization.yaml`, kustomization('../../base')],
  ]),
);
const texts = {
  ...fleet,
  'base/kustomization.yaml': kustomization('config.yaml'),
  'base/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: billing\n  namespace: billing\n',
};

it('is one finding for a base that forty overlays use, with the way to production in order', () => {
  const { findings } = lintTexts(texts, { only: ['blast-radius/shared-base'] });
  expect(findings.map(({ location }) => `${location.path}:${location.line}`)).toEqual(['overlays/prod-0/kustomization.yaml:4']);
  const [finding] = findings;
  expect(finding?.reach.clusters).toHaveLength(40);
  expect(finding?.message).toContain('staging and production');
  expect(finding?.message).toContain('40 clusters');
  const way = finding?.related.filter(({ flow }) => flow === 'prod-0').map(({ location }) => `${location.path}:${location.line}`);
  expect(way).toEqual(['clusters/prod-0/flux-system/gotk-sync.yaml:11', 'clusters/prod-0/kustomization.yaml:4']);
});

it('becomes a code flow that ends at the finding', () => {
  const result = lintTexts(texts, { only: ['blast-radius/shared-base'] });
  const log = JSON.parse(sarifReport({ ...result, tool: { name: 'flux-lint', version: '0' }, root: '.', folder: '' }));
  const [flow] = log.runs[0].results[0].codeFlows;
  const places = flow.threadFlows[0].locations.map(
    (step: { location: { physicalLocation: { artifactLocation: { uri: string } } } }) =>
      step.location.physicalLocation.artifactLocation.uri,
  );
  expect(places).toEqual([
    'clusters/prod-0/flux-system/gotk-sync.yaml',
    'clusters/prod-0/kustomization.yaml',
    'overlays/prod-0/kustomization.yaml',
  ]);
});
