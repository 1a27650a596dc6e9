import type { CheckResult, NotJudged, SuppressedFinding } from '../../lint/result.ts';
import type { Finding } from '../../model/finding.ts';
import { severities, severityRank } from '../../model/severity.ts';
import { projectHome } from '../../model/tool.ts';
import { counted } from '../words.ts';
import { inRepository } from './in-repository.ts';
import { pathsOf } from './related.ts';
import { baseIdsOf, locationOf, placeOf } from './sarif/location.ts';
import { levelOf, ruleDescriptor } from './sarif/rule.ts';
import { notJudgedText } from './summary.ts';

/** GitHub reads at most this many results of one run. */
const maxResults = 5000;

/** And this many places on the code flows of one result; ten times as many make it refuse the whole file. */
const maxFlowLocations = 1000;

/** `check --format sarif`: SARIF 2.1.0, one run. Nothing in it depends on the machine or the time. */
export const sarifReport = (given: CheckResult): string => {
  const result = inRepository(given);
  const { reported, cut } = mostSevere([...result.findings.map((finding) => ({ finding })), ...result.suppressed]);
  const ruleIndex = new Map(result.rules.map(({ id }, index) => [id, index] as const));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: result.tool.name,
            semanticVersion: result.tool.version,
            version: result.tool.version,
            informationUri: projectHome,
            rules: result.rules.map(ruleDescriptor),
          },
        },
        automationDetails: { id: 'flux-lint/', description: { text: 'What Flux will make of this repository.' } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [...result.notJudged.map(notJudgedNotification), ...(cut > 0 ? [cutNotification(cut)] : [])],
          },
        ],
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: baseIdsOf(reported.map(({ finding }) => finding)),
        results: reported.map((entry) => resultOf(entry, ruleIndex, result)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

type Reported = { readonly finding: Finding } | SuppressedFinding;

/** All of them in the order given, or where they are too many the most severe; suppressed ones make room for others. */
const mostSevere = (entries: readonly Reported[]) => {
  const cut = Math.max(0, entries.length - maxResults);
  if (cut === 0) return { reported: entries, cut };
  const rank = (entry: Reported) => severityRank(entry.finding.severity) + ('reason' in entry ? severities.length : 0);
  const kept = new Set(entries.toSorted((a, b) => rank(a) - rank(b)).slice(0, maxResults));
  return { reported: entries.filter((entry) => kept.has(entry)), cut };
};

const notJudgedNotification = (entry: NotJudged) => ({ level: 'note', message: { text: notJudgedText(entry, true) } });

const cutNotification = (cut: number) => ({
  level: 'warning',
  message: { text: `${counted(cut, 'result')} of the least severity are left out: at most ${maxResults} are reported.` },
});

const resultOf = (entry: Reported, ruleIndex: ReadonlyMap<string, number>, { suppressed }: CheckResult) => {
  const { finding } = entry;
  const { ruleId, severity, message, hint, related, reach, fingerprint } = finding;
  const others = pathsOf(related).others;
  return {
    ruleId,
    ruleIndex: ruleIndex.get(ruleId),
    level: levelOf(severity),
    message: { text: hint === undefined ? message : `${message} ${hint}` },
    locations: [{ ...locationOf(finding.location), logicalLocations: logicalLocations(finding) }],
    relatedLocations: others.length === 0 ? undefined : others.map((place, id) => ({ id, ...locationOf(place.location, place.message) })),
    codeFlows: codeFlows(finding),
    // GitHub tells alerts apart by the first; the second is our own name for the same.
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'fluxLintFinding/v1': fingerprint },
    baselineState: finding.new === undefined ? undefined : finding.new ? 'new' : 'unchanged',
    // SARIF wants the list on every result as soon as one has it.
    suppressions: suppressed.length === 0 ? undefined : suppressionsOf(entry),
    fixes: fixes(finding),
    properties: { clusters: reach.clusters, environments: reach.environments, tenants: reach.tenants },
  };
};

const logicalLocations = ({ object }: Finding) => {
  if (object === undefined) return undefined;
  const { apiVersion, kind, namespace, name } = object;
  return [{ name, fullyQualifiedName: [apiVersion, kind, namespace, name].filter(Boolean).join('/'), kind: 'resource' }];
};

/** Each path by which a cluster reaches the finding, ending at the finding itself; of very many the first ones. */
const codeFlows = ({ related, location, message }: Finding) => {
  let steps = 0;
  const paths = pathsOf(related).paths.filter((path) => {
    steps += path.steps.length + 1;
    return steps <= maxFlowLocations;
  });
  if (paths.length === 0) return undefined;
  return paths.map(({ name, steps }) => ({
    message: { text: `How ${name} reaches it.` },
    threadFlows: [{ locations: [...steps, { location, message }].map((step) => ({ location: locationOf(step.location, step.message) })) }],
  }));
};

const suppressionsOf = (entry: Reported) => {
  if (!('reason' in entry)) return [];
  return [{ kind: 'inSource', ...(entry.reason === undefined ? {} : { justification: entry.reason }) }];
};

const fixes = ({ fix }: Finding) => {
  if (fix === undefined) return undefined;
  const files = [...new Set(fix.edits.map(({ path }) => path))];
  return [
    {
      description: { text: fix.description },
      artifactChanges: files.map((path) => ({
        artifactLocation: placeOf({ path }),
        replacements: fix.edits
          .filter((edit) => edit.path === path)
          .map(({ range: [start, end], text }) => ({
            deletedRegion: { charOffset: start, charLength: end - start },
            insertedContent: { text },
          })),
      })),
      properties: { safety: fix.safety },
    },
  ];
};
