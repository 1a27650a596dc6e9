/** What the evaluation of one root shares: unknowns that stand in texts, the work done so far, files, and what could not be seen. */
import type { Holes } from '../gotemplate/hole.ts';
import type { Span } from '../model/span.ts';
import { raise } from './failure.ts';
import type { Expression } from './syntax/tree.ts';
import type { HclValue } from './value/value.ts';

/** Far above what any configuration needs; it keeps a hostile one from costing time or memory. */
export const limits = {
  /** Nodes walked, items made, characters by the thousand. */
  steps: 3_000_000,
  /** Characters of one text. */
  text: 4_000_000,
  /** Values that are asked for while another is made: locals, variables, outputs, expressions in each other. */
  depth: 400,
} as const;

export interface Machine {
  readonly holes: Holes;
  readonly files: FileAccess;
  /** Says what could not be seen. */
  readonly note: (reason: string, at: Span) => void;
  steps: number;
  depth: number;
  /**
   * Which way unknown conditions go at present: a template with directives is rendered once for each, and conditions that
   * are alike go alike. Undefined outside of such a template.
   */
  way: boolean | undefined;
  /** A condition had to be decided. */
  hasForked: boolean;
}

/** What `file`, `templatefile` and `fileset` may read; paths as Terraform has them, relative to the root module. */
export interface FileAccess {
  readonly read: (path: string) => FileAnswer;
  /** The files below a directory, relative to it; undefined where that is not in the repository. */
  readonly below: (directory: string) => readonly string[] | undefined;
}

export type FileAnswer =
  | { readonly type: 'file'; readonly text: string; readonly bytes: () => Uint8Array; readonly path: string }
  /** Nothing is there, or something that cannot be read: why, in words. */
  | { readonly type: 'missing' | 'outside'; readonly why: string };

/** Where names get their values. */
export interface Scope {
  readonly machine: Machine;
  /** Names of `for` expressions and the variables of a template. */
  readonly names: ReadonlyMap<string, HclValue>;
  /** What a splat goes over. */
  readonly item: HclValue | undefined;
  /**
   * The value of a name that is none of `names`, with as many of the attributes and indices behind it as it takes to have
   * one: `local.a`, `var.b`, `module.c["k"].d`.
   */
  readonly resolve: (name: string, steps: readonly Access[], at: Expression) => Resolved;
  /** Inside a template that is read from a file, another may not be. */
  readonly isInTemplate: boolean;
}

/** One attribute or index behind a name. */
export interface Access {
  readonly key: string | Expression;
  readonly expression: Expression;
}

export interface Resolved {
  readonly value: HclValue;
  /** How many of the steps are in it. */
  readonly used: number;
}

export const spend = (machine: Machine, amount: number, at: Span): void => {
  machine.steps += amount;
  if (machine.steps > limits.steps)
    raise({ message: 'More work than is done for one root module: the rest is not looked at', span: at, isLimit: true });
};

/** Runs with one level more around it. */
export const enter = <T>(machine: Machine, at: Span, run: () => T): T => {
  if (machine.depth >= limits.depth) raise({ message: 'Values depend on each other deeper than is looked at', span: at, isLimit: true });
  machine.depth++;
  try {
    return run();
  } finally {
    machine.depth--;
  }
};

/** Runs for a value that is remembered: it may not depend on which way a template around goes. */
export const apart = <T>(machine: Machine, run: () => T): T => {
  const { way, hasForked } = machine;
  machine.way = undefined;
  try {
    return run();
  } finally {
    machine.way = way;
    machine.hasForked = hasForked;
  }
};
