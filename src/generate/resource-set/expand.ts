/**
 * A ResourceSet and the input providers beside it → the objects that the Flux Operator makes of them (0.59).
 *
 * In: trees as they are applied, after substitution. Out: objects in the operator's order whose every value knows the line
 * of the template and the input it comes from; errors, with any of which the operator makes nothing; gaps. Guaranteed:
 * pure, nothing is thrown for what is in the repository, and it ends.
 */
import type { Holes } from '../../gotemplate/hole.ts';
import { holeFor } from '../../gotemplate/hole.ts';
import { lastNotAfter } from '../../model/last-not-after.ts';
import type { Origin, Step } from '../../model/origin.ts';
import { child, isMap, itemsOf, type MapNode, type Node, type ScalarNode, stringAt, textAt } from '../../yaml/node.ts';
import { insideScalar } from '../../yaml/place.ts';
import { printAsGo } from '../../yaml/print-as-go.ts';
import { treeSize } from '../../yaml/tree-size.ts';
import {
  type DroppedObject,
  type FreeText,
  type Gap,
  type Generated,
  type GeneratedObject,
  type GeneratorError,
  madeNothing,
} from '../generated.ts';
import { withCommonMetadata } from './common-metadata.ts';
import { identityOf, isIdentityKnown } from './identity.ts';
import { type InputSet, inputSetsOf } from './input-sets.ts';
import { parseResourceTemplate, type ResourceTemplate, renderTemplate } from './render-template.ts';
import { typeChangesIn } from './type-changes.ts';
import { asYaml11 } from './yaml-1.1.ts';

export interface ResourceSetInput {
  readonly root: MapNode;
  /** Every ResourceSetInputProvider of the cluster, as applied. */
  readonly providers: readonly MapNode[];
  /** Why there may be more providers than are known. */
  readonly open?: string | undefined;
  /** The text of a file, to find places inside its block scalars. */
  readonly sourceOf: (path: string) => string | undefined;
}

/** What one generator may make, in objects, in values and letters of them; the operator knows no limit. */
const maxObjects = 5000;
const maxValues = 500_000;
const maxLetters = 8_000_000;

export const expandResourceSet = ({ root: applied, providers, open, sourceOf }: ResourceSetInput): Generated => {
  const root = asYaml11(applied);
  const namespace = stringAt(root, 'metadata', 'namespace') ?? '';
  const name = textAt(root, 'metadata', 'name') ?? '';
  const about = { kind: 'resource-set', name: `${namespace}/${name}`, at: applied } as const;
  const spec = child(root, 'spec');
  if (!isMap(spec)) return { ...madeNothing, ...about, gaps: spec ? [{ reason: 'its spec is unknown', at: spec }] : [] };
  const wrong = invalid(spec);
  if (wrong) return { ...madeNothing, ...about, errors: [wrong] };

  const inputs = inputSetsOf({ root, namespace, name, providers, open });
  const { unmatched, collisions, tooMany } = inputs;
  if (inputs.errors.length > 0) return { ...madeNothing, ...about, unmatched, gaps: inputs.gaps, errors: inputs.errors };
  const step: Step = { type: 'resource-set', at: (child(root, 'metadata', 'name') ?? root).span, field: 'resources' };
  const steps = itemsOf(child(spec, 'steps')).filter(isMap);
  const parts = (steps.length > 0 ? steps : [spec]).map((part) => templatesOf(part, step, sourceOf));
  const made = combine(parts, inputs.sets);
  const objects = made.objects.map((object) => ({ ...object, root: withCommonMetadata(object.root, child(spec, 'commonMetadata')) }));
  const typeChanges = made.objects.flatMap((object) => typeChangesIn(object.root));
  return { ...about, ...made, objects, typeChanges, unmatched, collisions, tooMany, gaps: [...inputs.gaps, ...made.gaps] };
};

/** What the API server refuses. */
const invalid = (spec: MapNode): GeneratorError | undefined => {
  const wrong = itemsOf(child(spec, 'resources')).find((item) => item.type !== 'map' && item.type !== 'unknown');
  if (wrong) return { type: 'invalid', message: 'an item of resources is no object', at: wrong };
  const steps = child(spec, 'steps');
  if (itemsOf(steps).length === 0) return undefined;
  const other = child(spec, 'resources') ?? child(spec, 'resourcesTemplate');
  if (other) {
    const message = 'spec.steps is mutually exclusive with spec.resources and spec.resourcesTemplate';
    return { type: 'invalid', message, at: other };
  }
  const empty = itemsOf(steps).find((item) => itemsOf(child(item, 'resources')).length === 0 && !stringAt(item, 'resourcesTemplate'));
  return empty && { type: 'invalid', message: 'a step needs resources or resourcesTemplate', at: empty };
};

/** The items of `resources`, then `resourcesTemplate`. */
interface Templates {
  readonly step: string | undefined;
  readonly resources: readonly ResourceTemplate[];
  readonly text: ResourceTemplate | undefined;
}

const templatesOf = (part: MapNode, step: Step, sourceOf: ResourceSetInput['sourceOf']): Templates => {
  const text = child(part, 'resourcesTemplate');
  return {
    step: stringAt(part, 'name'),
    resources: itemsOf(child(part, 'resources')).flatMap((item) => (isMap(item) ? [printedTemplate(item, step)] : [])),
    text:
      text?.type === 'scalar' && typeof text.value === 'string' && text.value !== '' ? writtenTemplate(text, step, sourceOf) : undefined,
  };
};

