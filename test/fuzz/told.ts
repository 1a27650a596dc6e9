/** Everything that flux-lint can say of a repository, as texts: what must hold of each is asked in one place. */
import { Chalk } from 'chalk';
import type { Evaluated } from '../../src/analyze.ts';
import { buildCluster } from '../../src/cli/command/build-cluster.ts';
import { expanded } from '../../src/expand.ts';
import { exportGraph } from '../../src/graph/export.ts';
import { why } from '../../src/graph/why.ts';
import { whyObject } from '../../src/graph/why-object.ts';
import type { CheckResult } from '../../src/lint/result.ts';
import { githubReport } from '../../src/report/check/github.ts';
import { gitlabReport } from '../../src/report/check/gitlab.ts';
import { jsonReport } from '../../src/report/check/json.ts';
import { junitReport } from '../../src/report/check/junit.ts';
import { markdownReport } from '../../src/report/check/markdown.ts';
import { sarifReport } from '../../src/report/check/sarif.ts';
import { textReport } from '../../src/report/check/text.ts';
import { expandJson } from '../../src/report/expand/json.ts';
import { expandText } from '../../src/report/expand/text.ts';
import { expandYaml } from '../../src/report/expand/yaml.ts';
import { graphDot } from '../../src/report/graph/dot.ts';
import { graphJson } from '../../src/report/graph/json.ts';
import { graphMermaid } from '../../src/report/graph/mermaid.ts';
import { graphTree } from '../../src/report/graph/tree.ts';
import type { ImpactReport } from '../../src/report/impact/impact-report.ts';
import { impactJson } from '../../src/report/impact/json.ts';
import { impactMarkdown } from '../../src/report/impact/markdown.ts';
import { impactText } from '../../src/report/impact/text.ts';
import { whyJson } from '../../src/report/why/json.ts';
import { objectJson, objectText } from '../../src/report/why/object.ts';
import { whyText } from '../../src/report/why/text.ts';
import type { Workspace } from '../../src/workspace.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { wholeFile } from '../../src/yaml/place.ts';
import { planted } from './chance.ts';

/** A text that is JSON, XML, YAML, or for people. */
export interface Told {
  readonly by: string;
  readonly form: 'json' | 'xml' | 'yaml' | 'lines';
  readonly text: string;
}

export const about = { tool: { name: 'flux-lint', version: '0' }, root: '.', folder: '' } as const;

const colour = new Chalk({ level: 0 });
const plain = { colour, width: Number.POSITIVE_INFINITY, verbose: true, quiet: false } as const;

export const checkTold = (result: CheckResult): readonly Told[] => [
  { by: 'check json', form: 'json', text: jsonReport(result) },
  { by: 'check sarif', form: 'json', text: sarifReport(result) },
  { by: 'check gitlab', form: 'json', text: gitlabReport(result) },
  { by: 'check junit', form: 'xml', text: junitReport(result) },
  { by: 'check github', form: 'lines', text: githubReport(result) },
  { by: 'check markdown', form: 'lines', text: markdownReport(result) },
  { by: 'check text', form: 'lines', text: textReport(result, plain) },
  { by: 'check text, narrow', form: 'lines', text: textReport(result, { ...plain, width: 60, verbose: false }) },
];

export const impactTold = (report: ImpactReport): readonly Told[] => [
  { by: 'impact json', form: 'json', text: impactJson(report) },
  { by: 'impact markdown', form: 'lines', text: impactMarkdown(report) },
  { by: 'impact text', form: 'lines', text: impactText(report, { ...plain, links: false }) },
];

/** What the other commands print. */
export const graphTold = ({ files }: Workspace, evaluated: Evaluated): readonly Told[] => {
  const { graph, parse, sources } = evaluated;
  const data = exportGraph(graph, () => true);
  const made = expanded(files, { paths: [], parse });
  const clusters = graph.clusters.all.flatMap(({ name }) =>
    (['yaml', 'json'] as const).flatMap((format): readonly Told[] => {
      const { stdout, stderr } = buildCluster(evaluated, {
        cluster: name,
        kustomization: undefined,
        format,
        origins: true,
        showSecrets: false,
      });
      return [
        { by: `build ${format}`, form: format, text: stdout },
        { by: 'build, aside', form: 'lines', text: stderr },
      ];
    }),
  );
  const ofFiles = files.paths.flatMap((path): readonly Told[] => {
    const report = { ...why(graph, { path }), path, line: undefined, locate: sources.location };
    return [
      { by: 'why json', form: 'json', text: whyJson(report) },
      { by: 'why text', form: 'lines', text: whyText(report, { colour }) },
    ];
  });
  const ofObjects = graph.clusters.all.flatMap(({ objects }) =>
    objects.slice(0, 5).flatMap(({ kind, namespace, name: ownName }): readonly Told[] => {
      const name = [kind, namespace, ownName].filter(Boolean).join('/');
      const answers = ['/stringData', undefined].flatMap((pointer) => whyObject(graph, { name, pointer, documentAt: () => undefined }));
      const report = { name, pointer: undefined, answers, locate: sources.location };
      return [
        { by: 'why OBJECT json', form: 'json', text: objectJson(report) },
        { by: 'why OBJECT text', form: 'lines', text: objectText(report, { colour }) },
      ];
    }),
  );
  return [
    { by: 'graph json', form: 'json', text: graphJson(data) },
    { by: 'graph dot', form: 'lines', text: graphDot(data) },
    { by: 'graph mermaid', form: 'lines', text: graphMermaid(data) },
    { by: 'graph tree', form: 'lines', text: graphTree(data, { colour }) },
    { by: 'expand json', form: 'json', text: expandJson(made) },
    { by: 'expand text', form: 'lines', text: expandText(made) },
    { by: 'expand yaml', form: 'yaml', text: expandYaml(made) },
    ...clusters,
    ...ofFiles,
    ...ofObjects,
  ];
};

const secrets = [planted, Buffer.from(planted).toString('base64')];

/** It parses, has no secret in it, and nothing that a terminal obeys. */
export const judgeTold = ({ by, form, text }: Told): void => {
  if (secrets.some((secret) => text.includes(secret))) throw new Error(`${by} prints a secret: ${text}`);
  if (form === 'json') JSON.parse(text);
  if (form === 'xml' && !isXml(text)) throw new Error(`${by} is no XML: ${text}`);
  if (form === 'yaml' && parseYaml(text, wholeFile('')).problems.length > 0) throw new Error(`${by} is no YAML: ${text}`);
  if (form === 'yaml' && hasControl(text)) throw new Error(`${by} has a control character: ${JSON.stringify(text)}`);
  if (form === 'lines' && /[\p{Cc}\p{Bidi_Control}]/u.test(text.replaceAll('\n', ''))) {
    throw new Error(`${by} has a character that a terminal obeys: ${JSON.stringify(text)}`);
  }
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are looked for
const hasControl = (text: string): boolean => /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text);

/** Elements that close in their order, attributes in quotes, and no character that XML 1.0 has not. */
const isXml = (text: string): boolean => {
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)) return false;
  const open: string[] = [];
  const rest = text
    .replace(/^<\?xml [^?]*\?>/, '')
    .replace(/<(\/?)([\w-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g, (_, closes, name, __, isAlone) => {
      if (closes === '/' && open.pop() !== name) open.push('?');
      if (closes !== '/' && isAlone !== '/') open.push(name);
      return '';
    });
  return open.length === 0 && !/[<>]/.test(rest) && !/&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[\da-f]+);)/i.test(text);
};
