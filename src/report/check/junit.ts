import type { CheckResult } from '../../lint/result.ts';
import type { Finding } from '../../model/finding.ts';
import { grouped } from '../../model/grouped.ts';
import { pathText, placeText } from '../place.ts';
import { printable } from '../printable.ts';
import { counted, folded } from '../words.ts';
import { bySeverity, fitting } from './fitting.ts';
import { inRepository } from './in-repository.ts';
import { judgedText, notJudgedText } from './summary.ts';

/** GitLab reads files below 30 MB (docs.gitlab.com/ci/testing/unit_test_reports); the rest is for the first suite. */
const maxBytes = 29_000_000;

/**
 * `check --format junit`: a test suite for each file, a test case for each finding. Infos are skipped tests: they count
 * against nobody. One more test always passes: it holds the summary, and many readers refuse a report without tests.
 * Only elements and attributes that Jenkins, GitLab and Azure Pipelines all take (`test/report/junit.xsd`).
 */
export const junitReport = (result: CheckResult): string => {
  const { findings, summary, notJudged } = inRepository(result);
  const { kept, cut } = fitting(findings, { rank: bySeverity, size: bytesOf, room: maxBytes });
  const counts = { name: 'flux-lint', tests: kept.length + 1, failures: kept.filter(isFailure).length, errors: 0, time: 0 };
  const judged = [
    judgedText(summary),
    ...(cut === 0 ? [] : [`${counted(cut, 'finding')} of the least severity did not fit here.`]),
    ...notJudged.map((entry) => notJudgedText(entry, false)),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${attributes(counts)}>
  <testsuite ${attributes({ name: 'flux-lint', tests: 1, failures: 0, errors: 0, skipped: 0, time: 0 })}>
    <testcase ${attributes({ name: 'judged', classname: 'flux-lint', time: 0 })}>
      <system-out>${escapedLines(judged)}</system-out>
    </testcase>
  </testsuite>
${[...grouped(kept, ({ location }) => pathText(location))].map(([path, found]) => suite(path, found)).join('')}</testsuites>
`;
};

const isFailure = ({ severity }: Finding): boolean => severity !== 'info';

/** Of a finding with a suite of its own, which is the most that it can need. */
const bytesOf = (finding: Finding): number => Buffer.byteLength(suite(pathText(finding.location), [finding])) + longestOrdinal.length;
const longestOrdinal = ' (1000000)';

const suite = (path: string, findings: readonly Finding[]): string => {
  const failures = findings.filter(isFailure).length;
  const counts = { name: path, tests: findings.length, failures, errors: 0, skipped: findings.length - failures, time: 0 };
  const names = uniqueNames(findings);
  const cases = findings.map((finding, index) => testCase(finding, { name: names[index] ?? finding.ruleId, classname: path, time: 0 }));
  return `  <testsuite ${attributes(counts)}>\n${cases.join('\n')}\n  </testsuite>\n`;
};

/** GitLab drops a test whose class and name it has seen (https://docs.gitlab.com/ci/testing/unit_test_reports/). */
const uniqueNames = (findings: readonly Finding[]): readonly string[] => {
  const seen = new Map<string, number>();
  return findings.map(({ ruleId, location }) => {
    const name = `${ruleId} ${location.line}:${location.column}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
};

const testCase = (finding: Finding, named: Readonly<Record<string, string | number>>): string => {
  const { severity, message, hint, location, reach, url } = finding;
  const text = [
    placeText(location),
    message,
    ...(hint === undefined ? [] : [hint]),
    `Reaches: ${folded(reach.clusters, false) || 'no cluster'}`,
    ...(url === undefined ? [] : [url]),
  ];
  const verdict = isFailure(finding)
    ? `<failure ${attributes({ message, type: severity })}>${escapedLines(text)}</failure>`
    : `<skipped ${attributes({ message })}/>`;
  return `    <testcase ${attributes(named)}>\n      ${verdict}\n    </testcase>`;
};

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(String(value)).replaceAll('"', '&quot;')}"`)
    .join(' ');

const escapedLines = (lines: readonly string[]): string => lines.map(escaped).join('\n');

/** XML 1.0 has no way to write these two, whatever the escape: they are no characters. */
const unwritable = /[\ufffe\uffff]/gu;

/** Control characters become visible signs, since XML cannot hold most of them either. */
const escaped = (text: string): string =>
  printable(text).replace(unwritable, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
