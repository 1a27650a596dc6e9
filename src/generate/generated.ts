/** What a generator makes: a ResourceSet today. Objects, and what is wrong or cannot be seen. */
import type { Origin } from '../model/origin.ts';
import type { Related } from '../model/problem.ts';
import type { MapNode } from '../yaml/node.ts';
import type { TypeChange } from './resource-set/type-changes.ts';

/** How many objects one stands for: behind an unknown condition none or one, of inputs yet to come any number. */
export type Multiplicity = '1' | '0..1' | '0..n';

export interface GeneratedObject {
  readonly root: MapNode;
  /** The line a person would edit. */
  readonly at: Origin;
  readonly multiplicity: Multiplicity;
}

/** Two sources of inputs that templates would read by one name: they read the later one. */
export interface NameCollision {
  readonly key: string;
  readonly hidden: { readonly name: string; readonly at: Origin };
  readonly shown: { readonly name: string; readonly at: Origin };
}

/** What cannot be seen from here. */
export interface Gap {
  readonly reason: string;
  readonly at: Origin;
}

export interface GeneratorError {
  readonly type: 'missing-input' | 'missing-provider' | 'too-many-permutations' | 'template' | 'output' | 'invalid';
  readonly message: string;
  /** The key that an input lacks, the name of the provider that is not there. */
  readonly key?: string | undefined;
  readonly at: Origin;
  readonly related?: readonly Related[];
}

export interface Generated {
  /** NAMESPACE/NAME */
  readonly name: string;
  readonly at: Origin;
  readonly objects: readonly GeneratedObject[];
  readonly gaps: readonly Gap[];
  /** Texts that a template made something else. */
  readonly typeChanges: readonly TypeChange[];
  /** With any, the generator makes nothing; `objects` is what could be had all the same. */
  readonly errors: readonly GeneratorError[];
}
