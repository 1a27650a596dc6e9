import type { Generated } from '../../generate/generated.ts';
import type { Origin } from '../../model/origin.ts';
import { printObjects } from '../build/yaml.ts';
import { placeText } from '../place.ts';
import { printable } from '../printable.ts';
import { counted } from '../words.ts';
import type { ExpandReport } from './expand-report.ts';

/** `expand` for people: each object as YAML, and behind each field the line that made it. */
export const expandText = ({ generators, locate }: ExpandReport): string => {
  if (generators.length === 0) {
    return 'No generator is here: flux-lint knows ResourceSets, composite resources of Crossplane and root modules of Terraform.\n';
  }
  const place = ({ span }: Origin): string => {
    const { path, line } = locate(span);
    return `${path}:${line}`;
  };
  return generators.map((generator) => generatorText(generator, place, (origin) => placeText(locate(origin.span)))).join('\n');
};

const words = { 'resource-set': 'ResourceSet', crossplane: 'Crossplane', terraform: 'Terraform' } as const satisfies Record<
  Generated['kind'],
  string
>;

type Place = (origin: Origin) => string;

const generatorText = ({ kind, name, at, objects, files = [], gaps, errors }: Generated, place: Place, exact: Place): string => {
  const lines = [
    `# ${words[kind]} ${printable(name)} (${printable(exact(at))}): ${counted(objects.length, 'object')}`,
    ...errors.map((error) => `# error: ${printable(error.message)} (${printable(exact(error.at))})`),
    ...gaps.map((gap) => `# not seen: ${printable(gap.reason)} (${printable(exact(gap.at))})`),
  ];
  const documents = objects.map(({ root, at: line, multiplicity }) => {
    const times = multiplicity === '1' ? '' : `, ${multiplicity === '0..1' ? 'there or not' : 'any number of them'}`;
    return `---\n# ${printable(exact(line))}${times}\n${printObjects([{ root, origin: (node) => node }], { place })}`;
  });
  const written = files.map(({ path, content, repository, at: line }) => {
    const where = repository === undefined ? '' : ` in ${printable(repository)}`;
    return `---\n# file ${printable(path)}${where} (${printable(exact(line))})\n${content.replace(/^/gm, '#   ').replace(/# {3}$/, '')}`;
  });
  return `${lines.join('\n')}\n${documents.join('')}${written.join('')}`;
};
