/** function-go-templating (`fn.go`): a template over the request → composed resources, however its unknown conditions go. */
import type { MissingKey } from '../../../gotemplate/evaluate.ts';
import type { TemplateFailure } from '../../../gotemplate/failure.ts';
import type { Holes } from '../../../gotemplate/hole.ts';
import { type Parsed, parseTemplate, render } from '../../../gotemplate/render.ts';
import { type GoValue, goMap } from '../../../gotemplate/value.ts';
import type { Origin } from '../../../model/origin.ts';
import { withEntry, withoutEntry } from '../../../yaml/edit.ts';
import { child, isMap, itemsOf, type MapNode, type Node, type ScalarNode, stringAt } from '../../../yaml/node.ts';
import { insideScalar } from '../../../yaml/place.ts';
import type { Gap, GeneratorError } from '../../generated.ts';
import { mergeWorlds } from '../../resource-set/merge-worlds.ts';
import { readDocuments } from '../../resource-set/read-objects.ts';
import { type RenderedText, renderedText } from '../../resource-set/rendered-text.ts';
import { type Composed, fatal, type PipelineState, type StepInput, type StepResult } from '../pipeline-state.ts';
import { goValueOf } from '../values.ts';
import { templateFunctions } from './template-functions.ts';

const annotations = 'gotemplating.fn.crossplane.io';
const nameAnnotation = `${annotations}/composition-resource-name`;
const readyAnnotation = `${annotations}/ready`;
const metaVersion = 'meta.gotemplating.fn.crossplane.io/v1alpha1';

export const goTemplating = (given: StepInput): StepResult => {
  const { state, input } = given;
  const source = templateOf(given);
  if (source.type !== 'template') {
    return source.type === 'gap'
      ? { state, gaps: [{ reason: source.message, at: source.at }], errors: [] }
      : fatal(state, source.message, source.at);
  }
  const parsed = parseTemplate(source.text, delimitersOf(input), templateFunctions);
  if (parsed.type === 'failed') {
    return failing(state, parsed.failure, source, 'invalid function input: cannot parse the provided templates');
  }
  const gaps: Gap[] = [];
  if (/observed\.resources|getComposedResource|getResourceCondition|xtraResources|requiredResources/.test(source.text)) {
    gaps.push({ reason: 'what it makes once its resources are observed is not looked at', at: source.place(0) });
  }
  const rendered = renderAll(parsed, source, given);
  if (rendered.errors.length > 0) return { state, gaps: [...gaps, ...rendered.gaps], errors: rendered.errors };
  const desired = new Map(state.desired);
  for (const [name, composed] of rendered.composed) desired.set(name, composed);
  return { state: { ...state, desired }, gaps: [...gaps, ...rendered.gaps], errors: [] };
};

interface TemplateSource {
  readonly type: 'template';
  readonly text: string;
  /** Where an offset of it was written. */
  readonly place: (offset: number) => Origin;
}

type Source = TemplateSource | { readonly type: 'gap' | 'wrong'; readonly message: string; readonly at: Node };

/** `NewTemplateSourceGetter` */
const templateOf = ({ input, state, sourceOf }: StepInput): Source => {
  const kind = stringAt(input, 'source') ?? '';
  const wrong = (message: string): Source => ({
    type: 'wrong',
    message: `invalid function input: ${message}`,
    at: child(input, 'source') ?? input,
  });
  if (kind === 'FileSystem') {
    return { type: 'gap', message: 'its template lies in the file system of the function', at: child(input, 'fileSystem') ?? input };
  }
  if (kind === 'Environment') {
    const key = stringAt(input, 'environment', 'key') ?? '';
    const text = child(state.environment, key);
    if (text?.type === 'unknown' || state.environment === undefined)
      return { type: 'gap', message: 'its template is in an environment that is not known here', at: child(input, 'environment') ?? input };
    return isText(text) ? written([text], sourceOf) : wrong(`cannot read tmpl from the environment: key: ${key} does not exist`);
  }
  if (kind !== 'Inline') return wrong(kind === '' ? 'source is required' : `invalid source: ${kind}`);
  const one = child(input, 'inline', 'template');
  if (isText(one) && one.text !== '') return written([one], sourceOf);
  const several = itemsOf(child(input, 'inline', 'templates')).filter(isText);
  return several.length > 0 ? written(several, sourceOf) : wrong('inline.template or inline.templates should be provided');
};

