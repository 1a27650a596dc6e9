import { nearest } from '../model/spelling.ts';
import { UsageError } from '../model/usage-error.ts';
import type { RuleMeta } from './rule-meta.ts';

/** The rule of that id; throws a UsageError that names the nearest where there is none. A bare name does where it is one rule's alone. */
export const knownRule = (id: string, rules: readonly RuleMeta[]): RuleMeta => {
  const found = rules.find((rule) => rule.id === id);
  if (found) return found;
  const [namesake, ...others] = rules.filter((rule) => nameOf(rule.id) === id);
  if (namesake && others.length === 0) return namesake;

  const ids = rules.map((rule) => rule.id);
  const meant = nearest(id, ids) ?? ids.find((known) => nameOf(known) === nearest(nameOf(id), ids.map(nameOf)));
  throw new UsageError(
    `there is no rule "${id}"`,
    `${meant === undefined ? '' : `Did you mean "${meant}"? `}"flux-lint rules" lists them.`,
  );
};

const nameOf = (id: string): string => id.slice(id.indexOf('/') + 1);
