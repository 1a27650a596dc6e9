/** Every command, in the order of the help. */
import { buildCommand } from './command/build-command.ts';
import { explainCommand } from './command/catalogue/explain.ts';
import { rulesCommand } from './command/catalogue/rules.ts';
import { checkCommand } from './command/check.ts';
import { completionCommand } from './command/completion.ts';
import { expandCommand } from './command/expand/expand-command.ts';
import { graphCommand } from './command/graph.ts';
import { impactCommand } from './command/impact.ts';
import { initCommand } from './command/init/init-command.ts';
import { lspCommand } from './command/lsp.ts';
import { mapCommand } from './command/map.ts';
import { whyCommand } from './command/why.ts';

export const commands = [
  checkCommand,
  impactCommand,
  buildCommand,
  expandCommand,
  whyCommand,
  graphCommand,
  mapCommand,
  rulesCommand,
  explainCommand,
  initCommand,
  lspCommand,
  completionCommand,
] as const;

/** The word by which a command is called. */
export const nameOf = (usage: string | readonly string[]): string => [usage].flat()[0]?.split(' ')[0] ?? '';