const isText = (node: Node | undefined): node is ScalarNode => node?.type === 'scalar' && typeof node.value === 'string';

/** Several templates are documents of one. */
const written = (scalars: readonly ScalarNode[], sourceOf: StepInput['sourceOf']): Source => {
  const separator = '\n---\n';
  const starts: number[] = [];
  let text = '';
  for (const [index, scalar] of scalars.entries()) {
    if (index > 0) text += separator;
    starts.push(text.length);
    text += scalar.text;
  }
  const places = scalars.map((scalar) => {
    const source = sourceOf(scalar.span.path);
    return source === undefined ? () => scalar.span : insideScalar(source, scalar);
  });
  const place = (offset: number): Origin => {
    const index = Math.max(
      starts.findLastIndex((start) => start <= offset),
      0,
    );
    const [scalar, inside, start] = [scalars[index], places[index], starts[index] ?? 0];
    const within = Math.min(offset - start, scalar?.text.length ?? 0);
    return { span: inside?.(within, within) ?? { path: '', start: 0, end: 0 }, via: scalar?.via ?? [] };
  };
  return { type: 'template', text, place };
};

const delimitersOf = (input: MapNode) => {
  const left = stringAt(input, 'delims', 'left');
  const right = stringAt(input, 'delims', 'right');
  return left !== undefined && right !== undefined ? { left, right } : { left: '{{', right: '}}' };
};

interface AllRendered {
  readonly composed: ReadonlyMap<string, Composed>;
  readonly gaps: readonly Gap[];
  readonly errors: readonly GeneratorError[];
}

const renderAll = (parsed: Parsed & { readonly type: 'parsed' }, source: TemplateSource, given: StepInput): AllRendered => {
  const { input, composite, step } = given;
  const holes: Holes = [];
  const { worlds, isCut } = render({
    parsed,
    functions: () => templateFunctions,
    data: requestOf(given),
    holes,
    missingKey: missingKeyOf(input),
  });
  const errors: GeneratorError[] = [];
  const read: ReadonlyMap<string, Composed>[] = [];
  for (const { outcome } of worlds) {
    if (outcome.type === 'failed') {
      errors.push(templateError(outcome.failure, source, 'cannot execute template'));
      continue;
    }
    const rendered = renderedText(outcome.chunks, source.place, step, { type: 'patch-from-claim' });
    const objects = composedOf(rendered, holes, composite);
    if ('message' in objects) errors.push(objects);
    else read.push(objects);
  }
  const gaps: Gap[] = isCut ? [{ reason: 'it depends on more unknown conditions than are looked at', at: source.place(0) }] : [];
  if (read.length === 0) return { composed: new Map(), gaps, errors: errors.slice(0, 1) };
  gaps.push(...errors.map(({ message, at }) => ({ reason: `depending on what is unknown it fails: ${message}`, at })));
  return { composed: united(read), gaps, errors: [] };
};

/** The last of the options that says so. */
const missingKeyOf = (input: MapNode): MissingKey => {
  const options = itemsOf(child(input, 'options')).flatMap((option) => /^missingkey=(error|zero)$/.exec(stringAt(option) ?? '')?.[1] ?? []);
  const last = options.at(-1);
  return last === 'error' || last === 'zero' ? last : 'default';
};

/** What the template sees as `.`: the request to the function, as protojson has it. */
const requestOf = ({ composite, state, input }: StepInput): GoValue => {
  const map = (entries: Readonly<Record<string, GoValue>>): GoValue => goMap(Object.entries(entries));
  const desired = [...state.desired].map(([name, { root }]) => [name, map({ resource: goValueOf(root, 'int64') })] as const);
  const resources = desired.length > 0 ? [['resources', goMap(desired)] as const] : [];
  return map({
    meta: map({}),
    observed: map({ composite: map({ resource: goValueOf(composite, 'int64') }) }),
    desired: goMap(resources),
    input: goValueOf(input, 'int64'),
    context: goMap(state.environment ? [['apiextensions.crossplane.io/environment', goValueOf(state.environment, 'int64')] as const] : []),
  });
};

