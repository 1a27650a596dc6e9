import { expect, it } from 'vitest';
import { takesHyperlinks } from '../../../src/cli/terminal/hyperlinks.ts';
import { hyperlink } from '../../../src/report/hyperlink.ts';
import { runMain } from '../run-main.ts';

const onTerminal = { toFile: false, hasColour: true };

it.each([
  [{ TERM_PROGRAM: 'iTerm.app' }, true],
  [{ TERM: 'xterm-kitty' }, true],
  [{ VTE_VERSION: '7600' }, true],
  [{ VTE_VERSION: '4900' }, false],
  [{ WT_SESSION: 'a' }, true],
  [{ TERM: 'xterm-256color' }, false],
  [{ TERM_PROGRAM: 'vscode', CI: 'true' }, false],
  [{ TERM: 'xterm', FORCE_HYPERLINK: '1' }, true],
  [{ TERM_PROGRAM: 'iTerm.app', FORCE_HYPERLINK: '0' }, false],
])('%j: %s', (env, expected) => {
  expect(takesHyperlinks({ env, isTTY: true }, onTerminal)).toBe(expected);
});

it('are not for files, pipes and who wants no colours', () => {
  const env = { TERM_PROGRAM: 'iTerm.app' };
  expect(takesHyperlinks({ env, isTTY: true }, { toFile: true, hasColour: true })).toBe(false);
  expect(takesHyperlinks({ env, isTTY: false }, onTerminal)).toBe(false);
  expect(takesHyperlinks({ env, isTTY: true }, { toFile: false, hasColour: false })).toBe(false);
});

it('no URL steers the terminal', () => {
  expect(hyperlink('a/b', 'https://example.com/\u001b]0;x')).toBe('a/b');
  expect(hyperlink('a/b', 'file:///etc/passwd')).toBe('a/b');
});

it('open the page of a rule, where the findings have one', async () => {
  const { sampleResult } = await import('../../report/sample.ts');
  const findings = sampleResult.findings.map((finding) => ({ ...finding, url: `https://example.com/${finding.ruleId}` }));
  const env = { TERM_PROGRAM: 'WezTerm' };
  const { stdout } = await runMain([], { isTTY: true, env }, { analyze: async () => () => ({ ...sampleResult, findings }) });
  expect(stdout).toContain('\u001b]8;;https://example.com/references/unknown-dependency\u001b\\');
});
