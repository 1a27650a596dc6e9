/**
 * The graph: clusters, Kustomizations, sources, objects and files, and the questions that rules, `why`, `graph` and
 * `impact` ask of them. It is a reading of an evaluation: nothing is parsed or built here, answers are found when they
 * are asked for and remembered. Each subject is a folder that owns its questions, its answers and its memory; it asks
 * those above it in this list, never those below.
 */

import type { Config } from '../config/config.ts';
import type { Evaluation } from '../flux/evaluation.ts';
import type { Clusters } from './clusters/clusters.ts';
import type { Environments } from './environments/environments.ts';
import type { Existence } from './existence/existence.ts';
import type { RootFiles } from './files/root-files.ts';
import type { Generators } from './generators/generators.ts';
import type { Images } from './images/images.ts';
import type { Order } from './order/order.ts';
import type { Reach } from './reach/reach.ts';
import type { References } from './references/references.ts';
import type { Releases } from './releases/releases.ts';
import type { Rights } from './rights/rights.ts';
import type { Schemas } from './schemas/schemas.ts';
import type { Secrets } from './secrets/secrets.ts';
import type { Sources } from './sources/sources.ts';
import type { Substitution } from './substitution/substitution.ts';
import type { Tenants } from './tenants/tenants.ts';

export interface Graph {
  readonly config: Config;
  readonly evaluation: Evaluation;
  /** The files of the root, whether or not a build reads them. */
  readonly files: RootFiles;
  /** Which environment something belongs to. */
  readonly environments: Environments;
  /** Which clusters there are, what ends up in them, and what is known of their controllers. */
  readonly clusters: Clusters;
  /** What ResourceSets make. */
  readonly generators: Generators;
  /** What HelmReleases install. */
  readonly releases: Releases;
  /** Who may write where. */
  readonly rights: Rights;
  /** What Kustomizations build from. */
  readonly sources: Sources;
  /** Who a Kustomization belongs to. */
  readonly tenants: Tenants;
  /** Whether an object could be in a cluster. */
  readonly existence: Existence;
  /** What Flux objects refer to, and what of that is not there. */
  readonly references: References;
  /** What waits for what. */
  readonly order: Order;
  /** Which builds read what, and by which way. */
  readonly reach: Reach;
  /** What a cluster's API server knows of kinds, and what it takes. */
  readonly schemas: Schemas;
  /** What Flux changes after the build. */
  readonly substitution: Substitution;
  /** What no report may show. */
  readonly secrets: Secrets;
  /** The lines that image automation may write. */
  readonly images: Images;
}
