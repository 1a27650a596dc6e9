import type { Origin } from '../../model/origin.ts';
import type { Related } from '../../model/problem.ts';
import type { ObjectView } from './views.ts';

/** The file that defines an object, beside a place in another one that changes it. Empty where they are the same. */
export const definedAt = (object: ObjectView, { span }: Origin): readonly Related[] =>
  span.path === object.root.span.path
    ? []
    : [{ at: object.origin('/kind'), message: `${object.original.kind} ${object.original.name} is defined here` }];

/** Who wrote a place that is not the object's own file, for a message: ` by a patch in apps/production/kustomization.yaml`. */
export const writtenBy = (object: ObjectView, { span, via }: Origin): string => {
  if (span.path === object.root.span.path) return '';
  const writer = via.find(({ type }) => type !== 'resource' && type !== 'component' && type !== 'substitution');
  return writer ? ` (${words.get(writer.type) ?? 'written'} in ${span.path})` : ` (written in ${span.path})`;
};

const words: ReadonlyMap<string, string> = new Map(
  Object.entries({
    patch: 'by a patch',
    transformer: 'by a transformer',
    replacement: 'by a replacement',
    generator: 'by a generator',
  }),
);
