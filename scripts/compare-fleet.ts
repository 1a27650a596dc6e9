/**
 * Compares what flux-lint says that the clusters of a fleet apply with what kustomize-controller makes of it, object by object.
 *
 *   npm run compare:fleet -- DIR...
 *
 * Each DIR is a checkout. Every Kustomization that flux-lint finds is given to Flux's own libraries as its cluster has it: its object after
 * its parents' patches and variables, the artifact of its source, and the ConfigMaps and Secrets that it takes variables from.
 * Values that only the cluster has are not compared. Prints a table, and where objects differ; never a value, which may be secret. Needs
 * Go and its module proxy once.
 */
import { basename, resolve } from 'node:path';
import { openGraph } from '../src/analyze.ts';
import { createJudge, type Judge, type Judged } from './differential/fleet.ts';
import { openOracle } from './differential/oracle.ts';

interface Row {
  readonly fleet: string;
  readonly judged: readonly Judged[];
}

const main = async (directories: readonly string[]): Promise<number> => {
  const oracle = openOracle();
  if (!oracle) {
    console.log('compare:fleet: skipped, the Go program cannot be built here');
    return 0;
  }
  const rows: Row[] = [];
  const judge = createJudge(oracle);
  for (const directory of directories) rows.push(await compareFleet(directory, judge));
  oracle.close();
  console.log(table(rows).join('\n'));
  return rows.some(({ judged }) => judged.some(({ type }) => type === 'different')) ? 1 : 0;
};

const compareFleet = async (directory: string, judge: Judge): Promise<Row> => {
  const { graph } = await openGraph({ cwd: resolve(directory), paths: [], repositories: {} });
  const judged: Judged[] = [];
  for (const cluster of graph.evaluation.clusters) {
    for (const kustomization of cluster.kustomizations) {
      const verdict = await judge(kustomization, cluster);
      judged.push(verdict);
      if (verdict.type !== 'different') continue;
      console.log(`${basename(directory)}: ${cluster.name} ${kustomization.namespace}/${kustomization.name}`);
      for (const place of verdict.places.slice(0, 10)) console.log(`  ${place}`);
    }
  }
  return { fleet: basename(directory), judged };
};

const table = (rows: readonly Row[]): readonly string[] => [
  '| fleet | Kustomizations | objects | equal | of these with values of the cluster | both refuse | different | not comparable |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
  ...[...rows, { fleet: 'together', judged: rows.flatMap(({ judged }) => judged) }].map(line),
];

const line = ({ fleet, judged }: Row): string => {
  const equal = judged.flatMap((each) => (each.type === 'equal' ? [each] : []));
  const reasons = judged.flatMap((each) => (each.type === 'not comparable' ? [each.why] : []));
  const counted = [...new Set(reasons)].sort().map((why) => `${reasons.filter((other) => other === why).length} ${why}`);
  const count = (type: Judged['type']) => judged.filter((each) => each.type === type).length;
  const objects = equal.reduce((sum, each) => sum + each.objects, 0);
  const open = equal.filter(({ isOpen }) => isOpen).length;
  const cells = [fleet, judged.length, objects, equal.length, open, count('both refuse'), count('different'), counted.join(', ')];
  return `| ${cells.join(' | ')} |`;
};

process.exitCode = await main(process.argv.slice(2));
