import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { usePreference } from '../parts/preference.js';
import { ZoneProvider, type Zone } from '../parts/zone.js';
import { styleNonce } from '../parts/nonce.js';
import type { ConsoleRouter } from './router.js';
import { cssVariables, theme } from './theme.js';

const colorSchemes = localStorageColorSchemeManager({ key: 'waybill-color-scheme' });

export function Console({ queries, router, env }: { queries: QueryClient; router: ConsoleRouter; env?: 'test' }) {
  const [zone, setZone] = usePreference<Zone>('zone', 'local');
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemes}
      getStyleNonce={styleNonce}
      env={env}
    >
      <QueryClientProvider client={queries}>
        <ZoneProvider zone={zone} setZone={setZone}>
          <RouterProvider router={router} />
          <Notifications position="bottom-right" limit={4} />
        </ZoneProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
