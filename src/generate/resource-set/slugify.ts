/**
 * A name of a DNS label as `slugify` of the operator makes it: gosimple/slug 1.15 (`MakeLang`, English), 63 letters at most,
 * cut at a dash (flux-operator: internal/builder/resourceset.go), with the letters of gosimple/unidecode 1.0.
 */

/** @returns undefined for letters that are not transliterated here */
export const slugify = (text: string): string | undefined => {
  let plain = '';
  for (const letter of text.normalize('NFC')) {
    const written = transliterated(letter);
    if (written === undefined) return undefined;
    plain += written;
  }
  const slug = trimmed(
    plain
      .trim()
      .toLowerCase()
      .replace(/[^a-z0-9_-]/g, '-')
      .replace(/-+/g, '-'),
  );
  return slug.length <= maxLength ? slug : cut(slug);
};

const maxLength = 63;

/** At the last dash, so that no word is cut in two; a single word is. */
const cut = (slug: string): string => {
  const dash = slug.lastIndexOf('-', maxLength);
  return slug.slice(0, dash === -1 ? maxLength : dash);
};

const trimmed = (slug: string): string => slug.replace(/^[-_]{1,9999}/, '').replace(/(?<![-_])[-_]{1,9999}$/, '');

const transliterated = (letter: string): string | undefined => {
  const special = specials.get(letter);
  if (special !== undefined) return special;
  if (letter <= '\x7f') return letter;
  if (!/[À-ɏḀ-ỿͰ-Ͽ]/.test(letter)) return undefined;
  const base = letter.normalize('NFD').replace(/\p{M}/gu, '');
  return /^[\0-\x7f]+$/.test(base) ? base : specials.get(base);
};

const pairs = (text: string) => text.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(2)] as const);

const lower = [
  ...pairs('æ:ae ð:d ø:o þ:th ß:ss đ:d ħ:h ı:i ĸ:k ŀ:l ł:l ŋ:ng œ:oe ŧ:t'),
  ...pairs('α:a β:b γ:g δ:d ε:e ζ:z η:e θ:th ι:i κ:k λ:l μ:m ν:n ο:o π:p ρ:r σ:s ς:s τ:t υ:u φ:ph χ:kh ψ:ps ω:o'),
  ...pairs('а:a б:b в:v г:g д:d е:e ж:zh з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch'),
  ...pairs('ы:y э:e ю:iu я:ia ѐ:ie ё:io ђ:dj ѓ:gj є:ie ѕ:dz і:i ї:yi ј:j љ:lj њ:nj ћ:tsh ќ:kj ѝ:i ў:u џ:dzh'),
];

/** What is written for a letter or a sign, before all is made lower case. Greek xi is `ks` as a capital and `x` as none. */
const specials: ReadonlyMap<string, string> = new Map([
  ...lower,
  ...lower.filter(([letter]) => !'ßıĸς'.includes(letter)).map(([letter, written]) => [letter.toUpperCase(), written] as const),
  ...pairs('ξ:x Ξ:ks ẞ:ss &:and @:at ‒:- –:- —:- ―:- “:- ”:- ‘:- …:-'),
  ...['"', "'", '’'].map((mark) => [mark, ''] as const),
]);
