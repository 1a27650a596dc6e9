/**
 * Whether a text is a schedule in the standard five fields, or one of the words for one (robfig/cron v3, `ParseStandard`,
 * which is what Kubernetes and the Flux Operator use).
 */
export const isCronSchedule = (text: string): boolean => {
  const schedule = text.trim().replace(/^(CRON_)?TZ=\S+\s+/, '');
  if (schedule.startsWith('@')) return /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every\s+\S+)$/.test(schedule);
  const parts = schedule.split(/\s+/);
  return parts.length === fields.length && fields.every((field, index) => fieldFits(parts[index] ?? '', field));
};

interface Field {
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const fields: readonly Field[] = [
  { least: 0, most: 59, names: [] },
  { least: 0, most: 23, names: [] },
  { least: 1, most: 31, names: [] },
  { least: 1, most: 12, names: months },
  { least: 0, most: 6, names: days },
];

const fieldFits = (text: string, field: Field): boolean => text.split(',').every((part) => rangeFits(part, field));

const rangeFits = (text: string, field: Field): boolean => {
  const match = /^(?:([*?])|(\w+)(?:-(\w+))?)(?:\/([1-9]\d*))?$/.exec(text);
  if (!match) return false;
  if (match[1] !== undefined) return true;
  const from = valueIn(match[2] ?? '', field);
  const to = match[3] === undefined ? from : valueIn(match[3], field);
  return from !== undefined && to !== undefined && from <= to;
};

const valueIn = (text: string, { least, most, names }: Field): number | undefined => {
  const named = names.indexOf(text.toLowerCase());
  if (named !== -1) return least + named;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
};
