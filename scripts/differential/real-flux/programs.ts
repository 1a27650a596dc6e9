/** Which programs stand for a cluster: built elsewhere, named by the environment. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Controllers that are run where their programs are there; the first two always are. */
export const controllers = ['source-controller', 'kustomize-controller', 'helm-controller', 'source-watcher'] as const;

export type Controller = (typeof controllers)[number];

export interface Programs {
  readonly etcd: string;
  readonly apiServer: string;
  readonly controllers: ReadonlyMap<Controller, string>;
  /** The CustomResourceDefinitions of Flux, in one file. */
  readonly definitions: string;
}

/**
 * `KUBE_APISERVER`, `FLUX_CONTROLLERS` (a folder of programs that are called as the controllers are), `FLUX_DEFINITIONS`
 * and `ETCD`, which is looked for on the PATH otherwise.
 *
 * @returns undefined where one is not named
 */
export const programsOf = (environment: Readonly<Record<string, string | undefined>>): Programs | undefined => {
  const { KUBE_APISERVER: apiServer, FLUX_CONTROLLERS: folder, FLUX_DEFINITIONS: definitions, ETCD: etcd = 'etcd' } = environment;
  if (apiServer === undefined || folder === undefined || definitions === undefined) return undefined;
  const found = controllers.flatMap((name) => (existsSync(join(folder, name)) ? [[name, join(folder, name)] as const] : []));
  return { etcd, apiServer, definitions, controllers: new Map(found) };
};
