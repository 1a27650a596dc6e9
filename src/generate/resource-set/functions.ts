/** The functions that the operator adds to slim-sprig's: `inputs`, `toYaml` and `slugify`. */
import { derived, type Functions, type GoFunction, goFunction } from '../../gotemplate/function.ts';
import { hermeticSprig } from '../../gotemplate/functions/sprig.ts';
import { type Context, holeFor } from '../../gotemplate/hole.ts';
import type { GoValue } from '../../gotemplate/value.ts';
import { goMap, goString } from '../../gotemplate/value.ts';
import type { Origin } from '../../model/origin.ts';
import { mapNode } from '../../yaml/edit.ts';
import type { Node } from '../../yaml/node.ts';
import { printAsGo } from '../../yaml/print-as-go.ts';
import { nodeOf } from './node-value.ts';
import { slugify } from './slugify.ts';

const nowhere: Origin = { span: { path: '', start: 0, end: 0 }, via: [] };

/** As sigs.k8s.io/yaml marshals it, the last line break included. */
const toYaml = (value: GoValue, context: Context): string => {
  context.enter(() => context.spend(1));
  // Whatever it is, it would be quoted where it has to be.
  const root = nodeOf(value, (unknown) => holeFor(derived(unknown, 'toYaml'), context.holes), nowhere);
  if (root.type === 'map' && root.entries.length > 0) return printAsGo(root).text;
  return printed(root);
};

/** What is no map is printed as the value of a key, which does not indent it any deeper than the document would. */
const printed = (root: Node): string => {
  const key = { type: 'scalar', value: 'k', text: 'k', style: 'plain', ...nowhere } as const;
  const { text } = printAsGo(mapNode([{ key, value: root }], nowhere));
  return text.replace(/^k:[ \n]/, '');
};

const slug = (text: string): GoValue => {
  const made = slugify(text);
  const why = `slugify transliterates ${JSON.stringify(text)}, which is not done here`;
  return made === undefined ? { type: 'unknown', why, key: `slugify ${text}`, at: nowhere } : goString(made);
};

const fixed: ReadonlyMap<string, GoFunction> = new Map([
  ...hermeticSprig,
  ...Object.entries({
    toYaml: goFunction({ takes: ['any'], unknowns: 'text', gives: ([value], context) => goString(toYaml(value, context)) }),
    slugify: goFunction({ takes: ['string'], gives: ([text]) => slug(text) }),
  }),
]);

/** Every function that a template of a ResourceSet may call. */
export const functionsWith = (inputs: GoValue | undefined): Functions => {
  const own = goFunction({ takes: [], unknowns: 'structure', gives: () => inputs ?? noInputs });
  return (name) => (name === 'inputs' ? own : fixed.get(name));
};

/** Without any inputs they are a nil map: it prints as null, and no key can be read. */
const noInputs: GoValue = { ...goMap([]), isNil: true };
