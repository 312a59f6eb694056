import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import 'uplot/dist/uPlot.min.css';
import './styles.css';
import { createTheme, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { asProblem } from './api/client.ts';
import { startTranslation } from './i18n/translation.ts';
import { router } from './router.tsx';

const MINUTE_MS = 60_000;
const RETRIES = 2;

const theme = createTheme({
  // Cyan, darker at its end: white can be read on it, under the pointer too (WCAG 2.2, 1.4.3).
  colors: {
    homeward: ['#e3fafc', '#c5f6fa', '#99e9f2', '#66d9e8', '#3bc9db', '#22b8cf', '#15aabf', '#1098ad', '#0b7285', '#095c6b'], // prettier-ignore
  },
  primaryColor: 'homeward',
  primaryShade: 8,
  autoContrast: true,
  defaultRadius: 'md',
  respectReducedMotion: true,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
});

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: MINUTE_MS,
      // What the service refused it refuses again; a broken network may have healed.
      retry: (failures, error) => asProblem(error) === null && failures < RETRIES,
    },
  },
});

/** The nonce of this page, without which the browser refuses the styles that components add. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
// Where the library that keeps the page still behind a dialog looks for it.
Object.assign(globalThis, { __webpack_nonce__: nonce });

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
await startTranslation();
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} getStyleNonce={() => nonce}>
      <Notifications position="top-right" />
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
