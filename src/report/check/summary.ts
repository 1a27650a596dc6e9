import type { NotJudged, Summary } from '../../lint/result.ts';
import { counted } from '../words.ts';

/** `2 errors, 1 warning, 3 infos`; what there is none of is not said. */
export const foundText = (summary: Summary): string => {
  const { errors, warnings, infos } = summary;
  const found = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(infos > 0 ? [counted(infos, 'info')] : []),
  ];
  return found.length === 0 ? nothingFound(summary) : found.join(', ');
};

/** What was looked at and is in order: silence about what was not looked at must not read as clean. */
export const nothingFound = ({ clusters, files }: Summary): string => {
  if (clusters > 0) return `No problems found in ${counted(clusters, 'cluster')}`;
  return files === 0 ? 'No problems found' : 'No cluster was found here; no problems found in what could be checked without one';
};

/** What is taken for granted where nothing says it, a sentence each. */
export const assumedText = (assumed: readonly string[], all: boolean): string => {
  const [first, ...others] = assumed;
  if (first === undefined) return '';
  if (all) return `Assumed: ${assumed.join('. ')}.`;
  return `Assumed: ${first}${others.length > 0 ? `, and ${others.length} more (--verbose)` : ''}.`;
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
