/**
 * The rule contract. A rule is metadata and one hook or more; the runner walks and calls, a rule only yields problems.
 * Built-in rules, plugins and the expressions of a configuration are the same kind of value.
 */
import type { ClusterView } from '../graph/clusters/cluster-view.ts';
import type { AppliedView, HelmReleaseView, KustomizationView, SourceView } from '../graph/clusters/views.ts';
import type { Graph } from '../graph/graph.ts';
import type { Impact } from '../impact/impact.ts';
import type { NamedPath } from '../kustomize/file/named-paths.ts';
import type { Origin } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import type { MapNode, Node } from '../yaml/node.ts';
import type { OptionsSchema, RuleMeta } from './rule-meta.ts';

/** One YAML document of a file, before any evaluation. */
export interface DocumentView {
  readonly path: string;
  readonly index: number;
  readonly root: Node;
  /** Whether a build of some cluster reads the file. */
  readonly isReached: boolean;
}

/** A directory with a kustomization file that some build reads. */
export interface OverlayView {
  readonly directory: string;
  readonly path: string;
  readonly root: MapNode;
  /** The whole kustomization file. */
  readonly text: string;
  /** What it names beside it. */
  readonly paths: readonly NamedPath[];
  readonly node: (pointer: string) => Node | undefined;
  readonly origin: (pointer: string) => Origin;
}

/** What a hook is given beside its subject. */
export interface RuleContext<Options> {
  readonly graph: Graph;
  readonly options: Options;
}

export type Hook<Subject, Options> = (subject: Subject, context: RuleContext<Options>) => Iterable<Problem>;

export interface Hooks<Options> {
  /** Every YAML document below the root; where the rule names kinds, of files whose text has one of these words. */
  readonly document?: Hook<DocumentView, Options>;
  /** What `document` judges: a repository has many files that nothing else would have to read. */
  readonly documentKinds?: readonly string[];
  readonly overlay?: Hook<OverlayView, Options>;
  /** Every object of every cluster; where the rule names kinds, of those alone. */
  readonly object?: Hook<AppliedView, Options>;
  /** What `object` is called for, of whatever group: on large fleets it counts how many objects a rule need not see. */
  readonly kinds?: readonly string[];
  readonly kustomization?: Hook<KustomizationView, Options>;
  readonly source?: Hook<SourceView, Options>;
  readonly helmRelease?: Hook<HelmReleaseView, Options>;
  readonly cluster?: Hook<ClusterView, Options>;
  readonly graph?: Hook<Graph, Options>;
  /** What differs between two revisions; only called where two are compared. */
  readonly change?: Hook<Impact, Options>;
}

type ValueOf<S> = S extends { readonly enum: readonly (infer E)[] }
  ? E
  : S extends { readonly type: 'integer' | 'number' }
    ? number
    : S extends { readonly type: 'boolean' }
      ? boolean
      : S extends { readonly type: 'array'; readonly items: infer I }
        ? readonly ValueOf<I>[]
        : S extends { readonly type: 'string' }
          ? string
          : unknown;

/** The type of a rule's options, read from its schema; every option has a default there. */
export type OptionsOf<S> = S extends OptionsSchema
  ? { readonly [K in keyof S['properties']]: ValueOf<S['properties'][K]> }
  : Record<string, never>;

/** A rule as the runner takes it: what its options are is its own affair. */
export type Rule = RuleMeta & Hooks<never>;

type Definition<S extends OptionsSchema | undefined> = Omit<RuleMeta, 'options'> & { readonly options?: S } & Hooks<OptionsOf<S>>;

/** Checks a rule's types; its options get theirs from the schema. */
export const defineRule = <const S extends OptionsSchema | undefined = undefined>(rule: Definition<S>): Rule => {
  // Hooks of any options are called with options that were validated against this very schema.
  return rule as unknown as Rule;
};

/** Marks YAML in examples; removes the indentation of the template. */
export const yaml = (parts: TemplateStringsArray, ...values: readonly unknown[]): string => {
  const text = String.raw({ raw: parts.raw }, ...values);
  const lines = text
    .replace(/^\n/, '')
    .replace(/\n[ \t]*$/, '\n')
    .split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join('\n');
};