/** The resources of one rendering, by name; the error where the function refuses it. */
const composedOf = (rendered: RenderedText, holes: Holes, composite: MapNode): ReadonlyMap<string, Composed> | GeneratorError => {
  const read = readDocuments({ rendered, holes, freeTexts: [], before: undefined });
  if (read.type === 'failed')
    return { type: 'output', message: `cannot decode manifest: ${read.message}`, at: rendered.originAt(read.offset) };
  const found = new Map<string, Composed>();
  for (const { root, start } of read.objects) {
    const apiVersion = stringAt(root, 'apiVersion') ?? '';
    const kind = stringAt(root, 'kind') ?? '';
    const given = child(root, 'metadata', 'annotations', nameAnnotation);
    const isComposite = apiVersion === stringAt(composite, 'apiVersion') && kind === stringAt(composite, 'kind');
    const refused = refusedDocument(root, apiVersion, kind);
    if (refused) return { type: 'output', message: refused.message, at: refused.at };
    if (apiVersion === metaVersion || (isComposite && given === undefined)) continue;
    if (given === undefined) {
      return { type: 'output', message: `"${kind}" template is missing required "${nameAnnotation}" annotation`, at: root };
    }
    const name = given.type === 'unknown' ? `${given.text ?? '(unknown)'}@${start}` : (stringAt(given) ?? '');
    const multiplicity = rendered.isRepeatedAt(start) ? '0..n' : '1';
    found.set(name, { root: withoutOwnAnnotations(root), at: root, multiplicity });
  }
  return found;
};

const metaKinds = ['CompositeConnectionDetails', 'ClaimConditions', 'Context', 'ExtraResources'];

/** What the function refuses in a document: annotations that are no text, words that it does not know. */
const refusedDocument = (root: MapNode, apiVersion: string, kind: string): { readonly message: string; readonly at: Node } | undefined => {
  const given = child(root, 'metadata', 'annotations');
  const wrong = isMap(given) ? given.entries.find(({ value }) => value.type !== 'unknown' && stringAt(value) === undefined) : undefined;
  if (wrong) return { message: `invalid annotations: ${wrong.key.text} is no text`, at: wrong.value };
  if (apiVersion === metaVersion)
    return metaKinds.includes(kind) ? undefined : { message: `invalid kind "${kind}" for apiVersion "${metaVersion}"`, at: root };
  const ready = child(given, readyAnnotation);
  const isKnown = ready === undefined || ready.type === 'unknown' || ['True', 'False', 'Unspecified'].includes(stringAt(ready) ?? '');
  return isKnown ? undefined : { message: `invalid "${readyAnnotation}" annotation: must be True, False, or Unspecified`, at: ready };
};

const withoutOwnAnnotations = (root: MapNode): MapNode => {
  const metadata = child(root, 'metadata');
  const given = child(metadata, 'annotations');
  if (!isMap(metadata) || !isMap(given)) return root;
  const left = withoutEntry(withoutEntry(given, nameAnnotation), readyAnnotation);
  return withEntry(
    root,
    'metadata',
    left.entries.length > 0 ? withEntry(metadata, 'annotations', left) : withoutEntry(metadata, 'annotations'),
  );
};

/** What only some of the ways give is there or not; what they give differently is unknown. */
const united = (worlds: readonly ReadonlyMap<string, Composed>[]): ReadonlyMap<string, Composed> => {
  const all = new Map<string, { readonly composed: Composed; readonly count: number }>();
  for (const world of worlds) {
    for (const [name, composed] of world) {
      const before = all.get(name);
      if (before === undefined) all.set(name, { composed, count: 1 });
      else
        all.set(name, {
          composed: { ...before.composed, root: mergeWorlds(before.composed.root, composed.root) },
          count: before.count + 1,
        });
    }
  }
  return new Map(
    [...all].map(([name, { composed, count }]) => [
      name,
      count < worlds.length && composed.multiplicity === '1' ? { ...composed, multiplicity: '0..1' as const } : composed,
    ]),
  );
};

const templateError = ({ message, start }: TemplateFailure, { place }: TemplateSource, before: string): GeneratorError => ({
  type: 'template',
  message: `${before}: ${message}`,
  at: place(Math.max(start, 0)),
});

const failing = (state: PipelineState, failure: TemplateFailure, source: TemplateSource, before: string): StepResult => ({
  state,
  gaps: [],
  errors: [templateError(failure, source, before)],
});
