/** Texts that know where each piece of them was written. */
import { lastNotAfter } from '../../model/last-not-after.ts';
import type { Origin } from '../../model/origin.ts';
import type { HclString, TextPiece } from './value.ts';

/** The pieces of a text; without any of its own, it is one. */
export const piecesOf = (text: HclString, otherwise: Origin): readonly TextPiece[] =>
  text.pieces ?? (text.value === '' ? [] : [{ text: text.value, at: text.at ?? otherwise, isExact: false }]);

export const textOfPieces = (pieces: readonly TextPiece[], at: Origin): HclString => ({
  type: 'string',
  value: pieces.map(({ text }) => text).join(''),
  pieces,
  at,
});

/** A part of a text, from one character up to another. */
export const slicedText = (text: HclString, start: number, end: number): HclString => {
  const value = text.value.slice(start, end);
  if (text.pieces === undefined || value === text.value) return { ...text, value };
  const pieces: TextPiece[] = [];
  let offset = 0;
  for (const piece of text.pieces) {
    const from = Math.max(0, start - offset);
    const to = Math.min(piece.text.length, end - offset);
    if (from < to) pieces.push(from === 0 && to === piece.text.length ? piece : slicedPiece(piece, from, to));
    offset += piece.text.length;
  }
  return { ...text, value, pieces };
};

const slicedPiece = ({ text, at, isExact }: TextPiece, from: number, to: number): TextPiece => {
  const { span, via } = at;
  const exact = { span: { path: span.path, start: span.start + from, end: span.start + to }, via };
  return { text: text.slice(from, to), at: isExact ? exact : at, isExact };
};

/** Who wrote what stands at an offset of a text. */
export const originIn = (text: HclString, otherwise: Origin): ((offset: number) => Origin) => {
  const pieces = piecesOf(text, otherwise);
  const starts: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    starts.push(length);
    length += piece.text.length;
  }
  return (offset) => {
    const index = lastNotAfter(starts, offset);
    const piece = pieces[index];
    if (piece === undefined) return otherwise;
    if (!piece.isExact) return piece.at;
    const { span, via } = piece.at;
    const start = Math.min(span.start + Math.max(0, offset - (starts[index] ?? 0)), span.end);
    return { span: { path: span.path, start, end: span.end }, via };
  };
};
