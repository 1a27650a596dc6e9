/** slim-sprig's functions of chance and time: nobody knows what they give. */
import { type GoFunction, goFunction, type Param } from '../function.ts';
import type { Unknown } from '../value.ts';

const unknown = (name: string, why: string): Unknown => ({ type: 'unknown', why, key: name });

const moment = (name: string, ...takes: readonly Param[]): Readonly<Record<string, GoFunction>> => ({
  [name]: goFunction({ takes, gives: () => unknown(name, `${name} is not evaluated`) }),
});

export const momentFunctions: ReadonlyMap<string, GoFunction> = new Map(
  Object.entries({
    randInt: goFunction({ takes: ['int', 'int'], gives: () => unknown('randInt', 'randInt gives another number each time') }),
    ...moment('ago', 'any'),
    ...moment('duration', 'any'),
    ...moment('durationRound', 'any'),
    ...moment('toDate', 'string', 'string'),
    ...moment('mustToDate', 'string', 'string'),
    ...moment('must_date_modify', 'string', 'any'),
    ...moment('mustDateModify', 'string', 'any'),
    ...moment('unixEpoch', 'any'),
  }),
);
