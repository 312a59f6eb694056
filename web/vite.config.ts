import { brotliCompressSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Lays a compressed copy beside each script and style sheet, for the service to send. */
function compressedCopies(): Plugin {
  return {
    name: 'compressed-copies',
    enforce: 'post',
    generateBundle: {
      // Of what the others have finished.
      order: 'post',
      handler(_, bundle) {
        for (const [fileName, file] of Object.entries(bundle)) {
          if (!/\.(js|css|svg)$/.test(fileName)) continue;
          const content = file.type === 'chunk' ? file.code : file.source;
          const source = brotliCompressSync(content);
          this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source });
        }
      },
    },
  };
}

export default defineConfig({
  base: '/console/',
  plugins: [react(), compressedCopies()],
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
