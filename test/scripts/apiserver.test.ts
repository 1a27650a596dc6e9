import { describe, expect, it } from 'vitest';
import { mutated } from '../../scripts/differential/apiserver/mutate.ts';
import { keysIn } from '../../scripts/differential/apiserver/server.ts';
import { createRandom } from '../../scripts/differential/random.ts';

const service = {
  kind: 'Service',
  spec: {
    ports: [
      { name: 'http', port: 80 },
      { name: 'metrics', port: 90 },
    ],
  },
};

describe('compare:apiserver', () => {
  it('makes the same mistake of a seed each time', () => {
    const made = (seed: number) => JSON.stringify(mutated(service, createRandom(seed)));
    const seeds = Array.from({ length: 50 }, (_, seed) => seed);
    expect(seeds.map(made)).toEqual(seeds.map(made));
    expect(new Set(seeds.map(made)).size).toBeGreaterThan(25);
  });

  it.each([
    ['spec.ports[1].name', ['spec', 'ports', '1', 'name']],
    ['.spec.ports[name="metrics"].port', ['spec', 'ports', '1', 'port']],
    ['.spec.ports[port=80,protocol="TCP"].nme', ['spec', 'ports', '0', 'nme']],
    ['data[tls.crt]', ['data', 'tls.crt']],
    ['spec.template.labels', ['spec', 'template', 'metadata', 'labels']],
  ])('reads the field %s', (path, keys) => {
    expect(keysIn(path, service)).toEqual(keys);
  });
});
