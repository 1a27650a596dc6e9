import type { NotJudged, Summary } from '../../lint/result.ts';
import { counted } from '../words.ts';

/** `2 errors, 1 warning, 3 infos`; what there is none of is not said. */
export const foundText = ({ errors, warnings, infos }: Summary): string => {
  const found = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(infos > 0 ? [counted(infos, 'info')] : []),
  ];
  return found.length === 0 ? 'No problems found' : found.join(', ');
};

/** How much was looked at. */
export const judgedText = ({ files, objects, kustomizations, clusters }: Summary): string =>
  `Checked ${counted(files, 'file')}, ${counted(objects, 'object')}, ${counted(kustomizations, 'Kustomization')}, ${counted(clusters, 'cluster')}.`;

/** What was not checked, some examples or all that are known, and how to have it checked. */
export const notJudgedText = ({ reason, count, examples, howTo }: NotJudged, all: boolean): string => {
  const known = all ? examples : examples.slice(0, 2);
  const unnamed = count - known.length;
  const named = known.length === 0 ? `${count}` : `${count}: ${known.join(', ')}${unnamed > 0 ? ` and ${unnamed} more` : ''}`;
  return `Not checked: ${reason} (${named}).${howTo === undefined ? '' : ` ${howTo}`}`;
};
