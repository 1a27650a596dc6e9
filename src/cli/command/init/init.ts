import { join, relative } from 'node:path';
import { evaluateWorkspace } from '../../../analyze.ts';
import { configName } from '../../../config/config-names.ts';
import { findConfig } from '../../../config/find-config.ts';
import { findRoot } from '../../../config/find-root.ts';
import { parseConfig } from '../../../config/read-config.ts';
import { gitTopLevel } from '../../../files/git.ts';
import { textFile } from '../../../files/memory.ts';
import { detect } from '../../../graph/detected.ts';
import { tool } from '../../../model/tool.ts';
import { configFile } from '../../../report/init/config-file.ts';
import { foundText } from '../../../report/init/found.ts';
import { nextSteps } from '../../../report/init/next-steps.ts';
import { openWorkspace } from '../../../workspace.ts';
import type { Context } from '../../context.ts';
import { colourFor } from '../../terminal/colour.ts';
import { exitCodes } from '../../terminal/exit-code.ts';
import { alreadyThere, createFile } from './create-file.ts';
import { automationsOf } from './init-automations.ts';
import { interview, noAnswers } from './init-questions.ts';

export interface InitOptions {
  readonly root: string | undefined;
  readonly isAsking: boolean;
  readonly isDryRun: boolean;
  readonly color: boolean | undefined;
}

/**
 * Writes the configuration of a repository that has none, and says what was found. With `isDryRun` the file goes to
 * standard output instead, and what was found to standard error.
 *
 * @throws UsageError where there is a configuration, where there is nothing to lint, and where it cannot be written
 */
export const init = async (options: InitOptions, { io, enter, watch }: Pick<Context, 'io' | 'enter' | 'watch'>): Promise<number> => {
  const root = findRoot({ cwd: io.cwd, paths: [], rootOption: options.root });
  const path = join(root, configName);
  const nameOf = (file: string) => relative(io.cwd, file);
  const existing = findConfig(io.cwd, root);
  if (existing !== undefined) throw alreadyThere(nameOf(existing));

  enter('the evaluation');
  const workspace = await openWorkspace({ cwd: io.cwd, paths: [], root: options.root, repositories: {}, watch });
  const { graph } = evaluateWorkspace(workspace);
  const detected = detect(graph, workspace.files);

  enter('the questions');
  const questions = options.isAsking && !options.isDryRun ? await io.questions?.() : undefined;
  const { inPromotionOrder } = graph.environments;
  const answers = questions ? await interview({ detected, inPromotionOrder, ask: questions.ask }) : noAnswers;
  questions?.close();
  if (answers === undefined) {
    io.stderr('\nflux-lint: stopped, nothing was written\n');
    return exitCodes.interrupted;
  }

  enter('the file');
  // What check would take for the root by itself needs no word.
  const isRoot = findRoot({ cwd: root, paths: [] }) !== root;
  const text = configFile({ detected, decisions: { ...answers, isRoot }, version: tool.version });
  const config = parseConfig(textFile(configName, text), path);
  const settled = answers === noAnswers ? detected : detect(evaluateWorkspace({ ...workspace, config }).graph, workspace.files);
  if (options.isDryRun) io.stdout(text);
  else createFile(path, { name: nameOf(path), text });

  enter('the report');
  const say = options.isDryRun ? io.stderr : io.stdout;
  const colour = colourFor(io, options.color, false);
  const { paths } = workspace.files;
  const automations = automationsOf({ paths, remotes: workspace.repository.remotes, isGit: gitTopLevel(root) !== undefined });
  const written = options.isDryRun ? '' : `Wrote ${nameOf(path)}. What is found by itself stands there in comments.\n\n`;
  say(`${written}${foundText(settled, colour)}\n${nextSteps({ automations, version: tool.version, colour })}`);
  return exitCodes.done;
};
