import type { StepProblem } from '../../model/problem.ts';
import type { Unfit } from '../../yaml/through-json.ts';
import { currentId, type Resource } from './resource.ts';
import { idText } from './resource-id.ts';

/** What kustomize says when it prints or patches an object that JSON cannot hold, in Go's words. */
export const notJson = ({ at, isKey }: Unfit, resource: Resource): StepProblem => {
  const who = idText(currentId(resource));
  const message = isKey
    ? `json: unsupported type: map[interface {}]interface {}: the key ${at.text} of ${who} is no text. kustomize rejects the build.`
    : `json: unsupported value: ${at.text} in ${who} is no number that JSON has. kustomize rejects the build.`;
  const hint = `Put it in quotes: "${at.text}"${isKey ? '' : ', where a text will do'}.`;
  return { ruleId: 'manifest/not-json', at: { span: at.span, via: at.via }, message, hint };
};
