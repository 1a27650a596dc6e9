import type { Config } from '../config/config.ts';
import type { Files } from '../files/files.ts';
import type { Repository } from '../files/repository.ts';
import type { Evaluation } from '../flux/evaluation.ts';
import type { ParseFile } from '../kustomize/build.ts';
import { createClusters } from './clusters/clusters.ts';
import { createEnvironments } from './environments/environments.ts';
import { createExistence } from './existence/existence.ts';
import { createRootFiles } from './files/root-files.ts';
import { createGenerators } from './generators/generators.ts';
import type { Graph } from './graph.ts';
import { createImages } from './images/images.ts';
import { createOrder } from './order/order.ts';
import { createReach } from './reach/reach.ts';
import { createReferences } from './references/references.ts';
import { createReleases } from './releases/releases.ts';
import { createRights } from './rights/rights.ts';
import { createLocalDefinitions } from './schemas/local-definitions.ts';
import { createSchemas } from './schemas/schemas.ts';
import { createSecrets } from './secrets/secrets.ts';
import { createSources } from './sources/sources.ts';
import { createSubstitution } from './substitution/substitution.ts';
import { createTenants } from './tenants/tenants.ts';

export interface GraphInput {
  readonly evaluation: Evaluation;
  readonly config: Config;
  readonly files: Files;
  readonly parse: ParseFile;
  /** Git is asked only when a question depends on it. */
  readonly repository: Pick<Repository, 'remotes'>;
}

/** The subjects of `graph.ts`, each made of those before it. */
export const createGraph = ({ evaluation, config, files, parse, repository }: GraphInput): Graph => {
  const environments = createEnvironments(evaluation.clusters, config);
  const clusters = createClusters({ clusters: evaluation.clusters, unreached: evaluation.unreached, environments, config, files, parse });
  const rights = createRights();
  const sources = createSources(clusters);
  const tenants = createTenants({ config, repository, clusters, sources, rights });
  const existence = createExistence({ config, files, clusters, unapplied: evaluation.unapplied });
  const references = createReferences({ files, clusters, existence });
  const reach = createReach({ files, parse, clusters, sources });
  const releases = createReleases({ files, parse, clusters });
  return {
    config,
    evaluation,
    files: createRootFiles(files),
    environments,
    clusters,
    generators: createGenerators(clusters, parse),
    rights,
    sources,
    tenants,
    existence,
    references,
    order: createOrder(clusters),
    reach,
    releases,
    schemas: createSchemas({ clusters, releases, parse, local: createLocalDefinitions({ directories: config.schemas, files, parse }) }),
    substitution: createSubstitution(),
    secrets: createSecrets({ evaluation, files, parse }),
    images: createImages(files, reach, clusters),
  };
};
