/** What a search may be sent as, once all that could be a secret is cut away in the browser. */
export type SearchText =
  | { kind: 'text'; text: string }
  /** A key was pasted: what is left is its public id. */
  | { kind: 'key'; text: string }
  /** It looks like a secret of which no id is known; nothing of it may leave the page. */
  | { kind: 'secret' };

const ID_LENGTH = 12;

/** As long as no id and no name is, without a blank or a sign: part of a key, most likely. */
const SECRET_RUN = /[0-9A-Za-z]{20,}/;

/**
 * Cuts a pasted key to its public id. The secret part never reaches a request, the address or the
 * browser's history.
 */
export function searchText(typed: string, prefix: string): SearchText {
  const text = typed.trim();
  const at = text.indexOf(prefix);
  if (at >= 0) {
    const rest = /^[0-9A-Za-z]*/.exec(text.slice(at + prefix.length))?.[0] ?? '';
    if (rest.length >= ID_LENGTH) {
      return { kind: 'key', text: `key_${rest.slice(0, ID_LENGTH)}` };
    }
  }
  const id = /key_[0-9A-Za-z]{12}/.exec(text)?.[0];
  if (id !== undefined && (id === text || text.startsWith(`${id}:`))) {
    return { kind: text === id ? 'text' : 'key', text: id };
  }
  return SECRET_RUN.test(text) ? { kind: 'secret' } : { kind: 'text', text };
}
