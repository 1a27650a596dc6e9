/** What the editor can ask for by name: it gets a text, and shows it as a document. */
import { Chalk } from 'chalk';
import { evaluateChange } from '../analyze-change.ts';
import { openComparison } from '../files/open-comparison.ts';
import { maskedObjects } from '../graph/secrets/masked-objects.ts';
import { why } from '../graph/why.ts';
import type { Origin } from '../model/origin.ts';
import { printObjects } from '../report/build/yaml.ts';
import { impactText } from '../report/impact/text.ts';
import { whyText } from '../report/why/text.ts';
import type { Node } from '../yaml/node.ts';
import type { Analysis, Session } from './session/session.ts';
import { documentsIn, objectsOf } from './subject/subject.ts';

/** Opens a page outside the editor. */
export const openCommand = 'flux-lint.open';

export const commands: readonly string[] = ['flux-lint.why', 'flux-lint.objects', 'flux-lint.showObject', 'flux-lint.impact', openCommand];

/** What clusters get of one document of a file; several names where it is built in several ways. */
export interface ObjectInFile {
  /** `Kind/namespace/name`. */
  readonly name: string;
  /** Of its document, from 1. */
  readonly line: number;
  readonly endLine: number;
  readonly clusters: readonly string[];
}

interface Asked {
  readonly session: Session;
  readonly analysis: Analysis;
  /** The file that the command was called in. */
  readonly path: string;
}

const colour = new Chalk({ level: 0 });

/** @param given what stands behind the file: the name of an object, of a cluster */
export const runCommand = (command: string, given: readonly unknown[], asked: Asked): string | readonly ObjectInFile[] => {
  const [first, second] = given.map((each) => (typeof each === 'string' ? each : undefined));
  switch (command) {
    case 'flux-lint.why':
      return whyFile(asked, first);
    case 'flux-lint.objects':
      return objectsInFile(asked);
    case 'flux-lint.showObject':
      return effectiveObject(asked, first, second);
    case 'flux-lint.impact':
      return impactOfBuffers(asked);
    default:
      return `flux-lint has no command ${command}`;
  }
};

/** How a file gets to its clusters: the one that is named, else the one that is open. */
const whyFile = ({ analysis: { graph, files, sources }, path }: Asked, named: string | undefined): string => {
  const file = named !== undefined && files.entry(named) !== undefined ? named : path;
  return whyText({ path: file, line: undefined, locate: sources.location, ...why(graph, { path: file }) }, { colour });
};

const objectsInFile = ({ analysis, path }: Asked): readonly ObjectInFile[] => {
  const { graph, sources } = analysis;
  return documentsIn(analysis, path).flatMap(({ root }) => {
    if (!root) return [];
    const { line, endLine } = sources.location(root.span);
    const clusters = new Map<string, string[]>();
    for (const { label, cluster } of objectsOf(graph, root)) clusters.set(label, [...(clusters.get(label) ?? []), cluster]);
    return [...clusters].map(([name, each]) => ({ name, line, endLine, clusters: each }));
  });
};

/** An object as Flux applies it, each field with its line; in every cluster, or in the one that is named. */
const effectiveObject = ({ analysis: { graph, sources } }: Asked, name: string | undefined, cluster: string | undefined): string => {
  const views = graph.clusters.all
    .filter((each) => cluster === undefined || each.name === cluster)
    .flatMap(({ objects }) => objects.filter(({ label }) => label === name));
  if (views.length === 0) return `No cluster here has ${name ?? 'it'}.\n`;
  const place = ({ span }: Origin) => {
    const { path, line } = sources.location(span);
    return `${path}:${line}`;
  };
  return views
    .map(({ cluster: name, root }) => {
      const objects = maskedObjects([root]).map((shown) => ({ root: shown, origin: (node: Node) => node }));
      return `# ${name}\n${graph.secrets.text(printObjects(objects, { place }))}`;
    })
    .join('---\n');
};

/** What the buffers come to against the last commit, saved or not. */
const impactOfBuffers = ({ session, analysis }: Asked): string => {
  const { workspace, unsaved } = session.now();
  const comparison = openComparison({
    directory: session.root,
    worktree: analysis.files,
    range: { type: 'since', revision: 'HEAD' },
    unsaved,
  });
  const { base, head, headFiles, baseFiles, basePrefix, changes } = comparison;
  const workspaces = { base: { ...workspace, files: baseFiles }, head: { ...workspace, files: headFiles } };
  const { impact } = evaluateChange({ workspaces, revision: base, basePrefix, changes });
  const report = { impact, base, head, findings: [], notJudged: analysis.result.notJudged };
  return impactText(report, { colour, verbose: false, quiet: false });
};
