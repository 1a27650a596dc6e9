import { type CST, Parser } from 'yaml';
import { limits } from './limits.ts';

/**
 * How deep the collections of a text are nested. Shallow texts get away with a cheap upper bound; only one that could
 * be too deep is walked, without recursion, since composing it would overflow the stack.
 */
export const nestingDepth = (text: string): number => {
  const bound = nestingBound(text);
  return bound <= limits.depth ? bound : exactDepth(text);
};

/** Never less than the true depth: counts brackets and leading dashes wherever they stand. */
const nestingBound = (text: string): number => {
  let flow = 0;
  let deepestFlow = 0;
  let deepestBlock = 0;
  let block = 0;
  let leading = true;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10) {
      leading = true;
      block = 0;
    } else if (leading && (code === 32 || code === 45 || code === 63 || code === 9)) {
      block++;
      if (block > deepestBlock) deepestBlock = block;
    } else {
      leading = false;
      if (code === 91 || code === 123) {
        flow++;
        if (flow > deepestFlow) deepestFlow = flow;
      } else if ((code === 93 || code === 125) && flow > 0) flow--;
    }
  }
  return deepestFlow + deepestBlock + 1;
};

const exactDepth = (text: string): number => {
  let deepest = 0;
  for (const document of new Parser().parse(text)) {
    if (document.type !== 'document') continue;
    const stack: [token: CST.Token | undefined, depth: number][] = [[document.value, 1]];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const [token, depth] = next;
      if (!token || !('items' in token)) continue;
      if (depth > deepest) deepest = depth;
      if (depth > limits.depth) return depth;
      for (const item of token.items) {
        if (item.key) stack.push([item.key, depth + 1]);
        if (item.value) stack.push([item.value, depth + 1]);
      }
    }
  }
  return deepest;
};
