import { printObjects } from '../build/yaml.ts';
import type { ExpandReport } from './expand-report.ts';

/** `expand --format yaml`: the objects alone. */
export const expandYaml = ({ generators }: ExpandReport): string =>
  printObjects(generators.flatMap(({ objects }) => objects.map(({ root }) => ({ root, origin: (node) => node }))));
