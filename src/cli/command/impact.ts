import type { Range } from '../../files/range.ts';
import { UsageError } from '../../model/usage-error.ts';
import { notJudgedText } from '../../report/check/summary.ts';
import type { ImpactReport } from '../../report/impact/impact-report.ts';
import { defineCommand } from '../command.ts';
import { linkOf, linkOption } from '../link.ts';
import * as shared from '../options.ts';
import { ruleOptions, severitiesOf } from '../rule-options.ts';
import { reportFailedRules } from '../terminal/bug-report.ts';
import { colourFor } from '../terminal/colour.ts';
import { checkExitCode, exitCodes, failOnChoices } from '../terminal/exit-code.ts';
import { takesHyperlinks } from '../terminal/hyperlinks.ts';
import { lineWidth, writeReport } from '../terminal/output.ts';
import { isPreCommit } from '../terminal/pre-commit.ts';
import { say } from '../terminal/say.ts';
import { workspaceOptions, workspaceRequest } from '../workspace.ts';
import { parseRange, sinceOption } from './since.ts';

const formats = ['text', 'json', 'markdown', 'html'] as const;

export const impactCommand = defineCommand({
  usage: 'impact',
  summary: 'Say what a change reaches: clusters, Kustomizations, objects, and what Flux will delete',
  options: {
    ...workspaceOptions,
    ...shared.clusterOption,
    ...sinceOption,
    staged: { type: 'boolean', describe: 'Compare HEAD with the index' },
    ...ruleOptions,
    ...shared.formatOption(formats, 'text'),
    ...shared.outputOption,
    ...linkOption,
    ...shared.colourOption,
    quiet: { alias: 'q', type: 'boolean', describe: 'The verdict alone' },
    verbose: { alias: 'v', type: 'boolean', describe: 'Every list in full, with fields and files' },
  },
  examples: [
    ['flux-lint impact', 'what this branch changes, against its upstream or origin/HEAD'],
    ['flux-lint impact --since origin/main --format markdown', 'a comment for a pull request'],
    ['flux-lint impact --format html --output impact.html', 'a page with the fleet before and after'],
    ['flux-lint impact --since v1.4..v1.5', 'what a release changed'],
    ['flux-lint impact --staged', 'before the commit'],
  ],
  run: async (given, _positionals, context) => {
    const { io, enter } = context;
    const format = shared.oneOf('--format', given.format ?? 'text', formats);
    const failOn = shared.oneOf('--fail-on', given['fail-on'], failOnChoices);
    const range = rangeOf(given.since, given.staged === true);
    const plain = workspaceRequest(given, [], context);
    const isHook = isPreCommit(io.env) && given.since === undefined && given.staged !== true;
    const isForPeople = format !== 'json' && given.output === undefined;
    const targets = isHook
      ? (await import('./pushed.ts')).pushedTargets(plain, io, isForPeople)
      : [{ request: plain, range, known: undefined }];

    const link = linkOf(given.link, io);
    let code: number = exitCodes.done;
    for (const target of targets) {
      enter('the comparison');
      const { analyzeImpact } = await import('../../analyze-change.ts');
      const request = {
        ...target.request,
        // It asks git for two revisions, which says more exactly what is missing.
        needsBounds: false,
        clusters: given.cluster ?? [],
        only: given.only ?? [],
        rules: severitiesOf(given.rule),
        reportUnusedSuppressions: false,
        isHook: isPreCommit(io.env),
        plugins: given.plugins !== false,
        fixes: [],
        baseline: undefined,
      };
      const { impact, base, head, lint, arising } = await analyzeImpact(request, target.range, target.known);

      enter('the report');
      const report: ImpactReport = { impact, base, head, findings: lint.findings, notJudged: lint.notJudged };
      let { failed } = lint;
      const text = async (): Promise<string> => {
        switch (format) {
          case 'json':
            return (await import('../../report/impact/json.ts')).impactJson(report);
          case 'markdown':
            return (await import('../../report/impact/markdown.ts')).impactMarkdown(report);
          case 'html': {
            const page = arising();
            const { impactHtml } = await import('../../report/map/impact-report.ts');
            failed = page.failed;
            return impactHtml({ ...report, ...page, impact, link: link(page) });
          }
          case 'text': {
            const colour = colourFor(io, given.color, given.output !== undefined);
            const { impactText } = await import('../../report/impact/text.ts');
            return impactText(report, {
              colour,
              verbose: given.verbose === true,
              quiet: given.quiet === true,
              width: lineWidth(io, given.output),
              links: takesHyperlinks(io, { toFile: given.output !== undefined, hasColour: colour.level > 0 }),
            });
          }
          default:
            return format satisfies never;
        }
      };
      writeReport(await text(), given.output, io);
      // JSON has no place for it, and silence must not read as clean.
      if (format === 'json') for (const entry of lint.notJudged) say(io, notJudgedText(entry, false));
      const hasFailed = reportFailedRules(failed, io);
      code = Math.max(code, hasFailed ? exitCodes.bug : checkExitCode(lint.summary, { failOn, maxWarnings: undefined }));
    }
    return code;
  },
});

const rangeOf = (since: string | undefined, staged: boolean): Range => {
  if (!staged) return parseRange(since);
  if (since !== undefined) throw new UsageError('--staged compares HEAD with the index', 'Leave out --since.');
  return { type: 'staged' };
};
