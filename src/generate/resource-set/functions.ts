/** The functions that the operator adds to slim-sprig's: `inputs`, `toYaml` and `slugify`. */
import { failCall } from '../../gotemplate/failure.ts';
import { type Functions, type GoFunction, goFunction } from '../../gotemplate/function.ts';
import { hermeticSprig } from '../../gotemplate/functions/sprig.ts';
import { type Context, holeFor } from '../../gotemplate/hole.ts';
import type { GoValue } from '../../gotemplate/value.ts';
import { goMap, goString } from '../../gotemplate/value.ts';
import type { Origin } from '../../model/origin.ts';
import { mapNode } from '../../yaml/edit.ts';
import type { Node } from '../../yaml/node.ts';
import { printAsGo } from '../../yaml/print-as-go.ts';
import { nodeOf } from './node-value.ts';

const nowhere: Origin = { span: { path: '', start: 0, end: 0 }, via: [] };

/** As sigs.k8s.io/yaml marshals it, the last line break included. */
const toYaml = (value: GoValue, context: Context): string => {
  context.enter(() => context.spend(1));
  const root = nodeOf(value, (unknown) => holeFor(unknown, context.holes), nowhere);
  if (root.type === 'map' && root.entries.length > 0) return printAsGo(root).text;
  return printed(root);
};

/** What is no map is printed as the value of a key, which does not indent it any deeper than the document would. */
const printed = (root: Node): string => {
  const key = { type: 'scalar', value: 'k', text: 'k', style: 'plain', ...nowhere } as const;
  const { text } = printAsGo(mapNode([{ key, value: root }], nowhere));
  return text.replace(/^k:[ \n]/, '');
};

const wordsFor: ReadonlyMap<string, string> = new Map([
  ['&', 'and'],
  ['@', 'at'],
]);
const maxSlug = 63;

/** A name of a DNS label, as gosimple/slug makes it: letters without accents, dashes for the rest. */
const slugify = (text: string): string => {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').replace(/[æÆ]/g, 'ae').replace(/[øØ]/g, 'o');
  if (/[^\0-\x7f‐-―‘’“”…]/.test(plain)) return failCall('only latin letters are transliterated here');
  const words = plain
    .replace(/['‘’]/g, '')
    .replace(/["“”‐-―]/g, (mark) => (/["“”]/.test(mark) ? '' : '-'))
    .replace(/[&@]/g, (sign) => wordsFor.get(sign) ?? sign)
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '');
  return words.slice(0, maxSlug).replace(/[-_]+$/, '');
};

const fixed: ReadonlyMap<string, GoFunction> = new Map([
  ...hermeticSprig,
  ...Object.entries({
    toYaml: goFunction({ takes: ['any'], unknowns: 'text', gives: ([value], context) => goString(toYaml(value, context)) }),
    slugify: goFunction({ takes: ['string'], gives: ([text]) => goString(slugify(text)) }),
  }),
]);

/** Every function that a template of a ResourceSet may call. */
export const functionsWith = (inputs: GoValue | undefined): Functions => {
  const own = goFunction({ takes: [], unknowns: 'structure', gives: () => inputs ?? noInputs });
  return (name) => (name === 'inputs' ? own : fixed.get(name));
};

/** Without any inputs they are a nil map: it prints as null, and no key can be read. */
const noInputs: GoValue = { ...goMap([]), isNil: true };
