import type { Unknown } from '../../gotemplate/value.ts';
import type { Origin } from '../../model/origin.ts';
import type { FreeText } from '../generated.ts';

/** What whoever opens a request writes as they please; what a function makes of it has another key. */
const free = /^[^ ]+\.(title)$/;

/** The texts of strangers among what is unknown at a place. */
export const freeTextsIn = (unknowns: readonly Unknown[], at: Origin): readonly FreeText[] =>
  unknowns.flatMap(({ key }) => {
    const [, name] = free.exec(key) ?? [];
    return name === undefined ? [] : [{ key: name, at }];
  });
