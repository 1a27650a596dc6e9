import { defineCommand } from '../command.ts';
import * as shared from '../options.ts';
import { colourFor } from '../terminal/colour.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import { writeReport } from '../terminal/output.ts';
import { say } from '../terminal/say.ts';
import { workspaceOptions, workspaceRequest } from '../workspace.ts';

const formats = ['tree', 'json', 'dot', 'mermaid'] as const;

export const graphCommand = defineCommand({
  usage: 'graph [paths..]',
  summary: 'Show what every cluster applies, and what that builds from',
  positional: { name: 'paths', repeatable: true, summary: 'Directories of clusters; none: all of them', completes: 'files' },
  options: {
    ...workspaceOptions,
    ...shared.clusterOption,
    ...shared.formatOption(formats, 'tree'),
    ...shared.outputOption,
    ...shared.colourOption,
  },
  examples: [
    ['flux-lint graph', 'all clusters, as a tree'],
    ["flux-lint graph --cluster 'prod-*' --format mermaid", 'a diagram for a markdown page'],
  ],
  run: async (given, paths, context) => {
    const { io, enter } = context;
    const format = shared.oneOf('--format', given.format ?? 'tree', formats);
    enter('the evaluation');
    const { openGraph } = await import('../../analyze.ts');
    const { graph, paths: places } = await openGraph(workspaceRequest(given, paths, context));
    const { exportGraph } = await import('../../graph/export.ts');
    const { selectClusters } = await import('../../graph/clusters/select-clusters.ts');
    if (graph.clusters.all.length === 0) say(io, 'no cluster was found here. Say under clusters in .flux-lint.yaml where Flux starts.');
    const data = exportGraph(graph, selectClusters(graph.clusters, { globs: given.cluster ?? [], paths: places }));

    enter('the report');
    const text = async (): Promise<string> => {
      switch (format) {
        case 'json':
          return (await import('../../report/graph/json.ts')).graphJson(data);
        case 'dot':
          return (await import('../../report/graph/diagram.ts')).graphDot(data);
        case 'mermaid':
          return (await import('../../report/graph/diagram.ts')).graphMermaid(data);
        case 'tree': {
          const colour = colourFor(io, given.color, given.output !== undefined);
          return (await import('../../report/graph/tree.ts')).graphTree(data, { colour });
        }
        default:
          return format satisfies never;
      }
    };
    writeReport(await text(), given.output, io);
    return exitCodes.done;
  },
});
