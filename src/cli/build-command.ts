import { defineCommand } from './command.ts';
import { exitCodes } from './exit-code.ts';
import * as shared from './options.ts';
import { writeReport } from './output.ts';

const loadRestrictors = ['LoadRestrictionsNone', 'LoadRestrictionsRootOnly'] as const;

export interface BuildRequest {
  readonly cwd: string;
  /** As given, relative to `cwd`. */
  readonly directory: string;
  readonly loadRestrictor: (typeof loadRestrictors)[number];
}

/** The objects of one kustomize directory as YAML documents. Throws a UsageError where kustomize would reject it. */
export type BuildKustomize = (request: BuildRequest) => string;

/** The command over the function that builds. */
export const buildCommand = (load: () => Promise<BuildKustomize>) =>
  defineCommand({
    usage: 'build',
    summary: 'Print the effective objects of a kustomize directory',
    options: {
      kustomize: { type: 'string', requiresArg: true, demandOption: true, describe: 'The directory, as for kustomize build' },
      'load-restrictor': {
        type: 'string',
        requiresArg: true,
        default: 'LoadRestrictionsNone',
        describe: `${loadRestrictors.join(' (as Flux), ')}`,
      },
      ...shared.outputOption,
    },
    examples: [['flux-lint build --kustomize apps/overlays/production', 'what Flux applies from this directory']],
    run: async (given, _positionals, { io, enter }) => {
      const loadRestrictor = shared.oneOf('--load-restrictor', given['load-restrictor'], loadRestrictors);
      enter('the build');
      const build = await load();
      writeReport(build({ cwd: io.cwd, directory: given.kustomize, loadRestrictor }), given.output, io);
      return exitCodes.done;
    },
  });
