/** What the page is given: the fleet and the findings, as JSON in a document of its own. */
import type { FleetMap, MapObject } from '../../graph/fleet-map.ts';
import { type CheckResult, type Fleet, sourceKey } from '../../lint/result.ts';
import type { Location } from '../../model/finding.ts';
import type { Span } from '../../model/span.ts';
import { lineText } from '../place.ts';
import { createFixes } from './fix-data.ts';
import type { CellData, FindingData, KustomizationData, MapData } from './map-shape.ts';
import { createValues, type Values } from './values.ts';

/** What it takes of a result: that of a change has no more. */
export interface Judged extends Pick<CheckResult, 'findings' | 'notJudged' | 'sources' | 'reveal'> {
  /** Name and version. */
  readonly tool: string;
  readonly root: string;
  /** Where files can be read: an address with `{path}` and `{line}`. */
  readonly link?: string | undefined;
}

/** Characters of the page for the values of objects, and for what fixes make: with the rest it is below a megabyte for 250 Kustomizations. */
const rooms = { values: 500_000, fixes: 100_000 } as const;

/** @param isWanted objects that come before others where there is no room for all */
export const mapData = (fleet: Fleet, result: Judged, isWanted: IsWanted = isFound(result)): MapData => {
  const { map, locate, text } = fleet;
  const place = (span: Span): string => lineText(locate(span));
  const index = new Map(map.clusters.map(({ name }, position) => [name, position] as const));
  const values = createValues({ locate, text, room: rooms.values });
  const placeOfValues = placesOfValues(map, values, isWanted);
  const fixes = createFixes({ fixed: fleet.fixed, reveal: result.reveal, room: rooms.fixes });
  return {
    version: 1,
    tool: result.tool,
    root: result.root,
    ...(result.link === undefined ? {} : { link: result.link }),
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
          objects: each.objects.map(
            (object) => `${object.isGenerated ? '*' : ''}${object.label}\t${place(object.at)}\t${placeOfValues(object) ?? ''}`,
          ),
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
      const { ruleId, severity, message, hint, url, fingerprint, location, related, reach } = finding;
      const fix = fixes(finding);
      return {
        ruleId,
        severity,
        message,
        ...(hint === undefined ? {} : { hint }),
        at: lineText(location),
        ...(url === undefined ? {} : { url }),
        clusters: reach.clusters,
        related: related.map(({ message: why, location: where }) => [why, lineText(where)] as const),
        fingerprint,
        frame: frameOf(result, location),
        ...(fix ? { fix } : {}),
      };
    }),
    notJudged: result.notJudged.map(({ reason, count, howTo }) => `${reason} (${count})${howTo === undefined ? '' : `. ${howTo}`}`),
    values: values.data(),
  };
};

type IsWanted = (object: MapObject, cluster: string) => boolean;

/** Those that something was found of: in the file that has them, or by their name. */
const isFound = ({ findings }: Pick<Judged, 'findings'>): IsWanted => {
  const keys = new Set(
    findings.flatMap(({ location, object, reach }) =>
      reach.clusters.flatMap((cluster) => [
        `${cluster}\n${location.path}`,
        ...(object ? [`${cluster}\n${object.kind}/${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`] : []),
      ]),
    ),
  );
  return ({ label, at }, cluster) => keys.has(`${cluster}\n${at.path}`) || keys.has(`${cluster}\n${label}`);
};

/** Those that are wanted get their place first, then the others in the order of clusters. */
const placesOfValues = ({ clusters }: FleetMap, values: Values, isWanted: IsWanted): ((object: MapObject) => number | undefined) => {
  const objects = clusters.flatMap(({ name, kustomizations }) =>
    kustomizations.flatMap((each) => each.objects.map((object) => ({ object, isFirst: isWanted(object, name) }))),
  );
  const places = new Map<MapObject, number | undefined>();
  for (const first of [true, false]) {
    for (const { object, isFirst } of objects) if (isFirst === first) places.set(object, values.add(object.shown()));
  }
  return (object) => places.get(object);
};

/** Two lines before and behind, as every report shows them: what is secret is stars. */
const frameOf = ({ sources }: Judged, location: Pick<Location, 'path' | 'line' | 'repository' | 'revision'>): readonly string[] => {
  const lines = sources.get(sourceKey(location))?.split(/\r?\n/) ?? [];
  const from = Math.max(location.line - 3, 0);
  return lines
    .slice(from, location.line + 2)
    .map((text, offset) => `${from + offset + 1 === location.line ? '>' : ' '} ${from + offset + 1}  ${text.slice(0, 200)}`);
};
