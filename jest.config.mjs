/** One configuration for every package. Tests stand beside what they test, `*.test.ts(x)`, and run as ES modules. */
const swc = [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      parser: { syntax: 'typescript', decorators: true, tsx: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
      target: 'es2022',
      keepClassNames: true,
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];

const base = {
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  resolver: '<rootDir>/tools/jest-resolver.cjs',
  transform: { '\\.tsx?$': swc },
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/tools/boundaries/fixture/'],
  modulePathIgnorePatterns: ['/dist/', '/\\.waybill/'],
};

const page = {
  ...base,
  testEnvironment: 'jest-fixed-jsdom',
  testEnvironmentOptions: { customExportConditions: ['browser'], url: 'http://localhost:4180/' },
  moduleNameMapper: { '\\.css$': '<rootDir>/apps/console/test/style-stub.mjs' },
  setupFilesAfterEnv: ['<rootDir>/apps/console/test/browser.ts'],
};

const node = { ...base, testEnvironment: '<rootDir>/tools/jest-node-environment.cjs' };

export default {
  // Two more than the processors of the smallest machine: many tests wait for a lease, a lock, a page or a retry, and do nothing meanwhile.
  maxWorkers: 4,
  testSequencer: '<rootDir>/tools/jest-slow-first.mjs',
  reporters: ['default', '<rootDir>/tools/jest-still-running.mjs'],
  // Two cores are shared with a database and a browser; a test that hangs still ends.
  testTimeout: 60_000,
  projects: [
    { ...node, displayName: 'tools', rootDir: '.', roots: ['<rootDir>/tools'], testMatch: ['**/*.test.ts'] },
    {
      ...node,
      displayName: 'connectors',
      rootDir: '.',
      roots: ['<rootDir>/connectors', '<rootDir>/mappings'],
      testMatch: ['**/*.test.ts'],
    },
    { ...node, displayName: 'clients', rootDir: '.', roots: ['<rootDir>/clients'], testMatch: ['**/*.test.ts'] },
    { ...node, displayName: 'sandbox', rootDir: '.', roots: ['<rootDir>/apps/sandbox'], testMatch: ['**/*.test.ts'] },
    { ...node, displayName: 'faults', rootDir: '.', roots: ['<rootDir>/apps/faults'], testMatch: ['**/*.test.ts'] },
    {
      ...node,
      displayName: 'scenarios',
      rootDir: '.',
      roots: ['<rootDir>/apps/scenarios'],
      testMatch: ['**/*.test.ts'],
    },
    { ...node, displayName: 'engine', rootDir: '.', roots: ['<rootDir>/apps/engine'], testMatch: ['**/*.test.ts'] },
    {
      ...page,
      displayName: 'console',
      rootDir: '.',
      roots: ['<rootDir>/apps/console/src', '<rootDir>/apps/console/test'],
      testMatch: ['**/*.test.ts?(x)'],
    },
    // The built console over the built engine, in Chromium: `npm run build` first.
    {
      ...node,
      displayName: 'browser',
      rootDir: '.',
      roots: ['<rootDir>/apps/console/browser'],
      testMatch: ['**/*.browser.test.ts'],
    },
  ],
};
