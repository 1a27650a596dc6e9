import type { CheckResult } from '../../lint/result.ts';
import type { Finding } from '../../model/finding.ts';
import { placeText } from '../place.ts';
import { printable } from '../terminal.ts';
import { judgedText, notJudgedText } from './summary.ts';

/**
 * `check --format junit`: a test suite for each file, a test case for each finding. Infos are skipped tests: they count
 * against nobody. One more test always passes: it holds the summary, and many readers refuse a report without tests.
 */
export const junitReport = ({ findings, summary, notJudged }: CheckResult): string => {
  const counts = { name: 'flux-lint', tests: findings.length + 1, failures: summary.errors + summary.warnings, errors: 0, time: 0 };
  const judged = [judgedText(summary), ...notJudged.map((entry) => notJudgedText(entry, true))];
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${attributes(counts)}>
  <testsuite ${attributes({ name: 'flux-lint', tests: 1, failures: 0, errors: 0, skipped: 0, time: 0 })}>
    <testcase ${attributes({ name: 'judged', classname: 'flux-lint', time: 0 })}>
      <system-out>${escapedLines(judged)}</system-out>
    </testcase>
  </testsuite>
${[...byFile(findings)].map(([path, found]) => suite(path, found)).join('')}</testsuites>
`;
};

const byFile = (findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> => {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) files.set(finding.location.path, [...(files.get(finding.location.path) ?? []), finding]);
  return files;
};

const suite = (path: string, findings: readonly Finding[]): string => {
  const skipped = findings.filter(({ severity }) => severity === 'info').length;
  const counts = { name: path, tests: findings.length, failures: findings.length - skipped, errors: 0, skipped, time: 0 };
  return `  <testsuite ${attributes(counts)}>\n${findings.map(testCase).join('\n')}\n  </testsuite>\n`;
};

const testCase = ({ ruleId, severity, message, hint, location, reach }: Finding): string => {
  const name = attributes({ name: `${ruleId} ${location.line}:${location.column}`, classname: location.path, time: 0 });
  const text = [
    placeText(location),
    message,
    ...(hint === undefined ? [] : [hint]),
    `Reaches: ${reach.clusters.length === 0 ? 'no cluster' : reach.clusters.join(', ')}`,
  ];
  const verdict =
    severity === 'info'
      ? `<skipped ${attributes({ message })}/>`
      : `<failure ${attributes({ message, type: severity })}>${escapedLines(text)}</failure>`;
  return `    <testcase ${name}>\n      ${verdict}\n    </testcase>`;
};

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(String(value)).replaceAll('"', '&quot;')}"`)
    .join(' ');

const escapedLines = (lines: readonly string[]): string => lines.map(escaped).join('\n');

/** XML 1.0 has no way to write these, whatever the escape: halves of surrogate pairs, and two that are no characters. */
const unwritable = /\p{Cs}|[\ufffe\uffff]/gu;

/** Control characters become visible signs, since XML cannot hold most of them either. */
const escaped = (text: string): string =>
  printable(text).replace(unwritable, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
