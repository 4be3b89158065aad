import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render as renderPlain } from '@testing-library/react';
import type { ReactElement } from 'react';
import { theme } from '@/app/theme.ts';
import { AnnouncerProvider } from '@/ui/Announcer.tsx';

/** Renders a component within what every page stands in, apart from the router. */
export function render(element: ReactElement) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return {
    client,
    ...renderPlain(
      <MantineProvider
        theme={theme}
        env="test"
        withCssVariables={false}
        withGlobalClasses={false}
        withStaticClasses={false}
      >
        <QueryClientProvider client={client}>
          <AnnouncerProvider>{element}</AnnouncerProvider>
        </QueryClientProvider>
      </MantineProvider>,
    ),
  };
}
