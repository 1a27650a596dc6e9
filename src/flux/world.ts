import type { Config } from '../config/config.ts';
import type { Files } from '../files/files.ts';
import type { Repository } from '../files/repository.ts';
import type { Build, ParseFile } from '../kustomize/build.ts';
import type { Watch } from '../model/watch.ts';
import type { MapNode } from '../yaml/node.ts';
import type { EvaluationMemory } from './evaluation-memory.ts';

/** What evaluation may ask for, all of it through views: the root's files, other checkouts, other revisions. */
export interface World {
  readonly files: Files;
  readonly parse: ParseFile;
  readonly build: Build;
  readonly config: Config;
  /** The checkout that stands for a source's URL; undefined where none is mapped. */
  readonly checkout: (url: string) => Files | undefined;
  /** Why the checkout is not there that the configuration maps a source's URL to. */
  readonly missingCheckout: (url: string) => string | undefined;
  readonly repository: Repository;
  /** What the evaluation of another revision left. */
  readonly memory?: EvaluationMemory | undefined;
  /** Absent: nobody looks on. */
  readonly watch?: Watch | undefined;
}

/** A document of the repository as written, before any evaluation. */
export interface WrittenObject {
  readonly path: string;
  readonly root: MapNode;
}
