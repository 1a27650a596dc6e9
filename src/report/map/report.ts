import type { Fleet } from '../../lint/result.ts';
import type { CheckReport } from '../check/check-report.ts';
import { mapHtml } from './html.ts';
import { mapData } from './map-data.ts';

/** `check --format html` and `map`: the fleet on one page; without a fleet, the findings alone. */
export const htmlReport: CheckReport = (result, { link }) => {
  const judged = { ...result, tool: `${result.tool.name} ${result.tool.version}`, link };
  return mapHtml(mapData(result.fleet?.() ?? noFleet, judged));
};

const noFleet: Fleet = {
  map: { clusters: [], shared: [] },
  locate: ({ path }) => ({ path, line: 1, column: 1, endLine: 1, endColumn: 1 }),
  text: (text) => text,
  fixed: () => [],
};
