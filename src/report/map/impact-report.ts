import { fleetMap, type MapObject } from '../../graph/fleet-map.ts';
import { objectChanges } from '../../impact/impact.ts';
import type { Fleet } from '../../lint/result.ts';
import { tool } from '../../model/tool.ts';
import { type ChangeReport, changeData } from './change-data.ts';
import { mapHtml } from './html.ts';
import { type Judged, mapData } from './map-data.ts';

interface ChangedFleet extends ChangeReport {
  /** Those of `check` in what comes that what was does not have. */
  readonly findings: Judged['findings'];
  readonly sources: Judged['sources'];
  readonly reveal: Judged['reveal'];
  readonly root: string;
  readonly link: Judged['link'];
  readonly fleet: () => Fleet;
}

/** `impact --format html`: the map of what comes, with what the change brings and takes. */
export const impactHtml = (report: ChangedFleet): string => {
  const judged = { ...report, tool: `${tool.name} ${tool.version}` };
  return mapHtml(changeData(mapData(report.fleet(), judged, isChanged(report)), fleetMap(report.impact.base), report));
};

/** What the change touches is what a reader looks at. */
const isChanged = ({ impact }: ChangedFleet): ((object: MapObject, cluster: string) => boolean) => {
  const labels = new Set(
    impact.clusters.flatMap(({ name, kustomizations }) =>
      kustomizations.flatMap(objectChanges).flatMap(({ head }) => (head ? [`${name}\n${impact.head.secrets.text(head.label)}`] : [])),
    ),
  );
  return ({ label }, cluster) => labels.has(`${cluster}\n${label}`);
};
