/** `major.minor` of a Flux release: `2.9`. */
export type FluxMinor = `2.${number}`;

export const isBefore = (minor: FluxMinor, other: FluxMinor): boolean => numberOf(minor) < numberOf(other);

const numberOf = (minor: FluxMinor): number => Number(minor.slice(2));
