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

/** Calm: one accent, neutral surfaces, round corners, and the system's own letters. */
export const theme = createTheme({
  primaryColor: 'ink',
  // The shades at which text on the accent, and the accent as text, have contrast enough.
  primaryShade: { light: 8, dark: 7 },
  colors: { ink },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily:
    'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650', textWrap: 'balance' },
});
