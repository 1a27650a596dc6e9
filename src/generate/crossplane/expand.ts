/**
 * Composite resources, claims and Compositions → the objects that Crossplane makes of them.
 *
 * In: trees as they are applied. Out: one generator for each composite resource or claim, and one for each Composition,
 * which stands for all claims to come. Guaranteed: pure, nothing is thrown for what is in the repository, and it ends.
 */
import { scalarNode, withEntry } from '../../yaml/edit.ts';
import { child, isMap, type MapNode, type Node, stringAt, textAt, type UnknownNode } from '../../yaml/node.ts';
import { type Gap, type Generated, type GeneratedObject, type GeneratorError, type Multiplicity, madeNothing } from '../generated.ts';
import { compositeOf, symbolicComposite } from './composite.ts';
import { compositeKindOf, type Definition, definitionOf, groupKindOf, isComposition, isDefinition, isEnvironmentConfig } from './kinds.ts';
import { runPipeline } from './pipeline.ts';
import type { Composed } from './pipeline-state.ts';
import { isObject, manifestOf, providerConfigOf } from './unwrap.ts';

/** What shapes composite resources in one cluster. */
export interface Platform {
  /** By `GROUP/KIND` of composite resources and of claims. */
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly compositions: readonly MapNode[];
  readonly environmentConfigs: readonly MapNode[];
}

export const platformOf = (roots: readonly MapNode[]): Platform => {
  const definitions = roots.filter(isDefinition).map(definitionOf);
  return {
    definitions: new Map(
      definitions.flatMap((definition) => [
        [definition.composite, definition] as const,
        ...(definition.claim === undefined ? [] : [[definition.claim, definition] as const]),
      ]),
    ),
    compositions: roots.filter(isComposition),
    environmentConfigs: roots.filter(isEnvironmentConfig),
  };
};

/** Whether an object is a composite resource or a claim of the platform. */
export const isComposite = (root: MapNode, { definitions }: Platform): boolean => definitions.has(groupKindOf(root));

export interface CompositeInput {
  readonly root: MapNode;
  readonly platform: Platform;
  readonly sourceOf: (path: string) => string | undefined;
}

/** What is made of a composite resource or a claim. */
export const expandComposite = ({ root, platform, sourceOf }: CompositeInput): Generated => {
  const name = `${stringAt(root, 'kind') ?? '?'}/${textAt(root, 'metadata', 'name') ?? '?'}`;
  return { ...about(name, root), ...compose(root, { platform, sourceOf, depth: 0 }) };
};

/** Whether it is here what a Composition is for. */
export const isDefinedIn = (composition: MapNode, { definitions }: Platform): boolean => definitions.has(compositeKindOf(composition));

/** What a Composition makes of every composite resource that may come. */
export const expandComposition = ({ root, platform, sourceOf }: CompositeInput): Generated => {
  const kind = stringAt(root, 'spec', 'compositeTypeRef', 'kind') ?? '?';
  const name = `${kind}/(every one)`;
  const definition = platform.definitions.get(compositeKindOf(root));
  if (definition === undefined) return { ...about(name, root), ...nothing, gaps: [{ reason: `${kind} is not defined here`, at: root }] };
  const composite = symbolicComposite(definition, root);
  const made = composeWith(root, { composite, definition }, { platform, sourceOf, depth: 0 });
  // That it fails for values that nobody knows is no error.
  const gaps = [...made.gaps, ...made.errors.map(({ message, at }) => ({ reason: `it may fail: ${message}`, at }))];
  return {
    ...about(name, root),
    objects: made.objects.map((object) => ({ ...object, multiplicity: '0..n' as const, standsFor: `every ${kind}, now and later` })),
    gaps,
    errors: [],
  };
};

const about = (name: string, at: Node): Generated => ({ ...madeNothing, kind: 'crossplane', name, at });

interface Made extends Pick<Generated, 'candidates'> {
  readonly objects: readonly GeneratedObject[];
  readonly gaps: readonly Gap[];
  readonly errors: readonly GeneratorError[];
}

interface Composing {
  readonly platform: Platform;
  readonly sourceOf: CompositeInput['sourceOf'];
  /** Composite resources that composite resources make. */
  readonly depth: number;
}

/** How deep they may be; Crossplane knows no limit. */
const maxDepth = 5;
/** What one of them may make, so that no input makes without end. */
const maxObjects = 5000;

const compose = (root: MapNode, composing: Composing): Made => {
  const { platform } = composing;
  const kind = groupKindOf(root);
  const definition = platform.definitions.get(kind);
  if (definition === undefined) return nothing;
  const composite = compositeOf(root, definition, definition.claim === kind);
  const candidates = platform.compositions.filter((composition) => compositeKindOf(composition) === definition.composite);
  const chosen = chosenOf(root, definition, candidates);
  if (chosen.type === 'gap') return { ...nothing, gaps: [{ reason: chosen.reason, at: root }] };
  const [only] = chosen.compositions;
  if (chosen.compositions.length === 1 && only) return composeWith(only, { composite, definition }, composing);
  const all = chosen.compositions.map((composition) => composeWith(composition, { composite, definition }, composing));
  const reason = `one of ${all.length} Compositions is chosen at random: nothing names one`;
  return {
    objects: all.flatMap(({ objects }) => objects.map((object) => ({ ...object, multiplicity: less(object.multiplicity) }))),
    gaps: [{ reason, at: root }, ...all.flatMap(({ gaps }) => gaps)],
    errors: [],
    candidates: chosen.compositions,
  };
};

