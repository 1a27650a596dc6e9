import type { ChalkInstance } from 'chalk';
import { documentation } from '../../model/tool.ts';
import { type Automation, snippetFor } from './snippets.ts';

export interface NextStepsInput {
  readonly automations: readonly Automation[];
  /** Of flux-lint. */
  readonly version: string;
  readonly colour: ChalkInstance;
}

/** The hook and the CI step for this repository, to be copied as they are; then what to run first. Ends in a newline. */
export const nextSteps = ({ automations, version, colour }: NextStepsInput): string => {
  const snippets = automations.map((automation) => {
    const { title, file, page, text } = snippetFor(automation, version);
    return `${colour.bold(`${title}:`)} ${file} (${documentation(page)})\n\n${text}`;
  });
  const isBuilt = automations.some((automation) => automation !== 'pre-commit');
  const anywhere = `${colour.bold('In CI:')} npx --yes flux-lint@${version} (${documentation('ci.md')})\n`;
  return [...snippets, ...(isBuilt ? [] : [anywhere]), `${colour.bold('Next:')} flux-lint check\n`].join('\n');
};
