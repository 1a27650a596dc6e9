/** How a function of a template is declared: Go checks the types of arguments, so its parameters have some. */
import { type Context, holeFor } from './hole.ts';
import { type GoMap, type GoValue, goMap, goString, type Unknown } from './value.ts';

/** What a parameter takes, and what the function is given for it. */
interface Taken {
  readonly string: string;
  readonly int: number;
  readonly float64: number;
  readonly bool: boolean;
  readonly map: GoMap;
  readonly any: GoValue;
}

export type Param = keyof Taken;

export interface GoFunction {
  readonly params: readonly Param[];
  /** What more it takes, any number of them. */
  readonly rest: Param | undefined;
  /**
   * What an unknown argument does: it makes the result unknown (`opaque`), it stands in the text that comes out
   * (`text`), or the function looks for itself (`structure`).
   */
  readonly unknowns: 'opaque' | 'text' | 'structure';
  /** It is `include`, which whoever evaluates the template does. */
  readonly rendersTemplate?: true;
  readonly call: (args: readonly GoValue[], context: Context) => GoValue;
}

/** The functions that a template may call, by name. */
export type Functions = (name: string) => GoFunction | undefined;

interface Declared<P extends readonly Param[], R extends Param> {
  readonly takes: P;
  readonly rest?: R;
  readonly unknowns?: GoFunction['unknowns'];
  readonly gives: (args: { readonly [I in keyof P]: Taken[P[I]] }, context: Context, rest: readonly Taken[R][]) => GoValue;
}

export const goFunction = <const P extends readonly Param[], R extends Param = 'any'>({
  takes,
  rest,
  unknowns = 'opaque',
  gives,
}: Declared<P, R>): GoFunction => ({
  params: takes,
  rest,
  unknowns,
  call: (args, context) => {
    const taken = args.map((value, index) => native(value, takes[index] ?? rest ?? 'any', context));
    // Each has just been made what its parameter takes.
    const fixed = taken.slice(0, takes.length) as unknown as { readonly [I in keyof P]: Taken[P[I]] };
    const more = taken.slice(takes.length) as unknown as readonly Taken[R][];
    return gives(fixed, context, more);
  },
});

/** Text in, text out. */
export const textFunction = <const P extends readonly Param[]>(
  takes: P,
  gives: (args: { readonly [I in keyof P]: Taken[P[I]] }) => string,
): GoFunction => goFunction({ takes, unknowns: 'text', gives: (args) => goString(gives(args)) });

/** What a function makes of an unknown value, which is unknown too. */
export const derived = (unknown: Unknown, how: string): Unknown => ({ ...unknown, key: `${how} ${unknown.key}`, isNegated: false });

const native = (value: GoValue, param: Param, { holes }: Context): Taken[Param] => {
  switch (param) {
    case 'any':
      return value;
    case 'string':
      return value.type === 'string' ? value.value : value.type === 'unknown' ? holeFor(value, holes) : '';
    case 'int':
      return value.type === 'int' ? Number(value.value) : 0;
    case 'float64':
      return value.type === 'float64' ? value.value : 0;
    case 'bool':
      return value.type === 'bool' && value.value;
    case 'map':
      return value.type === 'map' ? value : value.type === 'unknown' ? { ...goMap([]), open: value } : { ...goMap([]), isNil: true };
    default:
      return param satisfies never;
  }
};
