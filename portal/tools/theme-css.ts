import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from '@mantine/core';
import type { Plugin } from 'vite';
import { theme } from '../src/app/theme.ts';

const NAME = 'virtual:theme.css';
const RESOLVED = '\0theme.css';

/**
 * The theme's variables as a style sheet. The component library would write them into the page
 * while it runs, which a content security policy without inline styles forbids.
 */
export function themeCss(): Plugin {
  return {
    name: 'keyway-theme-css',
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    load: (id) => (id === RESOLVED ? css() : null),
  };
}

function css(): string {
  const whole = mergeMantineTheme(DEFAULT_THEME, theme);
  return convertCssVariables(defaultCssVariablesResolver(whole), ':root');
}
