import type { CheckReport } from '../check/check-report.ts';
import { mapHtml } from './html.ts';
import { mapData } from './map-data.ts';

/** `check --format html` and `map`: the fleet on one page; without a fleet, the findings alone. */
export const htmlReport: CheckReport = (result) => {
  const { map, locate } = result.fleet?.() ?? { map: { clusters: [], shared: [] }, locate: undefined };
  const judged = { ...result, tool: `${result.tool.name} ${result.tool.version}` };
  return mapHtml(mapData(map, judged, locate ?? (({ path }) => ({ path, line: 1, column: 1, endLine: 1, endColumn: 1 }))));
};
