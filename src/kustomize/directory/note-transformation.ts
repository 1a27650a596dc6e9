import { type Configured, withTransformation } from '../transform/build-metadata.ts';
import type { Progress } from './directory.ts';
import type { Level } from './level.ts';

/** Every object says what was at work on it, where the root asks for that. */
export const noteTransformation = ({ metadata }: Level, progress: Progress, transformer: Configured): void => {
  if (!metadata) return;
  const resources = withTransformation(progress.accumulation.resources, transformer, metadata);
  progress.accumulation = { ...progress.accumulation, resources };
};
