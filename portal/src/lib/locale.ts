/** The pages are English: numbers and dates are too, in the reader's own kind of it if there is one. */
export const LOCALE = navigator.languages.find((one) => one.startsWith('en')) ?? 'en-GB';
