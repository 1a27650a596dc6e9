import { focused, nodeTypes, ofTypes } from '../../graph/focus.ts';
import { UsageError } from '../../model/usage-error.ts';
import { defineCommand } from '../command.ts';
import * as shared from '../options.ts';
import { colourFor } from '../terminal/colour.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import { writeReport } from '../terminal/output.ts';
import { say } from '../terminal/say.ts';
import { workspaceOptions, workspaceRequest } from '../workspace.ts';

/** Diagrams show how things are put together; single objects and files would bury that. */
const drawnTypes = ['cluster', 'source', 'kustomization', 'helmrelease', 'overlay'] as const;

const formats = ['tree', 'json', 'dot', 'mermaid'] as const;

export const graphCommand = defineCommand({
  usage: 'graph [paths..]',
  summary: 'Show what every cluster applies, and what that builds from',
  positional: { name: 'paths', repeatable: true, summary: 'Directories of clusters; none: all of them', completes: 'files' },
  options: {
    ...workspaceOptions,
    ...shared.clusterOption,
    ...shared.formatOption(formats, 'tree'),
    focus: { type: 'string', requiresArg: true, describe: 'Show what is near this path, Kustomization, source or cluster alone' },
    depth: { type: 'number', requiresArg: true, describe: 'How many steps around it [default: 2]' },
    kind: { type: 'string', array: true, requiresArg: true, describe: `Show these alone; repeatable: ${nodeTypes.join(', ')}` },
    ...shared.outputOption,
    ...shared.colourOption,
  },
  examples: [
    ['flux-lint graph', 'all clusters, as a tree'],
    ["flux-lint graph --cluster 'prod-*' --format mermaid", 'a diagram for a markdown page'],
    ['flux-lint graph --focus apps/base --format dot', 'who builds a directory, and what it is made of'],
  ],
  run: async (given, paths, context) => {
    const { io, enter } = context;
    const format = shared.oneOf('--format', given.format ?? 'tree', formats);
    const depth = given.depth ?? 2;
    if (!Number.isInteger(depth) || depth < 0) throw new UsageError('--depth takes a number of steps', 'Such as --depth 2.');
    if (given.depth !== undefined && given.focus === undefined) throw new UsageError('--depth goes with --focus', 'Say around what.');
    const kinds = (given.kind ?? []).map((kind) => shared.oneOf('--kind', kind, nodeTypes));
    enter('the evaluation');
    const { openGraph } = await import('../../analyze.ts');
    const { graph, paths: places } = await openGraph(workspaceRequest(given, paths, context));
    const { exportGraph } = await import('../../graph/export.ts');
    const { selectClusters } = await import('../../graph/clusters/select-clusters.ts');
    if (graph.clusters.all.length === 0) say(io, 'no cluster was found here. Say under clusters in .flux-lint.yaml where Flux starts.');
    const whole = exportGraph(graph, selectClusters(graph.clusters, { globs: given.cluster ?? [], paths: places }));
    const near = given.focus === undefined ? whole : focused(whole, { name: given.focus, depth });
    const data = kinds.length > 0 ? ofTypes(near, kinds) : format === 'dot' || format === 'mermaid' ? ofTypes(near, drawnTypes) : near;

    enter('the report');
    const text = async (): Promise<string> => {
      switch (format) {
        case 'json':
          return (await import('../../report/graph/json.ts')).graphJson(data);
        case 'dot':
          return (await import('../../report/graph/dot.ts')).graphDot(data);
        case 'mermaid':
          return (await import('../../report/graph/mermaid.ts')).graphMermaid(data);
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
