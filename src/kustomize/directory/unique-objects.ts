import { withUniqueIds } from '../resource/unique.ts';
import type { BuiltDirectory } from './directory.ts';

/** A directory whose steps are done, without the objects that came to an id which another has. */
export const withUniqueObjects = (built: BuiltDirectory): BuiltDirectory => {
  const { resources, problems } = withUniqueIds(built.accumulation.resources);
  if (problems.length === 0) return built;
  // A patch that is allowed to rename says so itself, and of the same objects.
  const isTold = built.problems.some(({ ruleId }) => ruleId === 'build/duplicate-object');
  return {
    ...built,
    accumulation: { ...built.accumulation, resources },
    problems: isTold ? built.problems : [...built.problems, ...problems],
  };
};
