/** What the page is given: the fleet and the findings, as JSON in a document of its own. */
import type { FleetMap } from '../../graph/fleet-map.ts';
import type { CheckResult } from '../../lint/result.ts';
import type { Location } from '../../model/finding.ts';
import type { Span } from '../../model/span.ts';
import { findingValue } from '../check/json.ts';
import type { CellData, FindingData, KustomizationData, MapData } from './map-shape.ts';

/** What it takes of a result: that of a change has no more. */
export interface Judged extends Pick<CheckResult, 'findings' | 'notJudged' | 'sources'> {
  /** Name and version. */
  readonly tool: string;
  readonly root: string;
}

/** @param locate where a span stands, for people */
export const mapData = (map: FleetMap, result: Judged, locate: (span: Span) => Location): MapData => {
  const place = (span: Span): string => placeOf(locate(span));
  const index = new Map(map.clusters.map(({ name }, position) => [name, position] as const));
  return {
    version: 1,
    tool: result.tool,
    root: result.root,
    clusters: map.clusters.map(({ name, environment, isProtected, directory, kustomizations }) => ({
      name,
      ...(environment === undefined ? {} : { environment }),
      isProtected,
      directory,
      kustomizations: kustomizations.map(
        (each): KustomizationData => ({
          id: each.id,
          at: place(each.at),
          ...(each.parent === undefined ? {} : { parent: each.parent }),
          dependsOn: each.dependsOn,
          ...(each.tenant === undefined ? {} : { tenant: each.tenant }),
          ...(each.isSuspended ? { suspended: true as const } : {}),
          ...(each.target === undefined ? {} : { target: each.target }),
          ...('why' in each.builds ? { why: each.builds.why } : { builds: each.builds.directory }),
          objects: each.objects.map(({ label, at, isGenerated }) => `${isGenerated ? '*' : ''}${label}\t${place(at)}`),
        }),
      ),
    })),
    shared: map.shared.map(({ type, name, environment, cells }) => ({
      type,
      name,
      ...(environment === undefined ? {} : { environment }),
      cells: cells.flatMap(({ cluster, by }): readonly CellData[] => {
        const position = index.get(cluster);
        return position === undefined ? [] : [[position, by]];
      }),
    })),
    findings: result.findings.map((finding): FindingData => {
      const { ruleId, severity, message, hint, url, fingerprint, location, related, reach } = findingValue(finding);
      return {
        ruleId,
        severity,
        message,
        ...(hint === undefined ? {} : { hint }),
        at: placeOf(location),
        ...(url === undefined ? {} : { url }),
        clusters: reach.clusters,
        related: related.map(({ message: why, location: where }) => `${why} (${placeOf(where)})`),
        fingerprint,
        frame: frameOf(result, location),
      };
    }),
    notJudged: result.notJudged.map(({ reason, count, howTo }) => `${reason} (${count})${howTo === undefined ? '' : `. ${howTo}`}`),
  };
};

const placeOf = ({ path, line }: Pick<Location, 'path' | 'line'>): string => `${path}:${line}`;

/** Two lines before and behind, as every report shows them: what is secret is stars. */
const frameOf = ({ sources }: Judged, { path, line }: Pick<Location, 'path' | 'line'>): readonly string[] => {
  const lines = (sources.get(path) ?? '').split(/\r?\n/);
  const from = Math.max(line - 3, 0);
  return lines
    .slice(from, line + 2)
    .map((text, offset) => `${from + offset + 1 === line ? '>' : ' '} ${from + offset + 1}  ${text.slice(0, 200)}`);
};
