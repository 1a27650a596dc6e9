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

interface UndefinedUse {
  readonly name: string;
  /** Undefined where the version of Flux is not known. */
  readonly strict: boolean | undefined;
  /** The object whose label it would be the whole value of. */
  readonly labelOf?: string | undefined;
}

export const undefinedVariable = (at: Origin, use: UndefinedUse): StepProblem => ({
  ruleId: undefinedId,
  at,
  message: `${subjectOf(use.name)} ${consequence(use)}`,
  hint: `Give it a value under postBuild, write a default as in \${${use.name}:=value}, or $\${${use.name}} where it is not meant for Flux.`,
  atMost: use.strict || use.labelOf !== undefined ? undefined : 'warning',
});

const subjectOf = (name: string): string => `\${${name}} has no value and no default.`;

/**
 * A label without a value is null, and no text: `unstructured.GetLabels` (apimachinery: `NestedStringMap`) gives none at all then, and
 * ssa sets the labels of the owner on that (fluxcd/pkg ssa: `SetOwnerLabels`).
 */
const consequence = ({ name, strict, labelOf }: UndefinedUse): string => {
  const failure = `fails with: variable not set (strict mode): "${name}".`;
  if (strict) return `Flux ${failure}`;
  const without =
    labelOf === undefined
      ? 'an empty text in its place'
      : `null in its place, which is no label, and all labels of ${labelOf} are lost: selectors no longer find it`;
  return strict === false ? `Flux puts ${without}.` : `Flux 2.9 ${failure} Older versions put ${without}.`;
};

const shown = 5;

/**
 * A name that several files ask for is one cause; where a file asks for several, such as a script, it is the file that is not
 * meant for Flux.
 */
const withCause = (problems: readonly StepProblem[]): readonly StepProblem[] => {
  const inFiles = grouped(
    problems.filter(({ ruleId }) => ruleId === undefinedId),
    ({ at }) => at.span.path,
  );
  return problems.map((problem) => {
    const { ruleId, at } = problem;
    if (ruleId !== undefinedId) return problem;
    const names = new Set(inFiles.get(at.span.path)?.map(nameIn));
    const place = `${nameIn(problem)} has none here, either`;
    return { ...problem, cause: { key: names.size > 1 ? at.span.path : nameIn(problem), place } };
  });
};

/** A variable without a value is one mistake, at however many places of a Kustomization it is asked for. */
export const toldOncePerVariable = (problems: readonly StepProblem[]): readonly StepProblem[] => {
  const places = grouped(
    problems.filter(({ ruleId }) => ruleId === undefinedId),
    nameIn,
  );
  const told = problems.flatMap((problem) => {
    const all = places.get(nameIn(problem)) ?? [];
    // What is worst is told, wherever it stands.
    const first = all.find(({ atMost }) => atMost === undefined) ?? all[0];
    if (problem.ruleId !== undefinedId || !first || all.length === 1) return [problem];
    if (problem !== first) return [];
    const others = all.filter((other) => other !== first);
    const more = distinct(others.map(({ at }) => at)).filter(({ span }) => placeOf(span) !== placeOf(first.at.span));
    if (more.length === 0) return [first];
    const message = `${first.message} So it is at ${more.length} more ${more.length === 1 ? 'place' : 'places'} of this Kustomization.`;
    return [{ ...first, message, related: more.slice(0, shown).map((at) => ({ at, message: 'it is asked for here, too' })) }];
  });
  return withCause(told);
};

/** `${name}`, as the sentence has it. */
const nameIn = ({ message }: StepProblem): string => message.slice(0, message.indexOf(' has no value'));

/**
 * The variable itself where it stands in a text of several lines: a file that a generator takes in, a block. Elsewhere, and where the
 * text cannot be had, the problem as it is.
 */
export const atVariable = (problem: StepProblem, textOf: (path: string) => string | undefined): StepProblem => {
  if (problem.ruleId !== undefinedId) return problem;
  const { span } = problem.at;
  const written = textOf(span.path)?.slice(span.start, span.end);
  const [, name] = /^\$\{([_a-zA-Z]\w*)\}/.exec(problem.message) ?? [];
  if (written === undefined || name === undefined || !written.includes('\n')) return problem;
  const index = variableIn(written, name);
  if (index === undefined) return problem;
  const start = span.start + index;
  const close = written.indexOf('}', index);
  const end = close === -1 ? start + name.length + 2 : span.start + close + 1;
  return { ...problem, at: { ...problem.at, span: { ...span, start, end } } };
};

/** Where a text first asks for a variable: `${NAME` or `${#NAME`, but not `$${NAME`. */
const variableIn = (text: string, name: string): number | undefined => {
  for (let at = text.indexOf('${'); at !== -1; at = text.indexOf('${', at + 2)) {
    const begin = text[at + 2] === '#' ? at + 3 : at + 2;
    let dollars = 0;
    while (text[at - 1 - dollars] === '$') dollars++;
    const isWhole = text.startsWith(name, begin) && !/\w/.test(text[begin + name.length] ?? '');
    if (isWhole && dollars % 2 === 0) return at;
  }
  return undefined;
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

/** A slice out of range in envsubst 1.7.0; kustomize-controller has 1.7.1 since 1.9.5. */
export const negativeLength = (at: Origin, expression: string): StepProblem => ({
  ruleId: 'substitution/invalid-name',
  at,
  message: `\${${expression}} has a negative length: kustomize-controller before 1.9.5 breaks down on it.`,
  hint: 'Count from the start, or cut the end off with ${name%pattern}.',
  // Which patch of Flux a cluster has is seldom written down.
  atMost: 'warning',
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
