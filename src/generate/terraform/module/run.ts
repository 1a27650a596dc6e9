/** What the evaluation of one root module comes to besides values: what is wrong, and what cannot be seen. */

import type { Files } from '../../../files/files.ts';
import { attempt, fail, type HclFailure, raise } from '../../../hcl/failure.ts';
import { apart, type Machine } from '../../../hcl/machine.ts';
import type { HclValue } from '../../../hcl/value/value.ts';
import type { Origin } from '../../../model/origin.ts';
import type { Related } from '../../../model/problem.ts';
import type { Span } from '../../../model/span.ts';
import type { ReadFiles } from './file-access.ts';

export type TerraformErrorType =
  /** Terraform refuses it. */
  | 'invalid'
  /** `for_each` over what only applying tells: a plan fails until that is known. */
  | 'unknown-for-each'
  /** A limit of ours. */
  | 'limit'
  | 'broken-yaml'
  | 'multi-document'
  | 'secret-in-git';

export interface TerraformError {
  readonly type: TerraformErrorType;
  readonly message: string;
  readonly at: Origin;
  readonly related?: readonly Related[] | undefined;
}

export interface Run {
  readonly machine: Machine;
  readonly files: Files;
  readonly access: ReadFiles;
  readonly workspace: string;
  readonly errors: Map<string, TerraformError>;
  readonly gaps: Map<string, { readonly reason: string; readonly at: Origin }>;
  /** What is being worked out at present, to tell cycles. */
  readonly pending: string[];
  /** Resource instances made so far. */
  instances: number;
}

export const reportFailure = (run: Run, { message, span, related, isLimit }: HclFailure): void => {
  if (isLimit) {
    noteGap(run, message, span);
    return;
  }
  reportError(run, {
    type: message.startsWith('Invalid for_each argument: The "for_each"') ? 'unknown-for-each' : 'invalid',
    message,
    at: { span, via: [] },
    related,
  });
};

/** Each once: one cause may be met on many ways. */
export const reportError = (run: Run, error: TerraformError): void => {
  const { span } = error.at;
  const key = `${span.path}:${span.start}:${error.message}`;
  if (!run.errors.has(key)) run.errors.set(key, error);
};

export const noteGap = (run: Run, reason: string, span: Span): void => {
  const key = `${span.path}:${span.start}:${reason}`;
  if (!run.gaps.has(key)) run.gaps.set(key, { reason, at: { span, via: [] } });
};

/** What `make` gives; where it fails, that is told, and there is nothing. */
export const attempted = <T>(run: Run, make: () => T): T | undefined => {
  const result = attempt(make);
  if ('value' in result) return result.value;
  reportFailure(run, result.failure);
  return undefined;
};

type Slot = { readonly value: HclValue } | { readonly failure: HclFailure } | 'pending';
export type Memory = Map<string, Slot>;

/** A value that is worked out once; one that needs itself is refused. */
export const remembered = (
  memory: Memory,
  name: string,
  about: { readonly run: Run; readonly span: Span; readonly address: string },
  make: () => HclValue,
): HclValue => {
  const { run, span, address } = about;
  const known = memory.get(name);
  const full = `${address}${name}`;
  if (known === 'pending') return fail(`Cycle: ${[...run.pending.slice(run.pending.indexOf(full)), full].join(', ')}`, span);
  if (known) return 'value' in known ? known.value : raise(known.failure);
  memory.set(name, 'pending');
  run.pending.push(full);
  const result = attempt(() => apart(run.machine, make));
  run.pending.pop();
  memory.set(name, result);
  return 'value' in result ? result.value : raise(result.failure);
};
