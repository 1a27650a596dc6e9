/**
 * What an expression may cost, as Kubernetes limits it (k8s.io/apiserver: pkg/apis/cel/config.go): every step counts, and
 * every letter and item of what is made. The interpreter itself counts nothing, so each node of the parsed expression is
 * made to tell of its values.
 */

/** Units for one object, and for all that the expressions of a configuration judge (docs/limits.md). */
const celLimits = { perObject: 1_000_000, perRun: 20_000_000 } as const;

export interface Meter {
  readonly start: () => void;
  /** @throws where it is too much */
  readonly charge: (units: number) => void;
  /** An operator that forgives errors may have hidden it. */
  readonly isExceeded: () => boolean;
}

export const costWords = 'it takes more steps than flux-lint counts';

/**
 * @param expressions that share what a run may cost
 * @param ended makes an error of the interpreter's own kind, so that it passes through it like any other
 */
export const createMeter = (expressions: number, ended: (words: string) => Error): Meter => {
  const most = celLimits.perRun / Math.max(1, expressions);
  let spent = 0;
  let spentOnObject = 0;
  const isExceeded = () => spent > most || spentOnObject > celLimits.perObject;
  return {
    start: () => {
      spentOnObject = 0;
    },
    charge: (units) => {
      spent += units;
      spentOnObject += units;
      if (isExceeded()) throw ended(costWords);
    },
    isExceeded,
  };
};

interface CelNode {
  op: string;
  args: unknown;
  evaluate: (evaluator: unknown, node: CelNode, context: unknown) => unknown;
  readonly meta: { readonly alternate?: unknown; readonly macro?: unknown };
}

/**
 * Functions that the interpreter has, and that ours replace: those whose work is not what they are given.
 *
 * @param ast of an expression that has not been checked
 */
export const renameMethods = (ast: unknown, names: ReadonlyMap<string, string>): void => {
  for (const { op, args } of nodesOf(ast)) {
    if (op !== 'rcall' || !Array.isArray(args)) continue;
    const ours = names.get(String(args[0]));
    if (ours !== undefined) args[0] = ours;
  }
};

/** @param ast of an expression that has been checked: macros are what they stand for */
export const metered = (ast: unknown, meter: Meter): void => {
  const sizes = createSizes();
  const latest = new Map<unknown, unknown>();
  for (const node of nodesOf(ast)) {
    // The interpreter sets it once it knows what a node does.
    let inner = node.evaluate;
    const evaluate: CelNode['evaluate'] = (evaluator, _node, context) => {
      meter.charge(1);
      const value = inner.call(node, evaluator, node, context);
      if (typeof value === 'object') latest.set(node, value);
      meter.charge(costOf(node, value));
      return value;
    };
    Object.defineProperty(node, 'evaluate', { get: () => evaluate, set: (found: CelNode['evaluate']) => (inner = found) });
  }

  const costOf = ({ op, args }: CelNode, value: unknown): number => {
    if (typeof value === 'string') return sizes.of(value);
    if (makers.has(op)) return sizes.add(value);
    // What is compared is walked, and a list is as large as what it holds.
    return comparisons.has(op) && Array.isArray(args) ? args.reduce<number>((sum, arg) => sum + sizes.of(latest.get(arg)), 0) : 0;
  };
};

const makers: ReadonlySet<string> = new Set(['list', 'map', '+', 'comprehension', 'call', 'rcall']);
const comparisons: ReadonlySet<string> = new Set(['==', '!=', 'in']);

/** What values come to that an expression made, with all that they hold, however often; what it was given counts as nothing. */
const createSizes = () => {
  const known = new WeakMap<object, number>();
  const of = (value: unknown): number => {
    if (typeof value === 'string') return Math.ceil(value.length / 10);
    if (typeof value !== 'object' || value === null) return 0;
    return known.get(value) ?? (Array.isArray(value) || value instanceof Uint8Array ? value.length : 0);
  };
  const add = (value: unknown): number => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return of(value);
    const items: readonly unknown[] = Array.isArray(value) ? value : value instanceof Map ? [...value.values()] : [];
    const size = items.reduce<number>((sum, item) => sum + 1 + of(item), 0);
    known.set(value, size);
    return size;
  };
  return { of, add };
};

/** Every node, also those that a macro stands for. */
const nodesOf = (ast: unknown): readonly CelNode[] => {
  const found = new Set<unknown>();
  const nodes: CelNode[] = [];
  const waiting = [ast];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null || found.has(next)) continue;
    found.add(next);
    if (isNode(next)) {
      nodes.push(next);
      waiting.push(next.args, next.meta.alternate, next.meta.macro);
    } else if (Array.isArray(next)) waiting.push(...next);
    else if (Object.getPrototypeOf(next) === Object.prototype) waiting.push(...Object.values(next));
  }
  return nodes;
};

const isNode = (value: object): value is CelNode => 'op' in value && 'args' in value && 'evaluate' in value && 'meta' in value;
