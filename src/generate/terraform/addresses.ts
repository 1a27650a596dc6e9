/** The address of a resource or a module without the keys of its instances: `module.tenant["a"].x.y[0]` is `module.tenant.x.y`. */
export const withoutIndices = (address: string): string => address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+|\?)\]/g, '');
