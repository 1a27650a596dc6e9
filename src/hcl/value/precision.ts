/**
 * Terraform's numbers are binary, 512 bits long (cty: `big.Float`). We keep decimal ones of 15 digits: of what comes to
 * another number there, nothing is said.
 */

/** A number of 512 bits: `mantissa` times two to the `exponent`. */
interface Binary {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const bits = 512;

/** Whether the result of an operation on two decimals is the decimal that it looks like. */
export const isTrueResult = (sign: string, x: number, y: number, result: number): boolean => {
  if ([x, y, result].every(Number.isSafeInteger)) return true;
  const [a, b, expected] = [nearest(x), nearest(y), nearest(result)];
  if (!a || !b || !expected) return false;
  const made = operated(sign, a, b);
  return made !== undefined && made.mantissa === expected.mantissa && (made.mantissa === 0n || made.exponent === expected.exponent);
};

/** The nearest number to a decimal, as it is written. */
const nearest = (value: number): Binary | undefined => {
  const [digits = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const scale = fraction.length - Number(exponent);
  if (Math.abs(scale) > 400) return undefined;
  const number = BigInt(whole + fraction);
  return scale > 0 ? rounded(number, 10n ** BigInt(scale), 0) : rounded(number * 10n ** BigInt(-scale), 1n, 0);
};

const operated = (sign: string, a: Binary, b: Binary): Binary | undefined => {
  if (sign === '*') return rounded(a.mantissa * b.mantissa, 1n, a.exponent + b.exponent);
  if (sign === '/') return b.mantissa === 0n ? undefined : rounded(a.mantissa, b.mantissa, a.exponent - b.exponent);
  const low = Math.min(a.exponent, b.exponent);
  if (Math.max(a.exponent, b.exponent) - low > 4000) return undefined;
  const left = a.mantissa << BigInt(a.exponent - low);
  const right = b.mantissa << BigInt(b.exponent - low);
  return rounded(sign === '+' ? left + right : left - right, 1n, low);
};

/** `number / divisor * 2 ** exponent` with 512 bits, a half to the even one. */
const rounded = (number: bigint, divisor: bigint, exponent: number): Binary => {
  if (number === 0n) return { mantissa: 0n, exponent: 0 };
  const isNegative = number < 0n !== divisor < 0n;
  const [top, bottom] = [number < 0n ? -number : number, divisor < 0n ? -divisor : divisor];
  const shift = bits - (lengthOf(top) - lengthOf(bottom));
  const scaled = shift > 0 ? top << BigInt(shift) : top;
  const base = shift > 0 ? bottom : bottom << BigInt(-shift);
  let mantissa = scaled / base;
  let rest = scaled % base;
  let divisorNow = base;
  let power = exponent - shift;
  while (lengthOf(mantissa) > bits) {
    rest += (mantissa & 1n) * divisorNow;
    divisorNow <<= 1n;
    mantissa >>= 1n;
    power++;
  }
  if (rest * 2n > divisorNow || (rest * 2n === divisorNow && (mantissa & 1n) === 1n)) mantissa += 1n;
  while ((mantissa & 1n) === 0n) {
    mantissa >>= 1n;
    power++;
  }
  return { mantissa: isNegative ? -mantissa : mantissa, exponent: power };
};

const lengthOf = (value: bigint): number => value.toString(2).length;
