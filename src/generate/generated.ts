/**
 * What a generator makes: a ResourceSet, a composite resource of Crossplane, or a root module of Terraform. Objects, and what
 * is wrong or cannot be seen.
 */
import type { Origin } from '../model/origin.ts';
import type { Related } from '../model/problem.ts';
import type { MapNode, Node } from '../yaml/node.ts';
import type { TypeChange } from './resource-set/type-changes.ts';

/** How many objects one stands for: behind an unknown condition none or one, of inputs yet to come any number. */
export type Multiplicity = '1' | '0..1' | '0..n';

export interface GeneratedObject {
  readonly root: MapNode;
  /** The line a person would edit. */
  readonly at: Origin;
  readonly multiplicity: Multiplicity;
  /** The set that it is made of; undefined where there are no inputs. */
  readonly inputs?: UsedInputs | undefined;
  /** The ProviderConfig that says on which cluster it lands, where that is somebody else's business. */
  readonly providerConfig?: string | undefined;
  /** What it stands for where that is any number of objects: `every XTenant, now and later`. */
  readonly standsFor?: string | undefined;
  /** The namespace that is written, where it gets another one. */
  readonly overwritten?: Node | undefined;
}

export interface UsedInputs {
  /** In words: `inputs[2]`, `every pull request of app-prs`. */
  readonly label: string;
  /** The types of the providers that they come from; none for inputs of the ResourceSet itself. */
  readonly types: readonly string[];
  /** Which pull or merge requests give it: anybody's, or those that somebody has labelled; undefined where none do. */
  readonly requests: 'open' | 'labelled' | undefined;
  readonly at: Origin;
}

/** An object that is left out since another one has its name, and what it would have been is not the same. */
export interface DroppedObject {
  readonly dropped: GeneratedObject;
  readonly kept: GeneratedObject;
}

/** Text that anybody may write stands in YAML without quotes. */
export interface FreeText {
  /** The key of the inputs: `title`. */
  readonly key: string;
  readonly at: Origin;
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
  readonly type: 'terraform' | 'missing-input' | 'missing-provider' | 'too-many-permutations' | 'template' | 'output' | 'invalid';
  readonly message: string;
  /** The key that an input lacks, the name of the provider that is not there. */
  readonly key?: string | undefined;
  readonly at: Origin;
  readonly related?: readonly Related[];
}

/** A file that Terraform writes: on the disk, or into a repository. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
  readonly repository?: string | undefined;
  readonly branch?: string | undefined;
  readonly at: Origin;
}

export type GeneratorKind = 'resource-set' | 'crossplane' | 'terraform';

export interface Generated {
  readonly kind: GeneratorKind;
  /** NAMESPACE/NAME of a ResourceSet, KIND/NAME of a composite resource, the directory of a root module. */
  readonly name: string;
  readonly at: Origin;
  readonly objects: readonly GeneratedObject[];
  readonly gaps: readonly Gap[];
  readonly drops: readonly DroppedObject[];
  /** Selectors under `inputsFrom` that take no provider. */
  readonly unmatched: readonly Origin[];
  readonly collisions: readonly NameCollision[];
  readonly freeTexts: readonly FreeText[];
  /** How many combinations of inputs there may be, where that is more than the operator takes. */
  readonly tooMany: number | undefined;
  /** Texts that a template made something else. */
  readonly typeChanges: readonly TypeChange[];
  /** The Compositions of which one is chosen at random, where that is so. */
  readonly candidates?: readonly MapNode[];
  /** With any, the generator makes nothing; `objects` is what could be had all the same. */
  readonly errors: readonly GeneratorError[];
  readonly files?: readonly GeneratedFile[] | undefined;
  /** The outputs of a root module. */
  readonly values?: ReadonlyMap<string, Node> | undefined;
}

/** What a generator is that makes nothing. */
export const madeNothing: Omit<Generated, 'kind' | 'name' | 'at'> = {
  objects: [],
  gaps: [],
  drops: [],
  unmatched: [],
  collisions: [],
  freeTexts: [],
  tooMany: undefined,
  typeChanges: [],
  errors: [],
};
