import type { ChalkInstance } from 'chalk';
import type { Detected, DetectedCluster } from '../../graph/detected.ts';
import { cells } from '../cells.ts';
import { printable } from '../printable.ts';
import { counted, folded } from '../words.ts';
import { foundBy } from './found-by.ts';

/** What was found, for who looks at a repository for the first time: what each thing is, and what shows it. Ends in a newline. */
export const foundText = (detected: Detected, colour: ChalkInstance): string => {
  const paragraphs = [
    clusters(detected, colour),
    ...order(detected, colour),
    tenants(detected, colour),
    ...others(detected, colour),
    ...kept(detected, colour),
  ];
  return `${paragraphs.join('\n\n')}\n`;
};

const clusters = ({ clusters: found, unapplied }: Detected, colour: ChalkInstance): string => {
  const nameless = found.filter(({ environment: verdict }) => verdict === undefined).map(({ name }) => name);
  return [
    colour.bold(`Clusters: ${found.length || 'none'}`),
    ...table(found.map((cluster) => [cluster.name, environment(cluster), foundBy(cluster)])),
    ...(found.length === 0 ? ['No flux bootstrap, no FluxInstance and no folder of clusters: say under clusters where Flux starts.'] : []),
    ...(nameless.length > 0 ? [`Nothing tells the environment of ${printable(folded(nameless, false))}: say it under environments.`] : []),
    ...(found.length > 0 && !found.some(({ isProtected }) => isProtected) ? [unprotected] : []),
    ...(unapplied.length > 0 ? ['Kustomizations that none of these applies:', ...table(unapplied.map((file) => [file]))] : []),
  ].join('\n');
};

const unprotected = 'None is production, so nothing is protected: name the one that is under environments.';

const environment = ({ environment: verdict, isProtected }: DetectedCluster): string =>
  `${verdict?.environment ?? '?'}${isProtected ? ', protected' : ''}`;

const order = ({ environments }: Detected, colour: ChalkInstance): readonly string[] =>
  environments.length > 1 ? [`${colour.bold('Promotion:')} ${printable(environments.map(({ name }) => name).join(', then '))}`] : [];

const tenants = ({ tenants: all }: Detected, colour: ChalkInstance): string => {
  if (all.length === 0) return `${colour.bold('Tenants: none')}`;
  return [
    colour.bold(`Tenants: ${all.length}`),
    ...table(all.map(({ name, kustomizations, because }) => [name, folded(kustomizations, false), `because ${because}`])),
  ].join('\n');
};

const others = ({ unmapped }: Detected, colour: ChalkInstance): readonly string[] => {
  if (unmapped.length === 0) return [];
  const rows = unmapped.map(({ url, kustomizations }) => {
    const where = [...new Set(kustomizations.map(({ cluster }) => cluster))];
    return [url, `${counted(kustomizations.length, 'Kustomization')} on ${folded(where, false)}`];
  });
  const what = 'What they bring is not checked until a checkout stands for them: fill in its directory under repositories.';
  return [[colour.bold(`Other repositories: ${unmapped.length}`), ...table(rows), what].join('\n')];
};

const kept = ({ readers }: Detected, colour: ChalkInstance): readonly string[] => {
  if (readers.length === 0) return [];
  return [
    `${colour.bold('Keep the file out of Flux:')} ${printable(folded(readers, false))} builds every YAML file below the root, and a key in
.flux-lint.yaml would fail that build. Add this line to .sourceignore:
/.flux-lint.yaml`,
  ];
};

const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const shown = rows.map((row) => row.map(printable));
  const widths = (shown[0] ?? []).map((_, column) => Math.max(...shown.map((row) => cells(row[column] ?? ''))));
  return shown.map((row) => {
    const padded = row.map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - cells(cell))));
    return `  ${padded.join('  ').trimEnd()}`;
  });
};
