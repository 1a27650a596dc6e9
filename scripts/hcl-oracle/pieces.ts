/** What the oracle tells of a file (main.go), of our own tree. */
import type { Body, Expression, Part } from '../../src/hcl/syntax/tree.ts';
import { walkExpression } from '../../src/hcl/walk.ts';
import type { Span } from '../../src/model/span.ts';

/** Every attribute, block and call with its bytes, and how many conditionals and loops there are; sorted. */
export const piecesOf = (body: Body, text: string): readonly string[] => {
  const bytes = byteOffsets(text);
  const piece = (kind: string, name: string, { start, end }: Span) => `${kind} ${name} ${bytes(start)}-${bytes(end)}`;
  const ofBody = ({ attributes, blocks }: Body): readonly string[] => [
    ...attributes.flatMap(({ name, nameSpan, value }) => [
      piece('attribute', name, nameSpan),
      piece('value', name, value.span),
      ...ofExpression(value),
    ]),
    ...blocks.flatMap(({ type, span, body: inner }) => [
      piece('block', type, { ...span, end: span.start + type.length }),
      ...ofBody(inner),
    ]),
  ];
  const ofExpression = (expression: Expression): readonly string[] => {
    const pieces: string[] = [];
    walkExpression(expression, (part) => {
      if (part.type === 'call') pieces.push(piece('call', part.name, part.span));
      if (part.type === 'conditional' || part.type === 'for') pieces.push(`${part.type}  0-0`);
      if (part.type === 'template') pieces.push(...part.parts.flatMap(directives));
    });
    return pieces;
  };
  return [...ofBody(body)].sort();
};

/** Directives are conditionals and loops to the oracle. */
const directives = (part: Part): readonly string[] => {
  if (part.type === 'if') return ['conditional  0-0', ...part.then.flatMap(directives), ...part.otherwise.flatMap(directives)];
  return part.type === 'for' ? ['for  0-0', ...part.body.flatMap(directives)] : [];
};

/** UTF-16 offsets to bytes. */
const byteOffsets = (text: string): ((offset: number) => number) => {
  let known = 0;
  let bytes = 0;
  const seen = new Map<number, number>();
  return (offset) => {
    const remembered = seen.get(offset);
    if (remembered !== undefined) return remembered;
    if (offset < known) [known, bytes] = [0, 0];
    bytes += Buffer.byteLength(text.slice(known, offset));
    known = offset;
    seen.set(offset, bytes);
    return bytes;
  };
};
