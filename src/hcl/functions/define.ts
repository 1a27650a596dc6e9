/** What a function of the language is: parameters with types, and what it makes of arguments that are known. */

import type { Origin } from '../../model/origin.ts';
import type { Related } from '../../model/problem.ts';
import type { Span } from '../../model/span.ts';
import { type HclFailure, raise } from '../failure.ts';
import type { Machine } from '../machine.ts';
import { anyType, type HclType } from '../value/type.ts';
import type { HclValue } from '../value/value.ts';

export interface Parameter {
  readonly type: HclType;
  readonly isNullable?: boolean;
  /** The function knows what to do with values that are unknown, in whole or in part. */
  readonly mayBeUnknown?: boolean;
  /** Parts of it may be unknown, but not all of it. */
  readonly mayHoldUnknown?: boolean;
}

export interface CallContext {
  readonly machine: Machine;
  /** Of the call. */
  readonly at: Origin;
  readonly spans: readonly Span[];
  /** Evaluates a template with the given variables alone. */
  readonly render: (
    template: { readonly text: string; readonly path: string | undefined; readonly at: Origin },
    variables: HclValue,
    index: number,
  ) => HclValue;
}

export interface HclFunction {
  readonly parameters: readonly Parameter[];
  readonly rest?: Parameter | undefined;
  /** The type of its result, for arguments that are not known. */
  readonly returns: HclType | ((args: readonly HclValue[]) => HclType);
  readonly call: (args: readonly HclValue[], context: CallContext) => HclValue;
}

/** Any value, null included. */
export const nullable: Parameter = { type: anyType, isNullable: true };
/** A collection whose items the function does not look into. */
export const holding: Parameter = { type: anyType, mayHoldUnknown: true };
export const everything: Parameter = { type: anyType, isNullable: true, mayBeUnknown: true };
export const text: Parameter = { type: { type: 'string' } };
export const number: Parameter = { type: { type: 'number' } };

/** An argument that the function refuses. */
export const failArgument = (context: CallContext, index: number, detail: string, related?: readonly Related[]): never => {
  const span = context.spans[Math.min(index, context.spans.length - 1)] ?? context.at.span;
  return raise({ message: `Invalid function argument: ${detail}`, span, related });
};

/** The call itself fails. */
export const failCall = (context: CallContext, detail: string, about: Partial<HclFailure> = {}): never =>
  raise({ ...about, message: `Error in function call: ${detail}`, span: context.at.span });

/** What a parameter of a type is, for those who read its value. */
export const textOf = (value: HclValue | undefined): string => (value?.type === 'string' ? value.value : '');
export const numberOf = (value: HclValue | undefined): number => (value?.type === 'number' ? value.value : 0);
export const isTrue = (value: HclValue | undefined): boolean => value?.type === 'bool' && value.value;
export const itemsOf = (value: HclValue | undefined): readonly HclValue[] => (value && 'items' in value ? value.items : []);
