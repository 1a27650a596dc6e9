/** What a rule's page says beside why it exists: what to do, how to turn it off, when that is right. */
import type { RuleMeta } from '../../lint/rule-meta.ts';
import { prose } from './prose.ts';

/** What to do about a finding. */
export const whatToDo = ({ hint, remedy, fixable }: RuleMeta): string =>
  [
    prose(hint ?? remedy ?? 'Each finding says what is wrong in its own place: change that line.'),
    ...(fixable === undefined
      ? []
      : [`\`flux-lint ${fixable === 'safe' ? '--fix' : '--unsafe-fixes'}\` does it where there is one right answer.`]),
  ].join(' ');

/** Every way to hear less of a rule, from the widest to the narrowest. */
export const howToNarrow = ({ id, severity, options }: RuleMeta): string => {
  const other = severity === 'warning' ? 'info' : 'warning';
  const entry = options === undefined ? other : `[${other}, { ${optionText(options)} }]`;
  return [
    'rules:',
    `  ${id}: off`,
    `  # or: ${id}: ${entry}`,
    'overrides:',
    '  - files: ["apps/legacy/**"]',
    `    rules: { ${id}: off }`,
    '  - environments: [development] # or clusters, or tenants',
    `    rules: { ${id}: ${other} }`,
  ].join('\n');
};

const optionText = ({ properties }: NonNullable<RuleMeta['options']>): string =>
  Object.entries(properties)
    .slice(0, 1)
    .map(([name, schema]) => `${name}: ${JSON.stringify('default' in schema ? schema.default : null)}`)
    .join(', ');

/** One place alone. */
export const suppressionOf = ({ id }: RuleMeta): string => `# flux-lint-disable-next-line ${id} -- why it is right here`;

/** For which Flux it matters. */
export const fluxText = ({ fluxVersion }: RuleMeta): string => fluxVersion ?? 'every Flux 2';

export const whenNot = ({ unless, severity }: RuleMeta): string =>
  prose(
    unless ??
      (severity === 'error'
        ? 'Leave it on: what it finds does not work in the cluster. Where that is meant in one place, say so there.'
        : 'Turn it off where the consequence above is one that you accept everywhere.'),
  );
