const milliseconds: ReadonlyMap<string, number> = new Map(Object.entries({ ms: 1, s: 1000, m: 60_000, h: 3_600_000 }));

/** A duration as Flux's APIs write it (`1h30m`), in milliseconds; undefined for what is none. */
export const durationOf = (text: string): number | undefined => {
  if (text.length > 100 || !/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g);
  return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * (milliseconds.get(unit ?? '') ?? 0), 0);
};
