/** The tables of values, read back: an object as lines, each with who wrote it. */
import type { ValuesData } from '../map-shape.ts';
import { data } from './state.ts';

export interface ValueLine {
  readonly text: string;
  /** `PATH:LINE`; empty where no file has it. */
  readonly at: string;
  /** Who carried or changed it, in words with a place each. */
  readonly steps: readonly StepWords[];
}

export interface StepWords {
  readonly words: string;
  readonly at: string;
  readonly field: string | undefined;
}

/** @param place of the object in the tables */
export const valueLines = (place: number): readonly ValueLine[] => {
  const { values } = data;
  const [distances, places] = values?.objects[place] ?? [];
  if (!values || !distances || !places) return [];
  const found: ValueLine[] = [];
  let [text, source, line] = [0, 0, 0];
  for (const [index, distance] of distances.entries()) {
    text += distance;
    const at = places[index] ?? 0;
    if (typeof at === 'number') line += at;
    else [source, line] = at;
    const [file = 0, ...steps] = values.sources[source] ?? [];
    found.push({ text: values.lines[text] ?? '', at: placeText(values, file, line), steps: steps.map((step) => stepWords(values, step)) });
  }
  return found;
};

const stepWords = (values: ValuesData, step: number): StepWords => {
  const [words = '', file = 0, line = 0, field] = values.steps[step] ?? [];
  return { words, at: placeText(values, file, line), field };
};

const placeText = ({ files }: ValuesData, file: number, line: number): string => {
  const name = files[file] ?? '';
  const [path, where] = typeof name === 'string' ? [name] : name;
  return path === '' ? '' : `${path}:${line}${where === undefined ? '' : ` (${where})`}`;
};
