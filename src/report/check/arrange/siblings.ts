/** One edit in sibling files, such as `istio.yaml` of six clusters: read once, with six places. */
import { united } from '../../../lint/aggregate/one-cause.ts';
import { type CheckResult, sourceKey } from '../../../lint/result.ts';
import type { Finding, Location } from '../../../model/finding.ts';
import { grouped } from '../../../model/grouped.ts';

/** A finding as it is told, and where else the same is to be done. */
export interface Told {
  readonly finding: Finding;
  /** In files of the same name. */
  readonly elsewhere: readonly Location[];
}

/**
 * Findings that say the same of the same line in files of one name become one that reaches what all of them reach. What
 * differs by the directory or the cluster alone is the same. The order is that of the first ones.
 */
export const withSiblings = (findings: readonly Finding[], { sources }: Pick<CheckResult, 'sources'>): readonly Told[] => {
  const seen = new Map<string, number>();
  const keyOf = (finding: Finding): string => {
    const key = JSON.stringify([likeness(finding), lineOf(finding.location, sources)]);
    const inFile = `${finding.location.repository ?? ''} ${finding.location.path} ${key}`;
    const ordinal = seen.get(inFile) ?? 0;
    seen.set(inFile, ordinal + 1);
    return `${key} ${ordinal}`;
  };
  return [...grouped(findings, keyOf).values()].map(([first, ...others]) => {
    const finding = others.length === 0 ? first : { ...first, reach: united([first, ...others].map(({ reach }) => reach)) };
    return { finding, elsewhere: others.map(({ location }) => location) };
  });
};

/** All that a reader would compare, without the names that the place brings along. */
const likeness = ({ ruleId, severity, message, hint, location, reach, fix, new: isNew }: Finding): readonly unknown[] => {
  const directories = location.path.split('/');
  const file = directories.pop();
  const names = new Set([...directories, ...reach.clusters].filter((name) => name.length > 1));
  // Words of paths and names, so that `prod` is not found in `production`.
  const neutral = (text: string) => text.replace(/[\w-]+/g, (word) => (names.has(word) ? '*' : word)).replace(/\*(?:\/\*)+/g, '*');
  return [ruleId, severity, file, neutral(message), neutral(hint ?? ''), fix?.description, isNew, location.revision];
};

const lineOf = (location: Location, sources: CheckResult['sources']): string | undefined =>
  sources
    .get(sourceKey(location))
    ?.split('\n', location.line)
    .at(location.line - 1)
    ?.trim();
