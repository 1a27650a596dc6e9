/** Objects as `build` prints them, each line with who wrote it, in tables: clusters have most of it in common. */
import type { ShownObject } from '../../graph/secrets/shown-objects.ts';
import type { Location } from '../../model/finding.ts';
import type { Origin, Step } from '../../model/origin.ts';
import type { Span } from '../../model/span.ts';
import { objectLines } from '../build/yaml.ts';
import { whereText } from '../place.ts';
import { layerWords } from '../why/object.ts';
import type { EncodedObject, StepData, ValuesData } from './map-shape.ts';
import { createRoom, createTable } from './table.ts';

export interface ValuesInput {
  /** Where a span stands, for people. */
  readonly locate: (span: Span) => Location;
  /** A text as a report may show it. */
  readonly text: (text: string) => string;
  /** Characters of the page that it may fill. */
  readonly room: number;
}

export interface Values {
  /** An object's place among the others; undefined where there is no room for it. */
  readonly add: (object: ShownObject) => number | undefined;
  readonly data: () => ValuesData;
}

export const createValues = ({ locate, text, room }: ValuesInput): Values => {
  const lines = createTable<string>();
  const files = createTable<ValuesData['files'][number]>();
  const steps = createTable<StepData>();
  const sources = createTable<ValuesData['sources'][number]>();
  const objects = createTable<EncodedObject>();
  const space = createRoom([lines, files, steps, sources, objects], room);

  const placed = (span: Span): readonly [file: number, line: number] => {
    const location = locate(span);
    const where = whereText(location);
    return [files.place(where === undefined ? location.path : [location.path, where]), location.line];
  };
  const stepOf = ({ type, at, field }: Step): number => {
    const [file, line] = placed(at);
    return steps.place(field === undefined ? [layerWords[type], file, line] : [layerWords[type], file, line, field]);
  };
  const sourceOf = ({ span, via }: Origin): readonly [source: number, line: number] => {
    const [file, line] = placed(span);
    return [sources.place([file, ...via.map(stepOf)]), line];
  };
  const encoded = ({ root, origin }: ShownObject): EncodedObject => {
    const printed = objectLines(root);
    const places = printed.map(({ node }) => sourceOf(origin(node)));
    return [distances(printed.map((line) => lines.place(text(line.text)))), inSteps(places)];
  };

  return {
    add: (object) => space.take(() => objects.place(encoded(object))),
    data: () => ({
      lines: lines.all(),
      files: files.all(),
      steps: steps.all(),
      sources: sources.all(),
      objects: objects.all(),
      left: space.left(),
    }),
  };
};

const distances = (places: readonly number[]): readonly number[] => places.map((place, index) => place - (places[index - 1] ?? 0));

/** Lines of one source follow each other more often than not. */
const inSteps = (places: readonly (readonly [source: number, line: number])[]): EncodedObject[1] =>
  places.map(([source, line], index) => {
    const before = places[index - 1];
    return before?.[0] === source ? line - before[1] : [source, line];
  });
