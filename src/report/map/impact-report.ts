import { fleetMap } from '../../graph/fleet-map.ts';
import type { Impact } from '../../impact/impact.ts';
import type { Fleet } from '../../lint/result.ts';
import { tool } from '../../model/tool.ts';
import type { ImpactReport } from '../impact/impact-report.ts';
import { changeData } from './change-data.ts';
import { mapHtml } from './html.ts';
import { type Judged, mapData } from './map-data.ts';

interface ChangedFleet extends ImpactReport {
  readonly impact: Pick<Impact, 'changedFiles' | 'clusters' | 'unknown' | 'base' | 'head'>;
  readonly sources: Judged['sources'];
  readonly reveal: Judged['reveal'];
  readonly root: string;
  readonly link: Judged['link'];
  readonly fleet: Fleet;
}

/** `impact --format html`: the map of what comes, with what the change brings and takes. */
export const impactHtml = (report: ChangedFleet): string => {
  const judged = { ...report, tool: `${tool.name} ${tool.version}` };
  return mapHtml(changeData(mapData(report.fleet, judged), fleetMap(report.impact.base), report));
};
