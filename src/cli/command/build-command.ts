import { UsageError } from '../../model/usage-error.ts';
import { defineCommand } from '../command.ts';
import * as shared from '../options.ts';
import { writeReport } from '../terminal/output.ts';
import { workspaceOptions, workspaceRequest } from '../workspace.ts';

const loadRestrictors = ['LoadRestrictionsNone', 'LoadRestrictionsRootOnly'] as const;
const formats = ['yaml', 'json'] as const;

export const buildCommand = defineCommand({
  usage: 'build [cluster]',
  summary: 'Print effective objects: of a cluster, of one Kustomization, or of a kustomize directory',
  positional: { name: 'cluster', summary: 'Its name; may be left out where there is one' },
  options: {
    ...workspaceOptions,
    kustomization: { type: 'string', requiresArg: true, describe: 'NAMESPACE/NAME: only what this Kustomization applies' },
    kustomize: { type: 'string', requiresArg: true, describe: 'A directory, as for kustomize build', completes: 'directories' },
    'load-restrictor': {
      type: 'string',
      requiresArg: true,
      describe: `${loadRestrictors.join(' [default: as Flux], ')}`,
      completes: loadRestrictors,
    },
    origins: { type: 'boolean', describe: 'Say behind each field where it was written' },
    'show-secrets': { type: 'boolean', describe: 'Print the values of Secrets, which are *** otherwise' },
    ...shared.formatOption(formats, 'yaml'),
    ...shared.outputOption,
  },
  examples: [
    ['flux-lint build prod-us-east-1', 'everything that Flux applies to this cluster'],
    [
      'flux-lint build prod-us-east-1 --kustomization flux-system/apps --origins',
      'what one Kustomization applies, and which line wrote it',
    ],
    ['flux-lint build --kustomize apps/overlays/production', 'what kustomize build gives'],
  ],
  run: async (given, [cluster], context) => {
    const { io, enter, watch } = context;
    const format = shared.oneOf('--format', given.format ?? 'yaml', formats);
    enter('the build');
    if (given.kustomize !== undefined) {
      if (cluster !== undefined || given.kustomization !== undefined) {
        throw new UsageError('--kustomize builds a directory, and belongs to no cluster', 'Leave out the cluster and --kustomization.');
      }
      const { buildDirectory } = await import('./build.ts');
      const loadRestrictor = shared.oneOf('--load-restrictor', given['load-restrictor'] ?? 'LoadRestrictionsNone', loadRestrictors);
      const root = given.root ?? (await rootOf(given.kustomize, io.cwd));
      const origins = given.origins === true;
      const showSecrets = given['show-secrets'] === true;
      const built = buildDirectory({ directory: given.kustomize, root, cwd: io.cwd, loadRestrictor, origins, showSecrets, watch });
      if (built.stderr !== '') io.stderr(built.stderr);
      if (built.code === 0) writeReport(built.stdout, given.output, io);
      return built.code;
    }
    const { openGraph } = await import('../../analyze.ts');
    const opened = await openGraph(workspaceRequest(given, [], context));
    const { buildCluster } = await import('./build-cluster.ts');
    const built = buildCluster(opened, {
      cluster,
      kustomization: given.kustomization,
      format,
      origins: given.origins === true,
      showSecrets: given['show-secrets'] === true,
    });
    io.stderr(built.stderr);
    writeReport(built.stdout, given.output, io);
    return built.code;
  },
});

const rootOf = async (directory: string, cwd: string): Promise<string> => {
  const { findRoot } = await import('../../config/find-root.ts');
  return findRoot({ cwd, paths: [directory] });
};
