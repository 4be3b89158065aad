// Takes out of the address what may be a key, before anything else reads it. Then sets the colour scheme and the direction of text before the first paint. What is kept in the
// browser here is a taste, never a secret.
(() => {
  const { location, history } = window;
  const query = new URLSearchParams(location.search);
  const isKey = (name, value) =>
    /^(apikey|api_key|access_token)$/i.test(name) || /[0-9A-Za-z]{40,}/.test(value);
  const hidden = [...query].filter(([name, value]) => isKey(name, value)).map(([name]) => name);
  const isHashKey = location.pathname !== '/invitation' && /[0-9A-Za-z]{40,}/.test(location.hash);
  if (hidden.length > 0 || isHashKey) {
    for (const name of hidden) {
      query.delete(name);
    }
    const search = query.toString();
    const hash = isHashKey ? '' : location.hash;
    history.replaceState(history.state, '', location.pathname + (search && `?${search}`) + hash);
  }
})();

(() => {
  const root = document.documentElement;
  const read = (name) => {
    try {
      return window.localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const wish = read('keyway-color-scheme');
  const dark =
    wish === 'dark' ||
    (wish !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  root.setAttribute('dir', read('keyway-direction') === 'rtl' ? 'rtl' : 'ltr');
})();
