import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const engine = process.env['WAYBILL_ENGINE'] ?? 'http://127.0.0.1:4180';

/** Libraries that change together are cached together; what only one room needs loads with that room. */
const groups = [
  { name: 'react', priority: 2, test: /node_modules\/(react|react-dom|scheduler)\// },
  {
    name: 'tanstack',
    priority: 2,
    test: /node_modules\/@tanstack\/(react-query|query-core|react-router|router-core|history|react-store|store)\//,
  },
  { name: 'editor', priority: 2, test: /node_modules\/(@codemirror|@lezer|style-mod|crelt|w3c-keyname)\// },
  { name: 'graph', priority: 2, test: /node_modules\/(@xyflow|@dagrejs|d3-|zustand)/ },
  // What the first page needs, whole: apart, each small piece would be packed for itself, and the language waits as a module that awaits.
  { name: 'console', priority: 1, test: /apps\/console\/src\/app\/(console|router|windows)\.tsx?$/ },
];

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['waybill-source', 'module', 'browser', 'development|production'] },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    // An inlined asset would be a data: address, which the page's policy refuses for everything but images.
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  worker: {
    format: 'es',
    // The engine gives files of this name their own policy, so that the evaluator cannot reach the network.
    rolldownOptions: { output: { entryFileNames: 'assets/[name]-[hash].js' } },
  },
  server: { proxy: { '/v1': engine } },
});
