import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineCommand } from '../command.ts';
import { linkOf, linkOption } from '../link.ts';
import * as shared from '../options.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import { writeReport } from '../terminal/output.ts';
import { say } from '../terminal/say.ts';
import { workspaceOptions, workspaceRequest } from '../workspace.ts';

const defaultFile = 'map.html';

export const mapCommand = defineCommand({
  usage: 'map [paths..]',
  summary: 'Make one page of the fleet: who shares what with whom, what each cluster applies, what is wrong with it',
  positional: { name: 'paths', repeatable: true, summary: 'What to report findings on; none: everything', completes: 'files' },
  options: {
    ...workspaceOptions,
    ...shared.clusterOption,
    output: { type: 'string', requiresArg: true, describe: `Where to write the page [default: ${defaultFile}]`, completes: 'files' },
    ...linkOption,
    open: { type: 'boolean', describe: 'Open it in the browser' },
  },
  examples: [
    ['flux-lint map --open', 'the page of the repository around the working directory'],
    ['flux-lint map --open --link vscode', 'the same; a click on a line opens it in the editor'],
    ['flux-lint map --output fleet.html', 'for an artifact of CI: it needs no network and no other file'],
  ],
  run: async (given, paths, context) => {
    const { io, enter } = context;
    const link = linkOf(given.link, io);
    enter('the analysis');
    const { analyze } = await import('../../analyze.ts');
    const request = workspaceRequest(given, paths, context);
    const result = await analyze({
      ...request,
      clusters: given.cluster ?? [],
      only: [],
      rules: {},
      reportUnusedSuppressions: true,
      plugins: true,
      fixes: [],
      baseline: undefined,
    });
    enter('the report');
    const { htmlReport } = await import('../../report/map/report.ts');
    const { Chalk } = await import('chalk');
    const output = given.output ?? defaultFile;
    const options = { colour: new Chalk({ level: 0 }), width: Number.POSITIVE_INFINITY, verbose: true, quiet: false, link: link(result) };
    writeReport(htmlReport(result, options), output, io);
    const url = pathToFileURL(resolve(io.cwd, output)).href;
    say(io, `the map of ${result.summary.clusters} clusters is ${url}`);
    if (given.open) openInBrowser(url);
    return exitCodes.done;
  },
});

/** What the system opens pages with; it goes on without us. */
const openInBrowser = (url: string): void => {
  const [program, ...args] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', '""'] : ['xdg-open'];
  spawn(program ?? 'xdg-open', [...args, url], { detached: true, stdio: 'ignore' })
    .on('error', () => undefined)
    .unref();
};
