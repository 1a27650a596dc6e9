/** Rendered text: what templates gave, and where each part of it was written. */
import type { Chunk } from '../../gotemplate/evaluate.ts';
import { lastNotAfter } from '../../model/last-not-after.ts';
import type { Origin, Step } from '../../model/origin.ts';

export interface RenderedText {
  readonly text: string;
  /** Who wrote what stands at an offset. */
  readonly originAt: (offset: number) => Origin;
  /** Whether that stands for any number of itself. */
  readonly isRepeatedAt: (offset: number) => boolean;
}

/**
 * @param place where an offset of the template was written
 * @param readStep what says that a value was made of another
 */
export const renderedText = (
  chunks: readonly Chunk[],
  place: (offset: number) => Origin,
  step: Step,
  readStep: Pick<Step, 'type' | 'field'> = { type: 'resource-set', field: 'inputs' },
): RenderedText => {
  const starts: number[] = [];
  let text = '';
  const kept = chunks.filter((chunk) => chunk.text !== '');
  for (const chunk of kept) {
    starts.push(text.length);
    text += chunk.text;
  }
  const at = (offset: number) => {
    const index = lastNotAfter(starts, offset);
    return { chunk: kept[index], start: starts[index] ?? 0 };
  };
  return {
    text,
    originAt: (offset) => {
      const { chunk, start } = at(offset);
      const { span, via } = place(chunk === undefined ? 0 : chunk.start + (chunk.isLiteral ? offset - start : 0));
      // The inputs it was made of, then the set that made it.
      const inputs = (chunk?.reads ?? []).slice(0, 1).map((read): Step => ({ ...readStep, at: read.span }));
      return { span, via: [...via, ...inputs, step] };
    },
    isRepeatedAt: (offset) => at(offset).chunk?.isRepeated ?? false,
  };
};
