import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../../src/kube/schema/kubernetes');
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe("the tables of Kubernetes' kinds", () => {
  it('are small', () => {
    expect(gzipSync(text('types.json')).length + gzipSync(text('kinds.json')).length).toBeLessThan(120_000);
  });

  it('hold names and types, and no sentence', () => {
    const { kinds, types } = JSON.parse(text('types.json'));
    for (const fields of Object.values<Readonly<Record<string, string>>>(types)) {
      for (const field of Object.values(fields)) {
        expect(field).toMatch(/^[[{]*[\w.*-]+( by [\w,]+)?( set)?( required)?( since \d+)?( until \d+)?$/);
      }
    }
    for (const type of Object.values<string>(kinds)) expect(types).toHaveProperty([type]);
    for (const versions of Object.values<string>(JSON.parse(text('kinds.json')).kinds)) {
      expect(versions).toMatch(/^(Namespaced|Cluster)( v\d+((alpha|beta)\d+)?(>\d+)?(<\d+=?)?)+$/);
    }
  });

  it('know what holds what', () => {
    const { types } = JSON.parse(text('types.json'));
    expect(types['core.v1.Container']).toMatchObject({ name: 's required', env: '[core.v1.EnvVar by name', resources: expect.anything() });
    expect(types['core.v1.ResourceRequirements']).toMatchObject({ limits: '{q', requests: '{q' });
    expect(types['apps.v1.DeploymentSpec']).not.toHaveProperty('replica');
  });
});
