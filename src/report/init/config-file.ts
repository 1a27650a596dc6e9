import { stringify } from 'yaml';
import type { Detected, DetectedCluster, DetectedEnvironment } from '../../graph/detected.ts';
import { documentation } from '../../model/tool.ts';
import { foundBy } from './found-by.ts';

/** What the repository does not tell, and somebody said. */
export interface Decisions {
  /** Nothing but this file makes the directory the root. */
  readonly isRoot: boolean;
  /** Environment → names of clusters that nothing else assigns to it. */
  readonly environments: ReadonlyMap<string, readonly string[]>;
  /** Undefined: as detected. */
  readonly promotion: readonly string[] | undefined;
  readonly isStrict: boolean;
}

export interface ConfigFileInput {
  readonly detected: Detected;
  readonly decisions: Decisions;
  /** Of flux-lint. */
  readonly version: string;
}

/**
 * The text of a `.flux-lint.yaml`. What flux-lint finds by itself stands in comments, ready to be uncommented, since a
 * copy of it would go stale; only what was decided is said. Ends in a newline.
 */
export const configFile = ({ detected, decisions, version }: ConfigFileInput): string => {
  const sections = [
    header(version),
    ...(decisions.isRoot ? ['# This directory is the root, whatever git says.\nroot: true'] : []),
    ...clusters(detected.clusters),
    ...environments(detected.environments, decisions),
    ...tenants(detected),
    ...repositories(detected),
    `# Infos count as warnings.\n${decisions.isStrict ? '' : '# '}extends: strict`,
  ];
  return `${sections.join('\n\n')}\n`;
};

/** unpkg.com serves what npm has, so the address holds without an installation, and for one version for ever. */
const header = (
  version: string,
): string => `# yaml-language-server: $schema=https://unpkg.com/flux-lint@${version}/schemas/config.schema.json
#
# Every key: ${documentation('configuration.md')}
# The keys in comments are what flux-lint found when it wrote this file. It finds them anew in every run: take the "# "
# away only where something else shall hold.`;

const clusters = (all: readonly DetectedCluster[]): readonly string[] => {
  // Another cluster's Flux deploys to a remote one: none starts there.
  const starts = all.filter(({ evidence }) => evidence !== 'remote');
  return starts.length > 0 ? [section('Where Flux starts. Who lists some clusters lists all.', clusterList(starts))] : [];
};

const clusterList = (clusters: readonly DetectedCluster[]): readonly string[] =>
  commented([
    'clusters:',
    ...clusters.flatMap((cluster) => [
      `  - name: ${flow(cluster.name)} # ${oneLine(foundBy(cluster))}`,
      `    path: ${flow(cluster.directory || '.')}`,
    ]),
  ]);

const environments = (found: readonly DetectedEnvironment[], { environments: decided, promotion }: Decisions): readonly string[] => {
  const known = new Set(found.map(({ name }) => name));
  const more = [...decided.keys()]
    .filter((name) => !known.has(name))
    .map((name) => ({ name, clusters: [], isProtected: name === 'production' }));
  const all = [...found, ...more];
  if (all.length === 0) return [];
  const entry = ({ name, clusters, isProtected }: DetectedEnvironment): string => {
    const given = decided.get(name);
    const match = `match: ${flow([...clusters, ...(given ?? [])])}`;
    const line = `${flow(name)}: { ${match}${isProtected ? ', protected: true' : ''} }`;
    return `${given || decided.size === 0 ? '  ' : '  # '}${line}`;
  };
  const map = ['environments:', ...all.map(entry)];
  const order = promotion ? [`promotion: ${flow(promotion)}`] : commented([`promotion: ${flow(found.map(({ name }) => name))}`]);
  return [
    section('Clusters by environment. Rules on production check what is protected.', decided.size === 0 ? commented(map) : map),
    ...(all.length > 1 && (promotion || decided.size === 0) ? [section('A change passes through them in this order.', order)] : []),
  ];
};

const tenants = ({ tenants: found }: Detected): readonly string[] => {
  if (found.length === 0) return [];
  const lines = found.flatMap(({ name, because, kustomizations, namespaces }) => [
    `  - name: ${flow(name)} # because ${oneLine(because)}`,
    `    kustomizations: ${flow(kustomizations)}`,
    ...(namespaces.length > 0 ? [`    namespaces: ${flow(namespaces)}`] : []),
  ]);
  return [section('Whose Kustomizations and namespaces are whose.', commented(['tenants:', ...lines]))];
};

const repositories = ({ unmapped }: Detected): readonly string[] => {
  if (unmapped.length === 0) return [];
  const lines = unmapped.map(({ url }) => `  ${flow(url)}: ${flow(`../${repositoryName(url)}`)}`);
  const why = 'Repositories that are not here: what comes from them is checked where a checkout stands for them. Fill in its directory.';
  return [section(why, commented(['repositories:', ...lines]))];
};

const section = (what: string, lines: readonly string[]): string => [`# ${what}`, ...lines].join('\n');

const commented = (lines: readonly string[]): readonly string[] => lines.map((line) => `# ${line}`);

/** Texts as YAML on one line, whatever is in them. */
const flow = (value: string | readonly string[]): string =>
  typeof value === 'string' ? scalar(value) : `[${value.map(scalar).join(', ')}]`;

const scalar = (text: string): string => {
  if (!/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) {
    return stringify([text], { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trimEnd().slice(1, -1);
  }
  return JSON.stringify(text).replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
};

/** Line separators, too: they end a line, and so a comment, for YAML 1.1 and for editors. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

/** `ssh://git@host/org/billing.git` → `billing`. */
const repositoryName = (url: string): string => /([^/:]+?)(?:\.git)?\/*$/.exec(url)?.[1] ?? 'checkout';
