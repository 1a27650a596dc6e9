import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import type { ScalarNode } from '../../yaml/node.ts';
import type { Unfit } from '../../yaml/through-json.ts';
import { tagOf } from '../../yaml/through-json.ts';
import { currentId, type Resource } from './resource.ts';
import { idText } from './resource-id.ts';

/** What kustomize says when it prints or patches an object that does not come through JSON, in Go's words. */
export const notJson = ({ type, at }: Unfit, resource: Pick<Resource, 'root'>): StepProblem => {
  const who = idText(currentId(resource));
  switch (type) {
    case 'key':
      return {
        ruleId: 'manifest/not-json',
        at: { span: at.span, via: at.via },
        message: `json: unsupported type: map[interface {}]interface {}: the key ${at.text} of ${who} is no text. kustomize rejects the build.`,
        hint: `Put it in quotes: "${at.text}".`,
      };
    case 'number':
      return {
        ruleId: 'manifest/not-json',
        at: { span: at.span, via: at.via },
        message: `json: unsupported value: ${at.text} in ${who} is no number that JSON has. kustomize rejects the build.`,
        hint: `Put it in quotes: "${at.text}", where a text will do.`,
      };
    case 'tag':
      return {
        ruleId: 'build/failed-transformation',
        at: writerOf(at),
        message: `cannot decode ${tagOf({ ...at, tag: undefined })} \`${at.text}\` as a ${at.tag}`,
      };
    default:
      return type satisfies never;
  }
};

/** The entry that wrote the text, not the place it was copied from. */
const writerOf = ({ span, via }: ScalarNode): Origin => {
  const writer = via.findLast(({ type }) => type === 'replacement' || type === 'transformer');
  return writer ? { span: writer.at, via: [] } : { span, via };
};
