import type { Severity } from '../model/severity.ts';

/** A JSON Schema of one rule's options, with defaults: one text for validation, types and documentation. */
export type OptionsSchema = {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, object>>;
  readonly [key: string]: unknown;
};

/** One file's text, or several by path. */
export type Example = string | Readonly<Record<string, string>>;

/** What everyone may know of a rule: `explain`, the docs, the config schema, SARIF. */
export interface RuleMeta {
  /** `category/problem`, the path of its file under `rules/`. */
  readonly id: string;
  readonly severity: Severity;
  /** Under `extends: strict`; absent: an info becomes a warning, all else stays. */
  readonly strict?: Severity;
  /** One line, no full stop. */
  readonly summary: string;
  /** For someone whose night it will spoil. Markdown. */
  readonly why: string;
  /** What to do in general, where one sentence holds for every finding. */
  readonly hint?: string;
  readonly reference: string;
  /** The release it came with; absent: the first. */
  readonly since?: string;
  /** Only fires when two revisions are compared: it has that hook. */
  readonly change?: unknown;
  /** It can repair what it finds. */
  readonly fixable?: 'safe' | 'unsafe';
  readonly options?: OptionsSchema;
  /** 0.0 to 10.0, as GitHub's code scanning reads it; security rules only. */
  readonly securitySeverity?: number;
  readonly examples: { readonly bad: Example; readonly good: Example };
}

export const categoryOf = (ruleId: string): string => ruleId.slice(0, ruleId.indexOf('/'));

export const firstRelease = '0.1.0';
