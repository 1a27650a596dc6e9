/** One template and one set of inputs → objects, however its unknown conditions go. */
import type { TemplateFailure } from '../../gotemplate/failure.ts';
import type { Holes } from '../../gotemplate/hole.ts';
import { type Parsed, parseTemplate, render } from '../../gotemplate/render.ts';
import type { Origin, Step } from '../../model/origin.ts';
import type { MapNode } from '../../yaml/node.ts';
import type { FreeText, Gap, GeneratedObject, GeneratorError } from '../generated.ts';
import { functionsWith } from './functions.ts';
import { identityOf } from './identity.ts';
import type { InputSet } from './input-sets.ts';
import { mergeWorlds } from './merge-worlds.ts';
import { type ReadResult, readAll, readOne } from './read-objects.ts';
import { type RenderedText, renderedText } from './rendered-text.ts';
import { type PrintedItem, renderScalars } from './scalar-by-scalar.ts';

/** A template of a ResourceSet, parsed once for all inputs. */
export interface ResourceTemplate {
  readonly parsed: Parsed;
  /** What stands for unknown values in the text itself. */
  readonly holes: Holes;
  /** Where an offset of the template was written. */
  readonly place: (offset: number) => Origin;
  /** For an item of `resources`: the tree it was printed from. */
  readonly before: PrintedItem | undefined;
  readonly step: Step;
}

export interface RenderedObjects {
  readonly objects: readonly GeneratedObject[];
  readonly gaps: readonly Gap[];
  readonly errors: readonly GeneratorError[];
  readonly freeTexts: readonly FreeText[];
}

const delimiters = { left: '<<', right: '>>' };

export const parseResourceTemplate = (text: string, about: Omit<ResourceTemplate, 'parsed'>): ResourceTemplate => ({
  ...about,
  parsed: parseTemplate(text, delimiters, functionsWith(undefined)),
});

/** @param set undefined where the ResourceSet has no inputs */
export const renderTemplate = (template: ResourceTemplate, set: InputSet | undefined): RenderedObjects => {
  const { parsed, place, before, step } = template;
  if (parsed.type === 'failed') return failed(templateError(parsed.failure, template, set));
  const holes: Holes = [...template.holes];
  const { worlds, isCut } = render({ parsed, functions: () => functionsWith(set?.values()), holes });
  const gaps: Gap[] = [];
  const errors: GeneratorError[] = [];
  const freeTexts: FreeText[] = [];
  const read: (readonly ReadWorld[])[] = [];
  for (const { outcome } of worlds) {
    if (outcome.type === 'failed') {
      errors.push(templateError(outcome.failure, template, set));
      continue;
    }
    const quick = before && renderScalars(outcome.chunks, before, { holes, freeTexts });
    if (quick && before) {
      read.push([{ root: quick, at: before.item, isRepeated: false }]);
      continue;
    }
    const rendered = renderedText(outcome.chunks, place, step);
    const reading = { rendered, holes, freeTexts };
    const result = before ? readOne({ ...reading, before: before.item }) : readAll({ ...reading, before: undefined });
    if (result.type === 'failed') errors.push(outputError(result, rendered, set));
    else
      read.push(
        result.objects.map(({ root, start }) => ({
          root,
          isRepeated: rendered.isRepeatedAt(start),
          at: before?.item ?? rendered.originAt(start),
        })),
      );
  }
  if (isCut) gaps.push({ reason: 'it depends on more unknown conditions than are looked at', at: place(0) });
  // Some way it works: whether it fails depends on what is unknown.
  if (read.length > 0) {
    gaps.push(...errors.map(({ message, at }) => ({ reason: `depending on what is unknown it fails: ${message}`, at })));
    return { objects: united(read, set), gaps, errors: [], freeTexts };
  }
  return { objects: [], gaps, errors: errors.slice(0, 1), freeTexts: [] };
};

interface ReadWorld {
  readonly root: MapNode;
  readonly at: Origin;
  readonly isRepeated: boolean;
}

/** The objects of all ways; what only some of them give is there or not. */
const united = (worlds: readonly (readonly ReadWorld[])[], set: InputSet | undefined): readonly GeneratedObject[] => {
  const found = new Map<string, { object: ReadWorld; count: number }>();
  for (const objects of worlds) {
    const seen = new Map<string, number>();
    for (const object of objects) {
      const identity = identityOf(object.root);
      const nth = seen.get(identity) ?? 0;
      seen.set(identity, nth + 1);
      const key = `${identity}#${nth}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { object, count: 1 });
      else found.set(key, { object: { ...known.object, root: mergeWorlds(known.object.root, object.root) }, count: known.count + 1 });
    }
  }
  return [...found.values()].map(({ object: { root, at, isRepeated }, count }) => ({
    root,
    at,
    inputs: set,
    multiplicity: set?.isSymbolic || isRepeated ? '0..n' : count < worlds.length ? '0..1' : '1',
  }));
};

const failed = (error: GeneratorError): RenderedObjects => ({ objects: [], gaps: [], errors: [error], freeTexts: [] });

const templateError = (
  { message, start, missingKey }: TemplateFailure,
  { place }: ResourceTemplate,
  set: InputSet | undefined,
): GeneratorError => ({
  type: missingKey === undefined ? 'template' : 'missing-input',
  key: missingKey,
  message: `${message}${set ? ` (with ${set.label})` : ''}`,
  at: place(Math.max(start, 0)),
  related: set ? [{ at: set.at, message: 'these are the inputs' }] : [],
});

const outputError = (
  { message, offset }: ReadResult & { readonly type: 'failed' },
  rendered: RenderedText,
  set: InputSet | undefined,
): GeneratorError => ({
  type: 'output',
  message: `what the template gives cannot be read: ${message.replace(/\.$/, '')}${set ? ` (with ${set.label})` : ''}`,
  at: rendered.originAt(offset),
  related: set ? [{ at: set.at, message: 'these are the inputs' }] : [],
});
