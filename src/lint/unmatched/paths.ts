import { pathGlobs } from '../../config/path-globs.ts';
import { directoriesIn } from '../../files/composed.ts';
import type { Files } from '../../files/files.ts';
import { isSameRepository } from '../../flux/source/source-url.ts';
import type { Graph } from '../../graph/graph.ts';
import { type Severity, severityRank } from '../../model/severity.ts';
import { listKeys, matching, type UnmatchedEntry } from './entry.ts';
import { hintOf, meantGlob } from './meant.ts';

export interface PathsInput {
  readonly graph: Graph;
  /** The root's own. */
  readonly files: Files;
  /** Paths in mapped checkouts and other revisions, of which findings speak, too. */
  readonly elsewhere: () => readonly string[];
  /** The severity of a rule where no override speaks. */
  readonly usualSeverity: (ruleId: string) => Severity | 'off';
}

/**
 * Globs of `ignore` and `overrides` that match no file. What they were to ignore is reported all the same, so they are
 * mostly left over; an override that makes a rule stricter, and holds nowhere, weighs.
 */
export const unmatchedPaths = ({ graph, files, elsewhere, usualSeverity }: PathsInput): readonly UnmatchedEntry[] => {
  const { ignore, overrides, repositories } = graph.config;
  if (ignore.length + overrides.length === 0) return [];
  // A checkout that is mapped and not here may have what is meant.
  if (graph.sources.unmapped().some(({ url }) => repositories.some((mapped) => isSameRepository(mapped.url, url)))) return [];
  const paths = [...files.paths, ...elsewhere()];
  const isIdle = (glob: string) => !paths.some(pathGlobs([glob])) && files.uncommitted(glob.replace(/\/+$/, '')) !== 'ignored';
  const idle = (keys: UnmatchedEntry['keys'], globs: readonly string[]): readonly UnmatchedEntry[] =>
    globs.flatMap((glob, index) => {
      if (!isIdle(glob)) return [];
      const meant = meantPath(glob, files);
      return { keys: [...keys, index], message: `"${glob}" matches no file.`, hint: hintOf(meant, '', []), weighs: meant !== undefined };
    });

  return [
    ...idle(['ignore'], ignore),
    ...overrides.flatMap(({ files: globs, rules }, index) => {
      const keys = ['overrides', index, 'files'];
      const stricter = rules.find(({ rule, severity }) => isStricter(severity, usualSeverity(rule)));
      if (stricter === undefined || globs.length === 0 || !globs.every(isIdle)) return idle(keys, globs);
      const meant = globs.map((glob) => meantPath(glob, files)).find((glob) => glob !== undefined);
      return {
        keys: listKeys(keys, globs),
        message: `${matching(globs, 'no file')}. ${stricter.rule} is nowhere as strict as this asks for.`,
        hint: hintOf(meant, '', []),
        weighs: true,
      };
    }),
  ];
};

const isStricter = (severity: Severity | 'off', usual: Severity | 'off'): boolean =>
  severity !== 'off' && (usual === 'off' || severityRank(severity) < severityRank(usual));

const meantPath = (glob: string, files: Files): string | undefined =>
  meantGlob(glob.replace(/\/+$/, ''), [...directoriesIn(files), ...files.paths]);
