import type { GeneratedObject } from '../../generate/generated.ts';
import type { Origin } from '../../model/origin.ts';
import { shownAsJson } from '../../yaml/unknown.ts';
import { type ExpandReport, unknownLeaves } from './expand-report.ts';

/** `expand --format json` of the contract. */
export const expandJson = ({ generators, locate }: ExpandReport): string => {
  const location = ({ span }: Origin) => locate(span);
  const object = ({ root, at, multiplicity }: GeneratedObject) => ({
    object: shownAsJson(root),
    unknown: unknownLeaves(root),
    multiplicity,
    location: location(at),
    via: root.via.map(({ type, at: span }) => ({ step: type, location: locate(span) })),
  });
  const value = {
    version: 1,
    generators: generators.map(({ kind, name, at, objects, files, values, gaps, errors }) => ({
      kind,
      name,
      location: location(at),
      objects: objects.map(object),
      ...(files && files.length > 0 ? { files: files.map(({ at: place, ...file }) => ({ ...file, location: location(place) })) } : {}),
      ...(values && values.size > 0 ? { values: Object.fromEntries([...values].map(([key, node]) => [key, shownAsJson(node)])) } : {}),
      gaps: gaps.map((gap) => ({ reason: gap.reason, location: location(gap.at) })),
      errors: errors.map((error) => ({
        message: error.message,
        location: location(error.at),
        related: (error.related ?? []).map(({ at: place, message }) => ({ message, location: location(place) })),
      })),
    })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
};
