/** What is in force where the cursor stands, cluster by cluster, and who made it so. */
import type { Hover } from 'vscode-languageserver-protocol';
import { type Layer, type ObjectAnswer, whyObject } from '../graph/why-object.ts';
import { objectName } from '../model/object-ref.ts';
import type { Span } from '../model/span.ts';
import { layerWords } from '../report/why/object.ts';
import type { Node } from '../yaml/node.ts';
import { configurationText, isConfiguration } from './completion/configuration.ts';
import { fieldText } from './completion/fields.ts';
import type { Analysis } from './session/session.ts';
import { namedFilesAt } from './subject/named-file.ts';
import { patchedByFile } from './subject/patched.ts';
import { rangeOf } from './subject/place.ts';
import { referencesAt, targetSpans } from './subject/references.ts';
import { documentAt, type Subject } from './subject/subject.ts';
import { variableAt } from './subject/variables.ts';

export const hoverAt = (analysis: Analysis, subject: Subject, offset: number): Hover | undefined => {
  const parts = [
    isConfiguration(subject.path) ? configurationText(subject.keys) : fieldText(subject),
    variableText(analysis, subject, offset),
    referenceText(analysis, subject),
    fileText(analysis, subject),
    valueText(analysis, subject),
  ];
  const value = parts.filter((part) => part !== undefined).join('\n\n---\n\n');
  if (value === '') return undefined;
  const place = analysis.sources.location((subject.key ?? subject.node).span);
  return { contents: { kind: 'markdown', value }, range: rangeOf(place) };
};

const variableText = (analysis: Analysis, subject: Subject, offset: number): string | undefined => {
  const variable = variableAt(analysis, subject, offset);
  if (!variable) return undefined;
  if (variable.values.length === 0) return `\`${variable.name}\`: no Kustomization that builds this gives it a value`;
  const lines = variable.values.map(({ cluster, text, at }) => `- **${cluster}**: ${code(text ?? '?')} (${placeText(analysis, at)})`);
  return [`\`${variable.name}\` is`, '', ...new Set(lines)].join('\n');
};

const referenceText = (analysis: Analysis, subject: Subject): string | undefined => {
  const lines = referencesAt(analysis, subject).map((reference) => {
    const [target] = targetSpans(analysis, reference);
    return `- **${reference.cluster}**: ${objectName(reference.wanted)}${target ? ` (${placeText(analysis, target)})` : ', which is not in this repository'}`;
  });
  return lines.length === 0 ? undefined : ['refers to', '', ...new Set(lines)].join('\n');
};

/** What a path means, and who builds what is there. */
const fileText = (analysis: Analysis, subject: Subject): string | undefined => {
  const lines = namedFilesAt(analysis, subject).map(({ path, files }) => {
    const builders = files.flatMap((file) => analysis.graph.reach.ways(file).map(({ kustomization }) => kustomization.target));
    const clusters = [...new Set(builders)].sort();
    return `${code(path || '.')}${clusters.length === 0 ? '' : `, built for ${clusters.join(', ')}`}`;
  });
  if (lines.length < 2) return lines.length === 0 ? undefined : `is ${lines[0]}`;
  return ['is', '', ...lines.map((line) => `- ${line}`)].join('\n');
};

/** A field's value in each cluster; clusters with the same answer stand on one line. */
const valueText = (analysis: Analysis, subject: Subject): string | undefined => {
  const { pointer } = subject;
  const objects = subject.objects.length > 0 ? subject.objects : patchedByFile(analysis, subject);
  if (pointer === '' || objects.length === 0) return undefined;
  const names = [...new Set(objects.map(({ label }) => label))];
  const answers = names.flatMap((name) => whyObject(analysis.graph, { name, pointer, documentAt: (span) => documentAt(analysis, span) }));
  const groups = new Map<string, string[]>();
  for (const answer of answers) {
    if (!objects.some(({ root }) => root === answer.object.root)) continue;
    const isSecret = answer.object.kind === 'Secret' && /^\/(data|stringData)(\/|$)/.test(pointer);
    const text = answerText(analysis, answer, isSecret ? () => code('***') : (node) => shown(analysis, node));
    // A document may become several objects of one cluster.
    const where = names.length > 1 ? `${answer.cluster} (${answer.object.label})` : answer.cluster;
    groups.set(text, [...(groups.get(text) ?? []), where]);
  }
  if (groups.size === 0) return undefined;
  return [`\`${pointer}\``, '', ...[...groups].map(([text, clusters]) => `- **${[...new Set(clusters)].join(', ')}**: ${text}`)].join('\n');
};

type Show = (node: Node) => string;

const answerText = (analysis: Analysis, { field, layers }: ObjectAnswer, show: Show): string => {
  const state = field?.state === 'absent' ? 'not there' : field?.value ? show(field.value) : 'unknown';
  return [state, ...layers.map((layer) => `    - ${layerText(analysis, layer, show)}`)].join('\n');
};

const layerText = (analysis: Analysis, { type, at, value }: Layer, show: Show): string =>
  `${layerWords[type]} ${placeText(analysis, at)}${value ? `: ${show(value)}` : ''}`;

const shown = ({ graph }: Analysis, node: Node): string => {
  switch (node.type) {
    case 'scalar':
      return code(graph.secrets.text(node.text));
    case 'unknown':
      return `unknown: ${node.why}`;
    case 'list':
      return `a list of ${node.items.length}`;
    case 'map':
      return `a map of ${node.entries.length}`;
    default:
      return node satisfies never;
  }
};

/** Whatever a file holds is text, and no markup. */
const code = (text: string): string =>
  `\`${(text.length > 200 ? `${text.slice(0, 200)}…` : text).replaceAll('`', "'").replace(/\s+/g, ' ')}\``;

const placeText = ({ sources }: Analysis, span: Span): string => {
  const { path, line } = sources.location(span);
  return code(`${path}:${line}`);
};