const nothing: Made = { objects: [], gaps: [], errors: [] };

const less = (multiplicity: Multiplicity): Multiplicity => (multiplicity === '1' ? '0..1' : multiplicity);

type Chosen = { readonly type: 'chosen'; readonly compositions: readonly MapNode[] } | { readonly type: 'gap'; readonly reason: string };

/** `CompositionSelector`s of crossplane (internal/controller/apiextensions/composite/api.go), the strongest first. */
const chosenOf = (root: MapNode, { root: definition }: Definition, candidates: readonly MapNode[]): Chosen => {
  const spec = child(root, 'spec');
  const own = child(spec, 'crossplane') ?? spec;
  const named = (reference: Node | undefined): Chosen | undefined => {
    if (reference === undefined) return undefined;
    const name = stringAt(reference, 'name');
    const found = candidates.filter((composition) => stringAt(composition, 'metadata', 'name') === name);
    if (found.length > 0) return { type: 'chosen', compositions: found.slice(0, 1) };
    return { type: 'gap', reason: name === undefined ? 'which Composition is used is unknown' : `Composition ${name} is not here` };
  };
  const enforced = named(child(definition, 'spec', 'enforcedCompositionRef'));
  if (enforced) return enforced;
  const written = named(child(own, 'compositionRef'));
  if (written) return written;
  const labels = child(own, 'compositionSelector', 'matchLabels');
  const standard = isMap(labels) ? undefined : named(child(definition, 'spec', 'defaultCompositionRef'));
  if (standard) return standard;
  const matching = isMap(labels)
    ? candidates.filter((composition) =>
        labels.entries.every(({ key, value }) => textAt(composition, 'metadata', 'labels', key.text) === textAt(value)),
      )
    : candidates;
  return matching.length > 0 ? { type: 'chosen', compositions: matching } : { type: 'gap', reason: 'no Composition for it is here' };
};

interface Subject {
  readonly composite: MapNode;
  readonly definition: Definition;
}

const composeWith = (composition: MapNode, { composite, definition }: Subject, composing: Composing): Made => {
  const { platform, sourceOf } = composing;
  const { composed, gaps, errors } = runPipeline({ composite, composition, environmentConfigs: platform.environmentConfigs, sourceOf });
  if (errors.length > 0) return { objects: [], gaps, errors };
  const all = composed.slice(0, maxObjects).map((resource) => unwrapped(named(resource, composite, definition), composing));
  const cut: readonly Gap[] =
    composed.length > maxObjects
      ? [{ reason: `it makes more than ${maxObjects} objects: the others are not looked at`, at: composition }]
      : [];
  return {
    objects: all.flatMap(({ objects }) => objects),
    gaps: [...gaps, ...cut, ...all.flatMap((made) => made.gaps)],
    errors: all.flatMap((made) => made.errors),
  };
};

/** A name where there is none, and the namespace of a namespaced composite resource, which wins over what is written. */
const named = ({ root, at, multiplicity }: Composed, composite: MapNode, { scope }: Definition): GeneratedObject => {
  const metadata = child(root, 'metadata');
  if (metadata?.type === 'unknown') return { root, at, multiplicity };
  const name = child(composite, 'metadata', 'name');
  const { span, via } = at;
  const prefix = name?.type === 'unknown' ? (name.text ?? '(unknown)') : (stringAt(name) ?? '');
  const generated: UnknownNode = { type: 'unknown', why: 'made when it is created', text: `${prefix}-(unknown)`, span, via };
  let inner: MapNode = isMap(metadata) ? metadata : { type: 'map', entries: [], span, via };
  if (child(inner, 'name') === undefined) inner = withEntry(inner, 'name', generated);
  const namespace = child(composite, 'metadata', 'namespace');
  const written = child(inner, 'namespace');
  if (scope === 'Namespaced') inner = withEntry(inner, 'namespace', namespace ?? scalarNode('default', at));
  const isOverwritten = scope === 'Namespaced' && stringAt(written) !== undefined && stringAt(written) !== stringAt(namespace);
  return { root: withEntry(root, 'metadata', inner), at, multiplicity, ...(isOverwritten ? { overwritten: written } : {}) };
};

/** A composed resource, and what is made of it in turn. */
const unwrapped = (object: GeneratedObject, composing: Composing): Made => {
  const { root, multiplicity } = object;
  if (isObject(root)) {
    const manifest = manifestOf(root);
    const cluster = providerConfigOf(root);
    const inside = manifest ? [{ root: manifest, at: manifest, multiplicity, providerConfig: cluster ?? '(unknown)' }] : [];
    return { ...nothing, objects: [object, ...inside] };
  }
  if (!isComposite(root, composing.platform)) return { ...nothing, objects: [object] };
  if (composing.depth >= maxDepth)
    return { ...nothing, objects: [object], gaps: [{ reason: `composite resources more than ${maxDepth} deep`, at: object.at }] };
  const made = compose(root, { ...composing, depth: composing.depth + 1 });
  const fewer = made.objects.map((inner) => ({ ...inner, multiplicity: multiplicity === '1' ? inner.multiplicity : multiplicity }));
  return { ...made, objects: [object, ...fewer] };
};
