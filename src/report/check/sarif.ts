import type { CheckResult, NotJudged } from '../../lint/result.ts';
import { severities } from '../../model/severity.ts';
import { projectHome } from '../../model/tool.ts';
import { counted } from '../words.ts';
import { bySeverity, fitting } from './fitting.ts';
import { inRepository } from './in-repository.ts';
import { baseIdsOf } from './sarif/location.ts';
import { messageOf } from './sarif/message.ts';
import { type Reported, resultOf } from './sarif/result.ts';
import { ruleDescriptor } from './sarif/rule.ts';
import { notJudgedText } from './summary.ts';

/**
 * What GitHub stores of one run and of one result; of more it keeps some, of much more it refuses the whole file
 * (docs.github.com, "SARIF support for code scanning", "Validating your SARIF file").
 */
const maxResults = 5000;
const maxPlaces = 1000;

/** On all results together: GitHub refuses what is over 10 MB when compressed, and one text can hold no more than 512 MB. */
const maxPlacesOfRun = 50_000;

/** `check --format sarif`: SARIF 2.1.0, one run. Nothing in it depends on the machine or the time. */
export const sarifReport = (given: CheckResult): string => {
  const result = inRepository(given);
  const { kept, cut } = mostSevere([...result.findings.map((finding) => ({ finding })), ...result.suppressed]);
  const context = {
    ruleIndex: new Map(result.rules.map(({ id }, index) => [id, index] as const)),
    places: Math.min(maxPlaces, Math.floor(maxPlacesOfRun / Math.max(1, kept.length))),
    hasSuppressions: result.suppressed.length > 0,
  };
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
        automationDetails: automationDetailsOf(result),
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [...result.notJudged.map(notJudgedNotification), ...(cut > 0 ? [cutNotification(cut)] : [])],
          },
        ],
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: baseIdsOf(kept.map(({ finding }) => finding)),
        results: kept.map((entry) => resultOf(entry, context)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

/**
 * GitHub keeps the alerts of each category apart, which is the id up to its last slash. So every root of a repository has a
 * category of its own; one that is given to upload-sarif is passed over where there is an id (github/codeql-action,
 * src/upload-lib.ts).
 */
const automationDetailsOf = ({ folder }: CheckResult) => ({
  id: folder === '' ? 'flux-lint/' : `flux-lint/${folder}/`,
  description: { text: 'What Flux will make of this repository.' },
});

/** Suppressed ones make room for others. */
const mostSevere = (entries: readonly Reported[]) =>
  fitting(entries, {
    rank: (entry) => bySeverity(entry.finding) + ('reason' in entry ? severities.length : 0),
    size: () => 1,
    room: maxResults,
  });

const notJudgedNotification = (entry: NotJudged) => ({ level: 'note', message: messageOf(notJudgedText(entry, true)) });

const cutNotification = (cut: number) => ({
  level: 'warning',
  message: { text: `${counted(cut, 'result')} of the least severity are left out: at most ${maxResults} are reported.` },
});
