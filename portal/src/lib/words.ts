import { LOCALE } from '@/lib/locale.ts';
/** "datapack" to "datapacks", "library" to "libraries": nouns come from profiles, in English. */
export function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) {
    return `${noun.slice(0, -1)}ies`;
  }
  return /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "1 key", "3 keys". */
export function count(n: number, noun: string): string {
  return `${new Intl.NumberFormat(LOCALE).format(n)} ${n === 1 ? noun : plural(noun)}`;
}

/** The initials of a name for a small round mark. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0]?.at(0) ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.at(0) ?? '') : '';
  return (first + last).toUpperCase();
}

/** A name as part of a file's name: "Ana’s laptop" to "ana-s-laptop". */
export function slug(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}
