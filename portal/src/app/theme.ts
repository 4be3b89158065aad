import { createTheme, type MantineColorsTuple } from '@mantine/core';

const ink: MantineColorsTuple = [
  '#eef2ff',
  '#dfe6fd',
  '#bccbf8',
  '#95adf2',
  '#7592ee',
  '#5f80ea',
  '#4c6ce0',
  '#3f5ccb',
  '#3651b5',
  '#2b4398',
];

/** The neutral surfaces of the dark scheme, from text to page; base.css has the same ones by name. */
const dark: MantineColorsTuple = [
  '#eceef2',
  '#c9ced8',
  '#a3abb8',
  '#7b8494',
  '#454c5a',
  '#363c48',
  '#1f232c',
  '#16191f',
  '#0f1115',
  '#0a0c0f',
];

/** Calm: one accent, neutral surfaces, round corners, and the system's own letters. */
export const theme = createTheme({
  primaryColor: 'ink',
  // The shades at which text on the accent, and the accent as text, have contrast enough.
  primaryShade: { light: 8, dark: 7 },
  colors: { ink, dark },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily:
    'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650', textWrap: 'balance' },
});
