import type { GraphData } from '../../graph/export.ts';

/** `graph --format json` of the contract. */
export const graphJson = ({ nodes, edges, assumed }: GraphData): string =>
  `${JSON.stringify({ version: 1, nodes, edges, assumed }, null, 2)}\n`;
