/**
 * An item of `resources` rendered scalar by scalar: what most of them need, and much faster than through text. It gives
 * what the text would, or nothing where that is not certain.
 */
import type { Chunk } from '../../gotemplate/evaluate.ts';
import { type Holes, hasHole, holesIn, unknownText } from '../../gotemplate/hole.ts';
import { lastNotAfter } from '../../model/last-not-after.ts';
import type { Step } from '../../model/origin.ts';
import type { MapNode, Node, ScalarNode } from '../../yaml/node.ts';
import { isPlainText, type Printed, type PrintedPiece } from '../../yaml/print-as-go.ts';
import { resolvePlain } from '../../yaml/scalar.ts';
import type { FreeText } from '../generated.ts';
import { freeTextsIn } from './free-texts.ts';

/** An item, printed, with what every rendering of it shares. */
export interface PrintedItem extends Printed {
  readonly starts: readonly number[];
  readonly item: MapNode;
  readonly step: Step;
}

/** What `quote` mostly gives: no escape in it, nothing that YAML would fold. */
const inQuotes = /^"([\x20\x21\x23-\x5b\x5d-\x7e\ue000\ue001]*)"$/;

/** A scalar as it comes out of its template. */
interface Rendered {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly inputs: readonly Step[];
}

interface Unknowns {
  readonly holes: Holes;
  /** Where texts of strangers that stand without quotes are noted. */
  readonly freeTexts: FreeText[];
}

/** @returns the object; undefined where it has to go through the text */
export const renderScalars = (chunks: readonly Chunk[], printed: PrintedItem, { holes, freeTexts }: Unknowns): MapNode | undefined => {
  const texts = new Map<Node, Rendered>();
  let end = 0;
  for (const chunk of chunks) {
    // A condition, a loop or a trim marker leaves a gap.
    if (chunk.start !== end) return undefined;
    end = chunk.end;
    if (chunk.isLiteral) continue;
    const piece = pieceAt(printed, chunk.start);
    if (!piece || chunk.end > piece.end || piece.node.type !== 'scalar') return undefined;
    if (printed.text.slice(piece.start, piece.end) !== piece.node.text) return undefined;
    if (!texts.has(piece.node)) {
      const written = pieceText(chunks, piece);
      const [, quoted] = inQuotes.exec(written) ?? [];
      if (quoted === undefined && !isPlainText(written)) return undefined;
      texts.set(piece.node, {
        text: quoted ?? written,
        isQuoted: quoted !== undefined,
        inputs: chunk.reads.slice(0, 1).map(({ span }) => ({ type: 'resource-set', at: span, field: 'inputs' })),
      });
    }
  }
  if (end !== printed.text.length) return undefined;

  const free: FreeText[] = [];
  let isCertain = true;
  const scalar = (node: ScalarNode): Node => {
    const changed = texts.get(node);
    const { span } = node;
    const via = [...node.via, ...(changed?.inputs ?? []), printed.step];
    if (changed === undefined) return { ...node, via };
    const { text, isQuoted } = changed;
    if (hasHole(text)) {
      if (!isQuoted) free.push(...freeTextsIn(holesIn(text, holes), { span, via }));
      return unknownText(text, holes, { span, via });
    }
    if (isQuoted) return { type: 'scalar', value: text, text, style: 'double', span, via };
    const value = resolvePlain(text, 'yaml-1.1');
    if (typeof value === 'number' && !Number.isFinite(value)) isCertain = false;
    return { type: 'scalar', value, text, style: 'plain', span, via };
  };
  const walk = (node: Node): Node => {
    switch (node.type) {
      case 'scalar':
        return scalar(node);
      case 'list':
        return { ...node, via: [...node.via, printed.step], items: node.items.map(walk) };
      case 'map':
        return walkMap(node);
      case 'unknown':
        return { ...node, via: [...node.via, printed.step] };
      default:
        return node satisfies never;
    }
  };
  const walkMap = (map: MapNode): MapNode => ({
    ...map,
    via: [...map.via, printed.step],
    entries: map.entries.map(({ key, value }) => {
      // What a key becomes may be one that is there already.
      if (texts.has(key)) isCertain = false;
      return { key, value: walk(value) };
    }),
  });
  const root = walkMap(printed.item);
  if (!isCertain) return undefined;
  freeTexts.push(...free);
  return root;
};

const pieceAt = ({ pieces, starts }: PrintedItem, offset: number): PrintedPiece | undefined => pieces[lastNotAfter(starts, offset)];

/** What the chunks give for a stretch of the template. */
const pieceText = (chunks: readonly Chunk[], { start, end }: PrintedPiece): string => {
  let text = '';
  for (const chunk of chunks) {
    if (chunk.end <= start || chunk.start >= end) continue;
    text += chunk.isLiteral ? chunk.text.slice(Math.max(start - chunk.start, 0), end - chunk.start) : chunk.text;
  }
  return text;
};
