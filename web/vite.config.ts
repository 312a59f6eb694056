import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  // The service puts the nonce of each answer in this place: see src/http/console.ts.
  html: { cspNonce: 'CSP_NONCE' },
  // The packages of the service bring another React, for the terminal.
  resolve: { dedupe: ['react', 'react-dom'] },
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  // `npm run dev -w web` beside `npm run demo`.
  server: { proxy: { '/v1': 'http://127.0.0.1:8080' } },
});
