import type { ObjectView } from '../../graph/clusters/views.ts';
import { generatedSteps } from '../../model/origin.ts';
import type { Edit, FieldEdit, Fix } from '../../model/problem.ts';
import { isMap, isScalar, pointerKeys, type ScalarNode, toPointer } from '../../yaml/node.ts';

/**
 * A fix that adds a missing field to the file that defines the object.
 *
 * @param pointer of the new field; its parent must exist, as a map written in that file
 * @param value as YAML
 * @returns undefined where the parent was written elsewhere (a patch, a transformer) or does not exist
 */
export const addField = (object: ObjectView, pointer: string, value: string): Fix | undefined => {
  const keys = pointerKeys(pointer);
  const key = keys.at(-1);
  const parent = object.node(toPointer(keys.slice(0, -1)));
  if (key === undefined || !isMap(parent) || parent.via.length > 0 || parent.span.path !== object.root.span.path) return undefined;
  const edit: FieldEdit = { map: parent, key, value };
  return { description: `add ${key}: ${value}`, safety: 'safe', edits: [edit] };
};

/** A fix that writes another value in the place of a scalar; undefined where the place holds no scalar of a file's own. */
export const replaceScalar = (object: ObjectView, pointer: string, text: string): Fix | undefined => {
  const node = object.node(pointer);
  if (!isScalar(node) || node.via.length > 0) return undefined;
  const edit: Edit = { span: node.span, text };
  return { description: `write ${text}`, safety: 'safe', edits: [edit] };
};

/** A fix that puts a scalar in quotes; undefined where its text does not stand in a file as it is. */
export const quoteScalar = (node: ScalarNode): Fix | undefined => {
  if (!isAsWritten(node)) return undefined;
  const edit: Edit = { span: node.span, text: JSON.stringify(node.text) };
  return { description: `put ${node.text} in quotes`, safety: 'safe', edits: [edit] };
};

/** An unquoted scalar that nothing has made of another text: no substitution, no folded block around it. */
export const isAsWritten = ({ style, text, span, via }: ScalarNode): boolean =>
  style === 'plain' &&
  text !== '' &&
  span.end - span.start === text.length &&
  !via.some(({ type }) => type === 'substitution' || generatedSteps.has(type));
