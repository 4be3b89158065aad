// Sets the colour scheme and the direction of text before the first paint. What is kept in the
// browser here is a taste, never a secret.
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