/** The operator turns an item into YAML first: the author's quotes are gone when the template is rendered. */
const printedTemplate = (item: MapNode, step: Step): ResourceTemplate => {
  const holes: Holes = [];
  const { text, pieces } = printAsGo(withHoles(item, holes));
  const starts = pieces.map(({ start }) => start);
  const place = (offset: number): Origin => pieces[lastNotAfter(starts, offset)]?.node ?? item;
  return parseResourceTemplate(text, { holes, place, before: { text, pieces, starts, item, step }, step });
};

const withHoles = (map: MapNode, holes: Holes): MapNode => {
  const walk = (node: Node): Node => {
    switch (node.type) {
      case 'map':
        return withHoles(node, holes);
      case 'list':
        return { ...node, items: node.items.map(walk) };
      case 'scalar':
        return node;
      case 'unknown': {
        const { span, via, why } = node;
        const text = holeFor({ type: 'unknown', why, key: `${span.path}:${span.start}`, at: { span, via } }, holes);
        return { type: 'scalar', value: text, text, style: 'plain', span, via };
      }
      default:
        return node satisfies never;
    }
  };
  return { ...map, entries: map.entries.map(({ key, value }) => ({ key, value: walk(value) })) };
};

const writtenTemplate = (scalar: ScalarNode, step: Step, sourceOf: ResourceSetInput['sourceOf']): ResourceTemplate => {
  const source = sourceOf(scalar.span.path);
  const inside = source === undefined ? () => scalar.span : insideScalar(source, scalar);
  const place = (offset: number): Origin => ({ span: inside(offset, offset), via: scalar.via });
  return parseResourceTemplate(scalar.text, { holes: [], place, before: undefined, step });
};

type Made = Pick<Generated, 'objects' | 'gaps' | 'errors' | 'drops' | 'freeTexts'>;

/** Every template with every set of inputs, `resourcesTemplate` last; of duplicates the first stays. */
const combine = (parts: readonly Templates[], sets: readonly InputSet[] | undefined): Made => {
  const objects: GeneratedObject[] = [];
  const gaps: Gap[] = [];
  const errors: GeneratorError[] = [];
  const drops: DroppedObject[] = [];
  const freeTexts: FreeText[] = [];
  let [values, letters] = [0, 0];
  const stepOf = new Map<string, string | undefined>();
  // Without inputs the operator neither compares resources with each other nor looks at what is disabled among them.
  const isPlain = sets === undefined;
  for (const { step, resources, text } of parts) {
    const seen = new Map<string, GeneratedObject>();
    const keep = (object: GeneratedObject, looks: boolean): boolean => {
      const { root, at } = object;
      if (looks && stringAt(root, 'metadata', 'annotations', 'fluxcd.controlplane.io/reconcile') === 'disabled') return true;
      const identity = identityOf(root);
      if (isIdentityKnown(root)) {
        const kept = looks ? seen.get(identity) : undefined;
        if (kept) {
          if (differsFrom(kept.root, root)) drops.push({ dropped: object, kept });
          return true;
        }
        seen.set(identity, object);
        if (stepOf.has(identity) && stepOf.get(identity) !== step) {
          const message = `duplicate resource ${identity} in step "${step}", already defined in step "${stepOf.get(identity)}"`;
          errors.push({ type: 'invalid', message, at });
        }
        stepOf.set(identity, step);
      }
      objects.push(object);
      const size = treeSize(root);
      values += size.nodes;
      letters += size.letters;
      return objects.length < maxObjects && values < maxValues && letters < maxLetters;
    };
    const add = (template: ResourceTemplate, set: InputSet | undefined, looks: boolean): boolean => {
      const rendered = renderTemplate(template, set);
      gaps.push(...rendered.gaps);
      errors.push(...rendered.errors);
      freeTexts.push(...rendered.freeTexts);
      return rendered.objects.every((object) => keep(object, looks)) && rendered.errors.length === 0;
    };
    const rendersOn = resources.every((template) => (sets ?? [undefined]).every((set) => add(template, set, !isPlain)));
    const isDone = rendersOn && (text === undefined || (sets ?? [undefined]).every((set) => add(text, set, true)));
    if (isDone) continue;
    const last = objects.at(-1);
    if (last && objects.length >= maxObjects) {
      gaps.push({ reason: `it makes more than ${maxObjects} objects: the others are not looked at`, at: last.at });
    } else if (last && values >= maxValues) {
      gaps.push({ reason: `what it makes holds more than ${maxValues} values: the others are not looked at`, at: last.at });
    } else if (last && letters >= maxLetters) {
      gaps.push({ reason: `what it makes holds more than ${maxLetters} letters: the others are not looked at`, at: last.at });
    }
    break;
  }
  return { objects, gaps, errors, drops, freeTexts };
};

/** Whether two trees certainly hold different values. */
const differsFrom = (a: Node, b: Node): boolean => {
  if (a.type === 'unknown' || b.type === 'unknown') return false;
  if (a.type === 'scalar' && b.type === 'scalar') return !Object.is(a.value, b.value);
  if (a.type === 'list' && b.type === 'list') {
    return a.items.length !== b.items.length || a.items.some((item, index) => differsFromSome(item, b.items[index]));
  }
  if (a.type !== 'map' || b.type !== 'map') return true;
  return a.entries.length !== b.entries.length || a.entries.some(({ key, value }) => differsFromSome(value, child(b, key.text)));
};

const differsFromSome = (a: Node, b: Node | undefined): boolean => b === undefined || differsFrom(a, b);
