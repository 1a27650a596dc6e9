/** Every command, in the order of the help. */
import { buildCommand } from './build-command.ts';
import { checkCommand } from './check.ts';
import { completionCommand } from './completion.ts';
import { explainCommand } from './explain.ts';
import { graphCommand } from './graph.ts';
import { impactCommand } from './impact.ts';
import { initCommand } from './init-command.ts';
import { rulesCommand } from './rules.ts';
import { whyCommand } from './why.ts';

export const commands = [
  checkCommand,
  impactCommand,
  buildCommand,
  whyCommand,
  graphCommand,
  rulesCommand,
  explainCommand,
  initCommand,
  completionCommand,
] as const;

/** The word by which a command is called. */
export const nameOf = (usage: string | readonly string[]): string => [usage].flat()[0]?.split(' ')[0] ?? '';
