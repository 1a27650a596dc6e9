import { grouped } from '../../model/grouped.ts';
import { limitExceeded } from '../../model/limit-exceeded.ts';
import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import type { TemplateError } from './envsubst.ts';

const undefinedId = 'substitution/undefined-variable';

/** The names that Flux takes (fluxcd/pkg kustomize: `varsubRegex`). */
const variableName = /^[_a-zA-Z][_a-zA-Z0-9]*$/;

/** One name that Flux refuses makes the whole Kustomization fail, used or not. */
export const invalidNames = (names: Iterable<readonly [name: string, at: Origin]>): readonly StepProblem[] =>
  [...names]
    .filter(([name]) => !variableName.test(name))
    .map(([name, at]) => ({
      ruleId: 'substitution/invalid-name',
      at,
      message: `"${name}" cannot be the name of a variable: it must match ${variableName.source}. Flux fails and applies nothing of the Kustomization.`,
      hint: 'Rename it with letters, digits and underscores, or keep it in a ConfigMap or Secret that is not under substituteFrom.',
    }));

/** @param strict undefined where the version of Flux is not known */
export const undefinedVariable = (at: Origin, name: string, strict: boolean | undefined): StepProblem => ({
  ruleId: undefinedId,
  at,
  message: `\${${name}} has no value and no default. ${consequence(name, strict)}`,
  hint: `Give it a value under postBuild, write a default as in \${${name}:=value}, or $\${${name}} where it is not meant for Flux.`,
  atMost: strict ? undefined : 'warning',
});

const consequence = (name: string, strict: boolean | undefined): string => {
  if (strict === false) return 'Flux puts an empty text in its place.';
  const failure = `fails with: variable not set (strict mode): "${name}".`;
  return strict ? `Flux ${failure}` : `Flux 2.9 ${failure} Older versions put an empty text in its place.`;
};

const shown = 5;

/** A variable without a value is one mistake, at however many places of a Kustomization it is asked for. */
export const toldOncePerVariable = (problems: readonly StepProblem[]): readonly StepProblem[] => {
  const places = grouped(
    problems.filter(({ ruleId }) => ruleId === undefinedId),
    ({ message }) => message,
  );
  return problems.flatMap((problem) => {
    const [first, ...others] = places.get(problem.message) ?? [];
    if (problem.ruleId !== undefinedId || !first || others.length === 0) return [problem];
    if (problem !== first) return [];
    const more = distinct(others.map(({ at }) => at)).filter(({ span }) => placeOf(span) !== placeOf(first.at.span));
    if (more.length === 0) return [first];
    const message = `${first.message} So it is at ${more.length} more ${more.length === 1 ? 'place' : 'places'} of this Kustomization.`;
    return [{ ...first, message, related: more.slice(0, shown).map((at) => ({ at, message: 'it is asked for here, too' })) }];
  });
};

const placeOf = ({ path, start }: Origin['span']): string => `${path}:${start}`;

const distinct = (origins: readonly Origin[]): readonly Origin[] => [
  ...new Map(origins.map((origin) => [placeOf(origin.span), origin] as const)).values(),
];

export const unreadable = (at: Origin, message: TemplateError): StepProblem => ({
  ruleId: 'substitution/invalid-name',
  at,
  message: `Flux cannot read a \${...} in here and fails with: ${message}.`,
  hint: 'Write $${...} where it is not meant for Flux, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled.',
});

/** A slice out of range in envsubst before 1.9. */
export const breakdown = (at: Origin, expression: string): StepProblem => ({
  ruleId: 'substitution/invalid-name',
  at,
  message: `\${${expression}} has a negative length: Flux 2.9 breaks down on it.`,
  hint: 'Count from the start, or cut the end off with ${name%pattern}.',
});

/** Characters that substitution may make for one Kustomization (docs/limits.md). */
export const maxCharacters = 32 * 1024 * 1024;

export const tooLong = (at: Origin): StepProblem =>
  limitExceeded(
    at,
    `With its variables filled in the Kustomization has more than ${maxCharacters} characters, and flux-lint does not follow it further.`,
  );

export const unreadableAfterwards = (at: Origin, reason: string): StepProblem => ({
  ruleId: 'substitution/invalid-name',
  at,
  message: `With its variables filled in the object cannot be read any more, and Flux fails: ${reason}`,
  hint: 'Put text around the variable or quotes into its value: quotes in the manifest are gone before Flux substitutes.',
});
