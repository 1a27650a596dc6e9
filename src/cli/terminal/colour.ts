import { Chalk, type ChalkInstance } from 'chalk';
import type { Io } from './io.ts';

/**
 * Whether to colour, as people expect: the option, then FORCE_COLOR, then NO_COLOR (no-color.org), then whether the
 * report goes to a terminal that can. The basic colours alone are used, so there is one level.
 */
export const colourFor = ({ env, isTTY }: Io, wanted: boolean | undefined, toFile: boolean): ChalkInstance => {
  const level = (on: boolean) => new Chalk({ level: on ? 1 : 0 });
  if (wanted !== undefined) return level(wanted);
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: terminal } = env;
  if (force !== undefined) return level(force !== '0' && force !== 'false');
  if (no !== undefined && no !== '') return level(false);
  return level(isTTY && !toFile && terminal !== 'dumb');
};
