import { DirectionProvider, localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { queryClient } from '@/app/queryClient.ts';
import { router } from '@/app/router.tsx';
import { theme } from '@/app/theme.ts';
import { AnnouncerProvider } from '@/ui/Announcer.tsx';

const colorScheme = localStorageColorSchemeManager({ key: 'keyway-color-scheme' });

/** The portal. Nothing writes style text into the page: see tools/theme-css.ts. */
export function App() {
  return (
    <DirectionProvider detectDirection>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={colorScheme}
        withCssVariables={false}
        withGlobalClasses={false}
        withStaticClasses={false}
      >
        <QueryClientProvider client={queryClient}>
          <AnnouncerProvider>
            <RouterProvider router={router} />
          </AnnouncerProvider>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
