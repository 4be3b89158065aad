import type { Product } from '@/api/types.ts';

type NameRule = Product['key']['name'];

const MAX_LENGTH = 100;

/** What is wrong with a name under the product's rule; null if nothing is. The server has the last word. */
export function nameProblem(rule: NameRule, name: string): string | null {
  if (rule.mode === 'none' || (rule.mode === 'optional' && name === '')) {
    return null;
  }
  if (name === '') {
    return 'Give it a name';
  }
  if (name.length > MAX_LENGTH) {
    return `At most ${MAX_LENGTH} characters`;
  }
  if (/\p{Cc}/u.test(name)) {
    return 'A name has no control characters';
  }
  const pattern = rule.pattern === null ? null : wholePattern(rule.pattern);
  return pattern === null || pattern.test(name) ? null : (rule.hint ?? 'This name is not allowed');
}

/** Profiles write Java's patterns; one that this browser does not know is left to the server. */
function wholePattern(pattern: string): RegExp | null {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    return null;
  }
}
