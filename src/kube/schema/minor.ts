/** `major.minor` of a Flux release: `2.9`. */
export type FluxMinor = `2.${number}`;

/** `major.minor` of a Kubernetes release: `1.34`. */
export type KubernetesMinor = `1.${number}`;

export type Minor = FluxMinor | KubernetesMinor;

/** Of two minors of the same product. */
export const isBefore = (minor: Minor, other: Minor): boolean => numberOf(minor) < numberOf(other);

/** `Flux 2.9`, `Kubernetes 1.34` */
export const minorName = (minor: Minor): string => `${minor.startsWith('1.') ? 'Kubernetes' : 'Flux'} ${minor}`;

const numberOf = (minor: Minor): number => Number(minor.slice(2));
