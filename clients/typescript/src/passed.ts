/** Query parameters that hold a key, whatever the product's profile says. */
const NAMED = new Set(['apikey', 'api_key', 'access_token']);
/** Prefix, id, secret and check of a key. */
const KEY_FORM = /^[a-z0-9_]+[0-9A-Za-z]{61}$/;

/** Whether the application must not see a header: a credential, or what only Keyway may say. */
export function isHidden(name: string): boolean {
  const lower = name.toLowerCase().replaceAll('_', '-');
  return lower === 'authorization' || lower === 'x-api-key' || lower.startsWith('keyway-');
}

/** A target without the keys in its query. */
export function withoutKeys(target: string): string {
  const at = target.indexOf('?');
  if (at < 0) {
    return target;
  }
  const kept = target
    .slice(at + 1)
    .split('&')
    .filter((pair) => !holdsKey(pair));
  return kept.length === 0 ? target.slice(0, at) : `${target.slice(0, at)}?${kept.join('&')}`;
}

function holdsKey(pair: string): boolean {
  const equals = pair.indexOf('=');
  const name = decoded(equals < 0 ? pair : pair.slice(0, equals));
  const value = decoded(equals < 0 ? '' : pair.slice(equals + 1));
  return NAMED.has(name.toLowerCase()) || KEY_FORM.test(value.trim());
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
